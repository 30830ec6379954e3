package dev.stillhouse.teacher;

import dev.stillhouse.teacher.GoldSelection.GoldRow;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.onnx.EncoderSpec;
import dev.stillhouse.udfs.onnx.TextEncoder;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The head over the odds that a text entails hypotheses: a label's logit is the mean of those of its own. The gold rows give the temperature. See W. Yin, J. Hay, D. Roth, Benchmarking Zero-shot Text Classification, EMNLP 2019.
 */
final class EntailmentHead implements HeadFitting {
    private final EncoderSpec model;
    private final List<LabelConfig> labels;

    /**
     * A head.
     *
     * @param model asked for the hypotheses of {@link #hypotheses}, in their order
     * @param labels at least two
     */
    EntailmentHead(EncoderSpec model, List<LabelConfig> labels) {
        this.model = model;
        this.labels = List.copyOf(labels);
    }

    /** The hypotheses for labels: each description, or the label's name, in a phrasing. */
    static List<String> hypotheses(List<LabelConfig> labels, String phrasing) {
        return labels.stream()
                .flatMap(label -> label.words().stream())
                .map(words -> phrasing.replace(ZeroShot.DESCRIPTION, words))
                .toList();
    }

    @Override
    public void check(List<GoldRow> gold) {
        CalibratedHead.check(
                Link.SOFTMAX, gold, labels.stream().map(LabelConfig::name).toList());
        TextEncoder.open(model).close();
    }

    @Override
    public FittedHead fit(Dataset<Row> outputs, List<GoldRow> gold) {
        GoldOutputs known = GoldOutputs.collect(outputs, gold);
        return CalibratedHead.of(head(), known).fitted("", known.warnings());
    }

    private Head head() {
        List<String> names = labels.stream().map(LabelConfig::name).sorted().toList();
        List<float[]> columns = new ArrayList<>();
        for (LabelConfig label : labels) {
            for (int word = 0; word < label.words().size(); word++) {
                float[] column = new float[names.size()];
                column[names.indexOf(label.name())] = 1f / label.words().size();
                columns.add(column);
            }
        }
        float[][] weights = new float[names.size()][columns.size()];
        for (int hypothesis = 0; hypothesis < columns.size(); hypothesis++) {
            for (int label = 0; label < weights.length; label++) {
                weights[label][hypothesis] = columns.get(hypothesis)[label];
            }
        }
        return new Head(names, weights, new float[names.size()], 1);
    }
}
