package dev.stillhouse.teacher.outputs;

import dev.stillhouse.udfs.onnx.TextEncoder.Batch;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;

/** Counts what a model read and a server was asked, over all tasks: a meter for each, of which several may count the same rows. A task that is run twice counts twice. Serialisable. */
public class InferenceMeter implements Serializable {
    private static final long serialVersionUID = 1L;

    private final LongAccumulator rows;
    private final LongAccumulator texts;
    private final LongAccumulator tokens;
    private final LongAccumulator padding;
    private final LongAccumulator requests;
    private final LongAccumulator answerTokens;
    private final CollectionAccumulator<String> ends;

    /**
     * A meter at zero.
     *
     * @param rows where texts are counted as they end, for progress; other meters may count there too
     */
    public InferenceMeter(SparkContext context, LongAccumulator rows) {
        this.rows = rows;
        this.texts = context.longAccumulator("texts");
        this.tokens = context.longAccumulator("tokens");
        this.padding = context.longAccumulator("padding");
        this.requests = context.longAccumulator("requests");
        this.answerTokens = context.longAccumulator("answer tokens");
        this.ends = context.collectionAccumulator("ends");
    }

    /** A batch that a model ran. */
    public void add(Batch batch) {
        rows.add(batch.texts());
        texts.add(batch.texts());
        tokens.add(batch.tokens());
        padding.add(batch.padding());
    }

    /** A request to a server, whatever comes of it. */
    public void addRequest() {
        requests.add(1L);
    }

    /** A text that a server answered, or would not answer. */
    public void addAnswer(long questionTokens, long tokensOfAnswer) {
        rows.add(1L);
        texts.add(1L);
        addTokens(questionTokens, tokensOfAnswer);
    }

    /** What a server read and wrote. */
    public void addTokens(long questionTokens, long tokensOfAnswer) {
        tokens.add(questionTokens);
        answerTokens.add(tokensOfAnswer);
    }

    /** A task ended before its texts did. */
    public void addEnd(String reason) {
        ends.add(reason);
    }

    /** Texts that were read. */
    public long texts() {
        return texts.value();
    }

    /** Their tokens, special ones included; those of whole questions where a server was asked. */
    public long tokens() {
        return tokens.value();
    }

    /** Requests to servers, those that were tried again included. */
    public long requests() {
        return requests.value();
    }

    /** Tokens of servers' answers. */
    public long answerTokens() {
        return answerTokens.value();
    }

    /** Why tasks ended before their texts did. */
    public List<String> ends() {
        return List.copyOf(ends.value());
    }

    /** Tokens that were added to make the texts of a batch equally long, as a share of all that the model computed, 0 to 1. */
    public double paddingShare() {
        double all = (double) tokens.value() + padding.value();
        return all == 0 ? 0 : padding.value() / all;
    }
}
