package dev.stillhouse.cli.pipeline;

import dev.stillhouse.reports.record.SummaryFigures;
import dev.stillhouse.udfs.student.StudentModel;
import dev.stillhouse.udfs.summary.FeatureBins;
import dev.stillhouse.udfs.summary.SalienceFeature;
import dev.stillhouse.udfs.summary.SalienceModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What a student of summaries looks at. */
final class SummaryWeights {
    private SummaryWeights() {}

    /** The n-grams and bins that add or take the most, the weightiest first. */
    static List<SummaryFigures.Weight> of(SalienceModel model, int most) {
        List<SummaryFigures.Weight> weights = new ArrayList<>();
        StudentModel.Block words = model.cues().words();
        for (int row = 0; row < words.keys().length; row++) {
            weights.add(new SummaryFigures.Weight(
                    "“" + words.keys()[row] + "”", words.weights().at(row, 0)));
        }
        FeatureBins bins = model.bins();
        for (SalienceFeature feature : SalienceFeature.values()) {
            float[] edges = bins.edges()[feature.column()];
            float[] of = bins.weights()[feature.column()];
            for (int bin = 0; bin < of.length; bin++) {
                weights.add(new SummaryFigures.Weight(feature.key() + " " + range(edges, bin), of[bin]));
            }
        }
        weights.sort(Comparator.comparingDouble((SummaryFigures.Weight weight) -> -Math.abs(weight.added()))
                .thenComparing(SummaryFigures.Weight::name));
        return weights.subList(0, Math.min(most, weights.size()));
    }

    private static String range(float[] edges, int bin) {
        if (edges.length == 0) {
            return "of any value";
        }
        if (bin == 0) {
            return "below " + number(edges[0]);
        }
        return bin == edges.length
                ? "from " + number(edges[bin - 1])
                : "from " + number(edges[bin - 1]) + " below " + number(edges[bin]);
    }

    private static String number(float value) {
        return String.format(Locale.ROOT, "%.3g", value);
    }
}
