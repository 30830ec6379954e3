package dev.stillhouse.udfs.summary;

import dev.stillhouse.udfs.Decision;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.student.FeatureSpec;
import dev.stillhouse.udfs.student.StudentModel;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Small models of sentences. */
final class SalienceModels {
    private SalienceModels() {}

    /** A model that looks at n-grams alone. */
    static SalienceModel ofCues(Map<String, Float> weights) {
        return of(bins(Map.of()), weights);
    }

    /** A model that looks at one feature, from an edge on. */
    static SalienceModel ofFeature(SalienceFeature feature, float edge, float weight) {
        return of(bins(Map.of(feature, new float[] {edge, weight})), Map.of());
    }

    static SalienceModel of(FeatureBins bins, Map<String, Float> weights) {
        SortedMap<String, Float> sorted = new TreeMap<>(weights);
        String[] keys = sorted.keySet().toArray(String[]::new);
        float[] values = new float[keys.length];
        float[] rarities = new float[keys.length];
        for (int row = 0; row < keys.length; row++) {
            values[row] = sorted.get(keys[row]);
            rarities[row] = 1;
        }
        StudentModel cues = new StudentModel(
                List.of(StudentModel.SCORE),
                FeatureSpec.words(2),
                new StudentModel.Block(keys, new StudentModel.Float32(values, 1)),
                StudentModel.Block.none(1),
                StudentModel.Vectors.none(),
                new float[] {-1},
                1,
                Decision.by(Link.IDENTITY),
                Map.of());
        return new SalienceModel(bins, cues, 1, 0, rarities);
    }

    /** Bins with an edge and what it adds for some features. */
    static FeatureBins bins(Map<SalienceFeature, float[]> some) {
        float[][] edges = new float[SalienceFeature.size()][];
        float[][] weights = new float[SalienceFeature.size()][];
        for (SalienceFeature feature : SalienceFeature.values()) {
            float[] one = some.get(feature);
            edges[feature.column()] = one == null ? new float[0] : new float[] {one[0]};
            weights[feature.column()] = one == null ? new float[1] : new float[] {0, one[1]};
        }
        return new FeatureBins(edges, weights);
    }
}
