package dev.stillhouse.udfs.summary;

import dev.stillhouse.udfs.student.NgramTable;
import dev.stillhouse.udfs.student.StudentModel;
import java.util.Arrays;

/**
 * Vectors of a document's sentences: with {@code s} the sum of the vectors of a sentence's words, {@code p = s / sqrt(|s|^2 + 0.1^2)}, as {@link StudentModel} pools them. They are computed when they are asked for and not kept, so that a document of many sentences takes no more memory. Buffers are filled again and again; for one thread at a time.
 */
final class SentenceVectors {
    private final WordVectors vectors;
    private final double[] pooled;
    private final double[] mean;
    private double length;

    SentenceVectors(WordVectors vectors) {
        this.vectors = vectors;
        this.pooled = new double[vectors.dimensions()];
        this.mean = new double[vectors.dimensions()];
    }

    /** Takes in a document, which counts until the next. */
    void read(DocumentWords words) {
        Arrays.fill(mean, 0);
        for (int sentence = 0; sentence < words.size(); sentence++) {
            pool(words, sentence);
            for (int i = 0; i < mean.length; i++) {
                mean[i] += pooled[i];
            }
        }
        length = Math.sqrt(dot(mean, mean));
    }

    /** The cosine of a sentence's vector with the sum of those of all; 0 where one of them is 0. */
    double cosine(DocumentWords words, int sentence) {
        pool(words, sentence);
        double lengths = length * Math.sqrt(dot(pooled, pooled));
        return lengths > 0 ? dot(mean, pooled) / lengths : 0;
    }

    /** What the model makes of the vector of the sentence that was asked for last. */
    double projected() {
        return vectors.projected(pooled);
    }

    /** The vector of a sentence, valid until the next is asked for. */
    double[] pool(DocumentWords words, int sentence) {
        Arrays.fill(pooled, 0);
        for (int at = words.start(sentence); at < words.start(sentence + 1); at++) {
            int row = words.vectorRow(words.word(at));
            if (row != NgramTable.ABSENT) {
                vectors.add(row, pooled);
            }
        }
        double norm = Math.sqrt(dot(pooled, pooled) + StudentModel.POOLING_FLOOR * StudentModel.POOLING_FLOOR);
        for (int i = 0; i < pooled.length; i++) {
            pooled[i] /= norm;
        }
        return pooled;
    }

    private static double dot(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }
}
