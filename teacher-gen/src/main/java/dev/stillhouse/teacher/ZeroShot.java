package dev.stillhouse.teacher;

import dev.stillhouse.datasets.quality.TemperatureScaling;
import dev.stillhouse.datasets.quality.TemperatureScaling.Prediction;
import dev.stillhouse.teacher.FittedHead.Unseen;
import dev.stillhouse.teacher.GoldSelection.GoldRow;
import dev.stillhouse.udfs.errors.ConfigurationException;
import dev.stillhouse.udfs.errors.DataException;
import dev.stillhouse.udfs.onnx.EncoderSpec;
import dev.stillhouse.udfs.onnx.TextEncoder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * A head without training: a label's weights are the direction of what its descriptions say, {@code w = u / |u|} with {@code u} the sum of the encoder's vectors of a phrasing of each, so a logit is the cosine between document and label. The gold rows choose among phrasings, by the loss after the best temperature, and give
 * the temperature. See P. Yin, J. Hay, D. Roth, Benchmarking Zero-shot Text Classification, EMNLP 2019.
 */
public final class ZeroShot implements HeadFitting {
    /** Stands for the description in a phrasing. */
    static final String DESCRIPTION = "{}";

    private final EncoderSpec encoder;
    private final List<LabelConfig> labels;
    private final List<String> phrasings;

    /**
     * A zero-shot teacher.
     *
     * @param labels at least two
     * @param phrasings at least one, each with {@code {}}
     */
    public ZeroShot(EncoderSpec encoder, List<LabelConfig> labels, List<String> phrasings) {
        this.encoder = encoder;
        this.labels =
                labels.stream().sorted(Comparator.comparing(LabelConfig::name)).toList();
        this.phrasings = List.copyOf(phrasings);
    }

    @Override
    public FittedHead fit(Dataset<Row> outputs, List<GoldRow> gold) {
        GoldOutputs known = GoldOutputs.collect(outputs, gold);
        List<String> names = labels.stream().map(LabelConfig::name).toList();
        check(known, names);
        Candidate best = null;
        try (TextEncoder open = TextEncoder.open(encoder)) {
            for (String phrasing : phrasings) {
                Candidate candidate = candidate(
                        phrasing, new Head(names, weights(open, phrasing), new float[names.size()], 1), known);
                if (best == null || candidate.loss() < best.loss()) {
                    best = candidate;
                }
            }
        }
        if (best == null) {
            throw new IllegalStateException("Cannot choose a phrasing: there is none");
        }
        return new FittedHead(
                best.head().withTemperature((float) best.temperature()),
                "phrasing " + best.phrasing(),
                best.unseen(),
                known.warnings());
    }

    private static Candidate candidate(String phrasing, Head head, GoldOutputs known) {
        List<Unseen> unseen = known.examples().stream()
                .map(example -> new Unseen(
                        example.row(),
                        head.logits(example.vector()),
                        head.labels().indexOf(example.row().label())))
                .toList();
        List<Prediction> predictions = unseen.stream().map(Unseen::prediction).toList();
        double temperature = TemperatureScaling.fit(predictions);
        return new Candidate(phrasing, head, temperature, TemperatureScaling.loss(predictions, temperature), unseen);
    }

    private float[][] weights(TextEncoder open, String phrasing) {
        float[][] weights = new float[labels.size()][];
        for (int label = 0; label < weights.length; label++) {
            List<String> texts = labels.get(label).words().stream()
                    .map(words -> phrasing.replace(DESCRIPTION, words))
                    .toList();
            weights[label] = direction(open.encode(texts), labels.get(label).name());
        }
        return weights;
    }

    private float[] direction(float[] @Nullable [] vectors, String label) {
        double[] sum = new double[vectors[0] == null ? 0 : vectors[0].length];
        for (float @Nullable [] vector : vectors) {
            for (int d = 0; vector != null && d < sum.length; d++) {
                sum[d] += vector[d];
            }
        }
        double squares = 0;
        for (double value : sum) {
            squares += value * value;
        }
        if (!(squares > 0)) {
            throw new DataException("Cannot embed the descriptions of label " + label + ": encoder " + encoder.name()
                    + " gives them no direction. Describe it in other words");
        }
        float[] unit = new float[sum.length];
        for (int d = 0; d < unit.length; d++) {
            unit[d] = (float) (sum[d] / Math.sqrt(squares));
        }
        return unit;
    }

    private static void check(GoldOutputs known, List<String> names) {
        Set<String> unknown = new TreeSet<>(
                known.examples().stream().map(example -> example.row().label()).toList());
        names.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            List<String> shown = new ArrayList<>(unknown).subList(0, Math.min(10, unknown.size()));
            throw new ConfigurationException("Invalid teacher.labels: " + String.join(", ", names)
                    + " (must have all labels of gold documents; missing: " + String.join(", ", shown)
                    + (unknown.size() > 10 ? ", ..." : "") + ")");
        }
    }

    private record Candidate(String phrasing, Head head, double temperature, double loss, List<Unseen> unseen) {}
}
