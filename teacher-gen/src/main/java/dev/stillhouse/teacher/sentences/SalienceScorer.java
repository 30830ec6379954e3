package dev.stillhouse.teacher.sentences;

import dev.stillhouse.udfs.onnx.EncoderSpec;
import dev.stillhouse.udfs.onnx.TextEncoder;
import dev.stillhouse.udfs.summary.Budget;
import dev.stillhouse.udfs.summary.SentenceSplitter;
import dev.stillhouse.udfs.summary.Sentences;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@link SalienceTeacher} in this process, text in and summary out: what its speed is measured on. Safe for use by several threads until closed. */
public final class SalienceScorer implements AutoCloseable {
    private final TextEncoder encoder;
    private final Centrality centrality;
    private final SentenceSplitter splitter = new SentenceSplitter();

    public SalienceScorer(EncoderSpec encoder, Budget budget) {
        this.encoder = TextEncoder.open(encoder);
        this.centrality = new Centrality(budget);
    }

    /** The sentences that it chooses of a text, in its order. */
    public int[] choose(String text) {
        Sentences sentences = splitter.split(text);
        List<String> texts = sentences.texts();
        float[][] vectors = new float[texts.size()][];
        float[] @Nullable [] found = encoder.encode(texts);
        for (int i = 0; i < vectors.length; i++) {
            float[] vector = found[i];
            vectors[i] = vector == null ? new float[0] : vector;
        }
        return centrality.label(text, sentences, vectors).chosen();
    }

    @Override
    public void close() {
        encoder.close();
    }
}
