package dev.stillhouse.student;

import dev.stillhouse.udfs.student.StudentModel;
import java.util.Arrays;

/** Computes the logits of documents under parameters, and keeps what the way back through the pooling needs. For one thread at a time. */
final class Forward {
    private static final float FLOOR = (float) (StudentModel.POOLING_FLOOR * StudentModel.POOLING_FLOOR);

    private final Parameters parameters;
    private final float[] logits;
    private final float[] pooled;
    private float scale;

    Forward(Parameters parameters) {
        this.parameters = parameters;
        this.logits = new float[parameters.labels()];
        this.pooled = new float[parameters.vectors().columns()];
    }

    /** The logits of a document, {@code float[labels]}, or what the caller has made of them since; overwritten by the next document. */
    float[] logits(Examples examples, int document) {
        System.arraycopy(parameters.bias().values(), 0, logits, 0, logits.length);
        addNgrams(examples.ngrams(), document);
        if (hasWords(examples, document)) {
            pool(examples.words(), document);
            addProjected();
        }
        return logits;
    }

    /** The outputs of a document, {@code float[labels]}; overwritten by the next document. */
    float[] outputs(Examples examples, int document) {
        parameters.link().apply(logits(examples, document));
        return logits;
    }

    /** Whether the last document's vectors were pooled. */
    boolean hasWords(Examples examples, int document) {
        return parameters.hasVectors()
                && examples.words().starts()[document] < examples.words().starts()[document + 1];
    }

    /** The pooled vector of the last document that has words, {@code float[dimensions]}. */
    float[] pooled() {
        return pooled;
    }

    /** Turns the slope of the loss by the pooled vector into that by the vectors' sum, in place: {@code (slope - pooled (pooled . slope)) / sqrt(|sum|^2 + floor^2)}. */
    void backThroughPooling(float[] slope) {
        float along = 0;
        for (int i = 0; i < slope.length; i++) {
            along += slope[i] * pooled[i];
        }
        for (int i = 0; i < slope.length; i++) {
            slope[i] = (slope[i] - pooled[i] * along) * scale;
        }
    }

    private void addNgrams(Sparse ngrams, int document) {
        float[] weights = parameters.ngrams().values();
        for (int i = ngrams.starts()[document]; i < ngrams.starts()[document + 1]; i++) {
            addScaled(weights, ngrams.rows()[i] * logits.length, ngrams.values()[i], logits);
        }
    }

    private void pool(Sparse words, int document) {
        Arrays.fill(pooled, 0);
        for (int i = words.starts()[document]; i < words.starts()[document + 1]; i++) {
            addScaled(parameters.vectors().values(), words.rows()[i] * pooled.length, words.values()[i], pooled);
        }
        float square = FLOOR;
        for (float value : pooled) {
            square += value * value;
        }
        scale = (float) (1 / Math.sqrt(square));
        for (int i = 0; i < pooled.length; i++) {
            pooled[i] *= scale;
        }
    }

    private void addProjected() {
        float[] projection = parameters.projection().values();
        for (int i = 0; i < pooled.length; i++) {
            addScaled(projection, i * logits.length, pooled[i], logits);
        }
    }

    private static void addScaled(float[] values, int from, float factor, float[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += factor * values[from + i];
        }
    }
}
