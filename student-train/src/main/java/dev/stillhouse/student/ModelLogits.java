package dev.stillhouse.student;

import dev.stillhouse.udfs.student.StudentModel;
import dev.stillhouse.udfs.student.StudentModel.Weights;

/** The logits that {@link StudentModel} defines, of documents that are encoded already; so what is judged in training is the compressed model. */
final class ModelLogits {
    private static final double FLOOR = StudentModel.POOLING_FLOOR * StudentModel.POOLING_FLOOR;

    private final StudentModel model;

    ModelLogits(StudentModel model) {
        this.model = model;
    }

    /** The logits of a document before temperature, {@code double[labels]}. */
    double[] of(Examples examples, int document) {
        double[] logits = new double[model.labels().size()];
        for (int label = 0; label < logits.length; label++) {
            logits[label] = model.bias()[label];
        }
        int words = model.words().keys().length;
        Sparse ngrams = examples.ngrams();
        for (int i = ngrams.starts()[document]; i < ngrams.starts()[document + 1]; i++) {
            int row = ngrams.rows()[i];
            Weights weights =
                    row < words ? model.words().weights() : model.characters().weights();
            add(weights, row < words ? row : row - words, ngrams.values()[i], logits);
        }
        if (!model.vectors().isEmpty()) {
            addVectors(examples.words(), document, logits);
        }
        return logits;
    }

    private void addVectors(Sparse words, int document, double[] logits) {
        double[] pooled = new double[model.vectors().dimensions()];
        for (int i = words.starts()[document]; i < words.starts()[document + 1]; i++) {
            add(model.vectors().entries().weights(), words.rows()[i], words.values()[i], pooled);
        }
        double square = FLOOR;
        for (double value : pooled) {
            square += value * value;
        }
        double scale = 1 / Math.sqrt(square);
        float[] projection = model.vectors().projection();
        for (int i = 0; i < pooled.length; i++) {
            for (int label = 0; label < logits.length; label++) {
                logits[label] += scale * pooled[i] * projection[i * logits.length + label];
            }
        }
    }

    private static void add(Weights weights, int row, float factor, double[] sums) {
        for (int column = 0; column < sums.length; column++) {
            sums[column] += factor * weights.at(row, column);
        }
    }
}
