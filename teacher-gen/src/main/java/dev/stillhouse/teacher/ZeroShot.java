package dev.stillhouse.teacher;

import dev.stillhouse.teacher.GoldSelection.GoldRow;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.errors.DataException;
import dev.stillhouse.udfs.onnx.EncoderSpec;
import dev.stillhouse.udfs.onnx.TextEncoder;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
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
    public void check(List<GoldRow> gold) {
        CalibratedHead.check(Link.SOFTMAX, gold, names());
    }

    @Override
    public FittedHead fit(Dataset<Row> outputs, List<GoldRow> gold) {
        GoldOutputs known = GoldOutputs.collect(outputs, gold);
        Optional<CalibratedHead> best = Optional.empty();
        String choice = "";
        try (TextEncoder open = TextEncoder.open(encoder)) {
            for (String phrasing : phrasings) {
                Head head = new Head(names(), weights(open, phrasing), new float[labels.size()], 1);
                CalibratedHead candidate = CalibratedHead.of(head, known);
                if (best.isEmpty() || candidate.loss() < best.get().loss()) {
                    best = Optional.of(candidate);
                    choice = "phrasing " + phrasing;
                }
            }
        }
        return best.orElseThrow().fitted(choice, known.warnings());
    }

    private List<String> names() {
        return labels.stream().map(LabelConfig::name).toList();
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
        double[] sum = new double[finite(vectors[0], label).length];
        for (float @Nullable [] vector : vectors) {
            float[] finite = finite(vector, label);
            for (int d = 0; d < sum.length; d++) {
                sum[d] += finite[d];
            }
        }
        double length =
                Math.sqrt(DoubleStream.of(sum).map(value -> value * value).sum());
        if (!(length > 0)) {
            throw noDirection(label);
        }
        float[] unit = new float[sum.length];
        for (int d = 0; d < unit.length; d++) {
            unit[d] = (float) (sum[d] / length);
        }
        return unit;
    }

    private float[] finite(float @Nullable [] vector, String label) {
        if (vector == null) {
            throw noDirection(label);
        }
        return vector;
    }

    private DataException noDirection(String label) {
        return new DataException("Cannot embed the descriptions of label " + label + ": encoder " + encoder.name()
                + " gives them no direction. Describe it in other words");
    }
}
