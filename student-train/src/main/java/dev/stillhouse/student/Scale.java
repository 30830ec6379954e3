package dev.stillhouse.student;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.stddev_pop;

import dev.stillhouse.datasets.quality.TemperatureScaling;
import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.SoftLabels;
import dev.stillhouse.udfs.student.StudentModel;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * From scores as the user counts them to scores as they are trained on, {@code (score - center) / unit}, so that one learning rate suits all. Held in float32: the last digits of a mean depend on the order of summation, and so on partitions.
 *
 * @param center mean of the fit part's targets
 * @param unit their standard deviation, greater than 0
 */
record Scale(float center, float unit) implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int LEAST_ROWS = 50;

    /** Scores as they are. */
    static final Scale NONE = new Scale(0, 1);

    /** That of a score's targets; one job. */
    static Scale of(Dataset<Row> rowsDF, SoftTargets targets) {
        Row moments = rowsDF.map((MapFunction<Row, Double>) row -> score(targets, row), Encoders.DOUBLE())
                .agg(avg("value"), stddev_pop("value"))
                .head();
        float unit = moments.isNullAt(1) ? 0 : (float) moments.getDouble(1);
        return new Scale(moments.isNullAt(0) ? 0 : (float) moments.getDouble(0), unit > 0 ? unit : 1);
    }

    private static double score(SoftTargets targets, Row row) {
        boolean gold = row.getBoolean(row.fieldIndex(SoftLabels.GOLD));
        String label = gold ? row.getString(row.fieldIndex(Curated.LABEL)) : null;
        return targets.of(label, row.getList(row.fieldIndex(SoftLabels.PROBABILITIES)))[0];
    }

    /**
     * The line from outputs to targets of the least squared error, by weight: what makes a score of the unit in which it was trained true on rows that it was not fitted on.
     *
     * @param predictions with outputs, one each, in place of logits
     * @param otherwise where there are fewer than {@value #LEAST_ROWS}, or outputs do not rise with targets
     */
    static Scale fitted(List<TemperatureScaling.Prediction> predictions, Scale otherwise) {
        double weights = 0;
        double x = 0;
        double y = 0;
        for (TemperatureScaling.Prediction one : predictions) {
            weights += one.weight();
            x += one.weight() * one.logits()[0];
            y += one.weight() * one.target()[0];
        }
        double squares = 0;
        double products = 0;
        for (TemperatureScaling.Prediction one : predictions) {
            double along = one.logits()[0] - x / weights;
            squares += one.weight() * along * along;
            products += one.weight() * along * (one.target()[0] - y / weights);
        }
        float slope = (float) (products / squares);
        float center = (float) ((y - slope * x) / weights);
        boolean isSure = predictions.size() >= LEAST_ROWS && slope > 0 && Float.isFinite(slope);
        return isSure ? new Scale(center, slope) : otherwise;
    }

    float in(double score) {
        return (float) ((score - center) / unit);
    }

    double out(double scaled) {
        return center + unit * scaled;
    }

    /** Whether scores stay as they are. */
    boolean isNone() {
        return equals(NONE);
    }

    /** The model with the scale in its weights, so that it gives what the user counts. */
    StudentModel out(StudentModel model) {
        if (isNone()) {
            return model;
        }
        float[] bias = {(float) out(model.bias()[0])};
        StudentModel.Vectors vectors = model.vectors();
        return new StudentModel(
                model.labels(),
                model.features(),
                scaled(model.words()),
                scaled(model.characters()),
                new StudentModel.Vectors(vectors.entries(), scaled(vectors.projection())),
                bias,
                model.temperature(),
                model.decision(),
                model.metadata());
    }

    private StudentModel.Block scaled(StudentModel.Block block) {
        StudentModel.Weights weights = block.weights();
        return new StudentModel.Block(
                block.keys(),
                weights instanceof StudentModel.Int8 int8
                        ? new StudentModel.Int8(int8.values(), scaled(int8.scales()), int8.columns())
                        : new StudentModel.Float32(
                                scaled(((StudentModel.Float32) weights).values()), weights.columns()));
    }

    private float[] scaled(float[] values) {
        float[] scaled = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            scaled[i] = unit * values[i];
        }
        return scaled;
    }
}
