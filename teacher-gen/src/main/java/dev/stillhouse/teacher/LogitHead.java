package dev.stillhouse.teacher;

import dev.stillhouse.teacher.GoldSelection.GoldRow;
import dev.stillhouse.udfs.errors.ConfigurationException;
import dev.stillhouse.udfs.onnx.EncoderSpec;
import dev.stillhouse.udfs.onnx.TextEncoder;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The head of a model that gives a logit for each label itself: the identity, in the order of the labels' names. The gold rows give the temperature. */
public final class LogitHead implements HeadFitting {
    private final EncoderSpec model;
    private final List<String> outputs;

    /**
     * A head for a classifier.
     *
     * @param outputs the labels in the order of the model's logits
     */
    public LogitHead(EncoderSpec model, List<String> outputs) {
        this.model = model;
        this.outputs = List.copyOf(outputs);
    }

    @Override
    public void check(List<GoldRow> gold) {
        CalibratedHead.check(gold, outputs);
        try (TextEncoder open = TextEncoder.open(model)) {
            if (open.dimensions() != outputs.size()) {
                throw new ConfigurationException("Invalid teacher.labels: " + outputs.size() + " labels (must be "
                        + open.dimensions() + ", in the order of the logits of " + model.name() + ")");
            }
        }
    }

    @Override
    public FittedHead fit(Dataset<Row> vectors, List<GoldRow> gold) {
        GoldOutputs known = GoldOutputs.collect(vectors, gold);
        List<String> labels = outputs.stream().sorted().toList();
        float[][] weights = new float[labels.size()][labels.size()];
        for (int label = 0; label < weights.length; label++) {
            weights[label][outputs.indexOf(labels.get(label))] = 1;
        }
        return CalibratedHead.of(new Head(labels, weights, new float[labels.size()], 1), known)
                .fitted("", known.warnings());
    }
}
