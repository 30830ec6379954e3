package dev.stillhouse.student;

import dev.stillhouse.udfs.Decision;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.student.StudentModel;
import dev.stillhouse.udfs.summary.FeatureBins;
import dev.stillhouse.udfs.summary.SalienceFeature;
import dev.stillhouse.udfs.summary.SalienceFeatures;
import dev.stillhouse.udfs.summary.SalienceFile;
import dev.stillhouse.udfs.summary.SalienceModel;
import dev.stillhouse.udfs.summary.SentenceSplitter;
import dev.stillhouse.udfs.summary.Sentences;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The parts of a {@link SalienceModel} that do not have to be learned, and its making from weights. */
final class SalienceModels {
    /** Bins of a feature at most. */
    private static final int BINS = 16;

    private SalienceModels() {}

    /** Edges at the quantiles of each feature over the sentences of texts; a feature of one value has none. */
    static float[][] edges(List<String> texts, StudentModel.Vectors vectors) {
        SentenceSplitter splitter = new SentenceSplitter();
        SalienceFeatures features = new SalienceFeatures(vectors);
        float[][] all = new float[texts.size()][];
        int total = 0;
        for (int i = 0; i < all.length; i++) {
            Sentences sentences = splitter.split(texts.get(i));
            all[i] = features.of(texts.get(i), sentences);
            total += sentences.size();
        }
        float[][] edges = new float[SalienceFeature.size()][];
        for (int f = 0; f < edges.length; f++) {
            edges[f] = quantiles(column(all, f, total));
        }
        return edges;
    }

    private static float[] column(float[][] all, int feature, int total) {
        float[] column = new float[total];
        int at = 0;
        for (float[] of : all) {
            for (int i = feature; i < of.length; i += SalienceFeature.size()) {
                column[at++] = of[i];
            }
        }
        return column;
    }

    private static float[] quantiles(float[] values) {
        Arrays.sort(values);
        float[] edges = new float[BINS - 1];
        int count = 0;
        for (int bin = 1; bin < BINS && values.length > 0; bin++) {
            float edge = values[(int) ((long) bin * values.length / BINS)];
            if (edge > values[0] && (count == 0 || edge > edges[count - 1])) {
                edges[count++] = edge;
            }
        }
        return Arrays.copyOf(edges, count);
    }

    /** Inverse document frequencies {@code log((1 + n) / (1 + d))}, rounded. */
    static float[] rarities(Vocabulary vocabulary, DocumentFrequencies frequencies, long documents) {
        float[] rarities = new float[vocabulary.words().length];
        for (int row = 0; row < rarities.length; row++) {
            int having = frequencies.words().getOrDefault(vocabulary.words()[row], 0);
            double steps = SalienceFile.RARITY_STEPS * Math.log((1.0 + documents) / (1 + having));
            rarities[row] = Math.max(0, Math.min(255, Math.round(steps))) / SalienceFile.RARITY_STEPS;
        }
        return rarities;
    }

    /**
     * The model of weights.
     *
     * @param point weights of the bins, of the vectors' dimensions, of the n-grams, and the bias
     */
    static SalienceModel of(SalienceEncoder encoder, double[] point, float[] rarities) {
        FeatureBins bins = encoder.unweighted();
        int at = 0;
        for (float[] weights : bins.weights()) {
            for (int bin = 0; bin < weights.length; bin++) {
                weights[bin] = (float) point[at++];
            }
        }
        float[] projection = new float[encoder.dimensions()];
        for (int dimension = 0; dimension < projection.length; dimension++) {
            projection[dimension] = (float) point[at++];
        }
        Vocabulary vocabulary = encoder.vocabulary();
        float[] weights = new float[vocabulary.ngrams()];
        for (int row = 0; row < weights.length; row++) {
            weights[row] = (float) point[at++];
        }
        StudentModel cues = new StudentModel(
                List.of(StudentModel.SCORE),
                vocabulary.features(),
                new StudentModel.Block(vocabulary.words(), new StudentModel.Float32(weights, 1)),
                StudentModel.Block.none(1),
                new StudentModel.Vectors(encoder.vectors().entries(), projection),
                new float[] {(float) point[at]},
                1,
                Decision.by(Link.IDENTITY),
                Map.of());
        return new SalienceModel(bins, cues, 1, 0, rarities);
    }
}
