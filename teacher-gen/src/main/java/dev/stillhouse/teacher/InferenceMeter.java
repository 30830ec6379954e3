package dev.stillhouse.teacher;

import dev.stillhouse.udfs.onnx.TextEncoder.Batch;
import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;

/** Counts what models read, over all tasks. A task that is run twice counts twice. Serialisable. */
public class InferenceMeter implements Serializable {
    private static final long serialVersionUID = 1L;

    private final LongAccumulator texts;
    private final LongAccumulator tokens;
    private final LongAccumulator padding;

    /**
     * A meter at zero.
     *
     * @param texts where texts are counted as their batches end, for progress
     */
    public InferenceMeter(SparkContext context, LongAccumulator texts) {
        this.texts = texts;
        this.tokens = context.longAccumulator("tokens");
        this.padding = context.longAccumulator("padding");
    }

    void add(Batch batch) {
        texts.add(batch.texts());
        tokens.add(batch.tokens());
        padding.add(batch.padding());
    }

    /** Texts that were read. */
    public long texts() {
        return texts.value();
    }

    /** Their tokens, special ones included. */
    public long tokens() {
        return tokens.value();
    }

    /** Tokens that were added to make the texts of a batch equally long, as a share of all that the model computed, 0 to 1. */
    public double paddingShare() {
        double all = (double) tokens.value() + padding.value();
        return all == 0 ? 0 : padding.value() / all;
    }
}
