package dev.stillhouse.teacher;

import dev.stillhouse.teacher.GoldSelection.GoldRow;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.errors.DataException;
import dev.stillhouse.udfs.onnx.EncoderSpec;
import dev.stillhouse.udfs.onnx.TextEncoder;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The head of a model that gives one value, such as a quality score: what the value says of each label, or of the score, fitted on the gold rows by {@link HeadTrainer}. Of two labels that is Platt's sigmoid (1999). */
public final class RegressorHead implements HeadFitting {
    private final EncoderSpec model;
    private final HeadTrainer trainer;

    public RegressorHead(Link link, EncoderSpec model) {
        this.model = model;
        this.trainer = new HeadTrainer(link);
    }

    @Override
    public void check(List<GoldRow> gold) {
        trainer.check(gold);
        try (TextEncoder open = TextEncoder.open(model)) {
            if (open.dimensions() != 1) {
                throw new DataException(
                        "Cannot use " + model.name() + " as a regressor: its logits are " + open.dimensions()
                                + " values a text, expected 1. Is it a classifier? Then write kind: onnx-classifier");
            }
        }
    }

    @Override
    public FittedHead fit(Dataset<Row> outputs, List<GoldRow> gold) {
        return trainer.fit(outputs, gold);
    }
}
