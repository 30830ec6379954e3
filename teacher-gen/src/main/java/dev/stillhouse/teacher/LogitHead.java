package dev.stillhouse.teacher;

import dev.stillhouse.teacher.GoldSelection.GoldRow;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.errors.ConfigurationException;
import dev.stillhouse.udfs.onnx.EncoderSpec;
import dev.stillhouse.udfs.onnx.TextEncoder;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The head of what gives a logit for each label itself, a model, a server or a column: the identity, in the order of the labels' names. The gold rows give the temperature. */
public final class LogitHead implements HeadFitting {
    private final Link link;
    private final List<String> outputs;
    private final Runnable check;

    /**
     * A head for what gives a logit for each label.
     *
     * @param link what the logits become
     * @param outputs the labels in the order of the logits
     * @param check refuses what gives them where it is not fit for it
     */
    public LogitHead(Link link, List<String> outputs, Runnable check) {
        this.link = link;
        this.outputs = List.copyOf(outputs);
        this.check = check;
    }

    @Override
    public void check(List<GoldRow> gold) {
        if (link != Link.IDENTITY) {
            CalibratedHead.check(link, gold, outputs);
        }
        check.run();
    }

    /**
     * Refuses a model with another number of logits.
     *
     * @throws ConfigurationException if it has one
     */
    static void checkModel(EncoderSpec model, int labels) {
        try (TextEncoder open = TextEncoder.open(model)) {
            if (open.dimensions() != labels) {
                throw new ConfigurationException("Invalid teacher.labels: " + labels + " labels (must be "
                        + open.dimensions() + ", in the order of the logits of " + model.name() + ")");
            }
        }
    }

    @Override
    public FittedHead fit(Dataset<Row> vectors, List<GoldRow> gold) {
        GoldOutputs known = GoldOutputs.collect(vectors, gold);
        return CalibratedHead.of(Head.identity(link, outputs), known).fitted("", known.warnings());
    }
}
