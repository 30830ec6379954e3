package dev.stillhouse.student;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import dev.stillhouse.datasets.quality.IsotonicScaling;
import dev.stillhouse.datasets.quality.TemperatureScaling;
import dev.stillhouse.datasets.quality.Thresholds;
import dev.stillhouse.datasets.schema.SoftLabels;
import dev.stillhouse.udfs.Decision;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.ProbabilityMap;
import dev.stillhouse.udfs.student.StudentModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The select part on the driver.
 *
 * @param all its rows with the targets that students are compared by, as parameters see them while they are learned
 * @param soft as a finished student sees them, its rows with the teacher's probabilities: those that the teacher had not seen, where there are enough
 * @param gold as a finished student sees them, its gold rows with their labels: where all rows are gold the same rows in the same order
 * @param goldDecides whether all rows are gold, so that their labels alone say what is true
 * @param targets how targets came about
 * @param calibration what is fitted beside the temperature
 */
record Held(
        Examples all,
        Examples soft,
        Examples gold,
        boolean goldDecides,
        SoftTargets targets,
        StudentConfig.Calibration calibration) {
    /** Rows without gold, from which on they alone are those with the teacher's probabilities. */
    static final int LEAST_SOFT = 50;

    /** As many unseen gold rows as all soft targets together count beside them. */
    private static final double SOFT_ROWS = 50;

    /**
     * The select part of a student with that vocabulary.
     *
     * @param compared the targets that students are compared by
     */
    static Held of(
            LearningParts parts, Vocabulary vocabulary, SoftTargets compared, StudentConfig.Calibration calibration) {
        boolean goldDecides = parts.allGold() && compared.goal().link() != Link.IDENTITY;
        SoftTargets judged = compared.judged(goldDecides ? 0 : compared.goldWeight());
        ShardEncoder soft = new ShardEncoder(vocabulary.unscaled(), judged);
        Examples notGold = soft.collect(parts.selectDF().where(not(col(SoftLabels.GOLD))));
        return new Held(
                new ShardEncoder(vocabulary, compared).collect(parts.selectDF()),
                notGold.size() < LEAST_SOFT ? soft.collect(parts.selectDF()) : notGold,
                new ShardEncoder(vocabulary.unscaled(), judged.judged(1))
                        .collect(parts.selectDF().where(col(SoftLabels.GOLD))),
                goldDecides,
                judged,
                calibration);
    }

    /**
     * The model with the temperature, and the thresholds, that fit the select part best, its gold labels and its soft targets counting alike. Each alone is off, and in opposite directions: a student is right more often than its teacher believes, so soft targets leave it
     * underconfident; and the teacher has learned from the gold rows, so a student that learned from the teacher does better on them than on others. A score is given in the unit of gold, by the line that fits them best, and has the task's thresholds.
     */
    StudentModel calibrated(StudentModel model) {
        List<TemperatureScaling.Prediction> golden = predictions(model, gold);
        List<TemperatureScaling.Prediction> known = goldDecides ? golden : together(predictions(model, soft), golden);
        return calibrated(model, known, known);
    }

    /** The same, its temperature by gold rows that nobody had seen; where they are too few for it, the select part decides. */
    StudentModel crossFitted(StudentModel model, UnseenGold unseen) {
        if (!unseen.isEnough()) {
            return calibrated(model);
        }
        List<TemperatureScaling.Prediction> softly = predictions(model, soft);
        List<TemperatureScaling.Prediction> golden =
                unseen.at(TemperatureScaling.fit(targets.goal().link(), softly));
        List<TemperatureScaling.Prediction> mostlyGold = new ArrayList<>(golden);
        softly.forEach(one -> mostlyGold.add(weighted(one, SOFT_ROWS / softly.size())));
        return calibrated(model, mostlyGold, together(softly, golden));
    }

    /** What the model says of the gold rows, at the temperature that suits soft targets best. */
    List<TemperatureScaling.Prediction> saidOfGold(StudentModel model) {
        double temperature = softTemperature(model);
        return predictions(model, gold).stream()
                .map(one -> UnseenGold.scaled(one, 1 / temperature))
                .toList();
    }

    private double softTemperature(StudentModel model) {
        return TemperatureScaling.fit(targets.goal().link(), predictions(model, soft));
    }

    /**
     * Calibrates.
     *
     * @param sure say how sure to be
     * @param all what else is fitted, of which many rows are wanted, is fitted on
     */
    private StudentModel calibrated(
            StudentModel model, List<TemperatureScaling.Prediction> sure, List<TemperatureScaling.Prediction> all) {
        Link link = targets.goal().link();
        if (link == Link.IDENTITY) {
            return Scale.fitted(all, targets.scale())
                    .out(model)
                    .withDecision(targets.goal().teacher());
        }
        float temperature = (float) TemperatureScaling.fit(link, sure);
        ProbabilityMap map = calibration == StudentConfig.Calibration.ISOTONIC
                ? IsotonicScaling.fit(points(link, all, temperature))
                : ProbabilityMap.NONE;
        Map<String, Float> thresholds = link == Link.SOFTMAX
                ? Map.of()
                : Thresholds.fit(model.labels(), all, new Thresholds.Reading(temperature, map));
        return model.withTemperature(temperature).withDecision(new Decision(link, thresholds, map));
    }

    /** Predictions for soft rows and for gold rows, each as a whole counting alike, all together as many as they are. */
    static List<TemperatureScaling.Prediction> together(
            List<TemperatureScaling.Prediction> soft, List<TemperatureScaling.Prediction> gold) {
        double half = gold.isEmpty() ? soft.size() : (soft.size() + gold.size()) / 2.0;
        List<TemperatureScaling.Prediction> predictions = new ArrayList<>();
        soft.forEach(one -> predictions.add(weighted(one, half / soft.size())));
        gold.forEach(one -> predictions.add(weighted(one, half / gold.size())));
        return predictions;
    }

    private static TemperatureScaling.Prediction weighted(TemperatureScaling.Prediction one, double weight) {
        return new TemperatureScaling.Prediction(one.logits(), one.target(), weight);
    }

    private static List<IsotonicScaling.Point> points(
            Link link, List<TemperatureScaling.Prediction> predictions, float temperature) {
        List<IsotonicScaling.Point> points = new ArrayList<>();
        for (TemperatureScaling.Prediction prediction : predictions) {
            double[] given = link.outputs(prediction.logits(), temperature);
            for (int label = 0; label < given.length; label++) {
                points.add(new IsotonicScaling.Point(given[label], prediction.target()[label], prediction.weight()));
            }
        }
        return points;
    }

    /**
     * How the model does on the soft rows; where all rows are gold, or gold numbers are enough for it, on those.
     *
     * @param unseen says how far the student is believed beside its teacher
     */
    SelectFigures figures(StudentModel model, UnseenGold unseen) {
        SelectLabels.Believed believed = new SelectLabels.Believed(
                outputs(model, soft),
                unseen.share(model.decision(), model.temperature(), softTemperature(model)),
                goldDecides ? outputs(model, gold) : List.of());
        return switch (targets.goal().link()) {
            case SOFTMAX -> SelectLabels.chosen(believed);
            case LOGISTIC -> SelectLabels.decided(believed, model, targets.goal());
            case IDENTITY -> SelectScores.of(outputs(model, soft), outputs(model, gold), model.decision());
        };
    }

    /** Predictions with outputs in place of logits. */
    private List<TemperatureScaling.Prediction> outputs(StudentModel model, Examples rows) {
        List<TemperatureScaling.Prediction> predictions = predictions(model, rows);
        predictions.forEach(one -> model.decision().apply(one.logits(), model.temperature()));
        return predictions;
    }

    private List<TemperatureScaling.Prediction> predictions(StudentModel model, Examples rows) {
        List<TemperatureScaling.Prediction> predictions = new ArrayList<>(rows.size());
        ModelLogits logits = new ModelLogits(model);
        for (int document = 0; document < rows.size(); document++) {
            double[] target = new double[model.labels().size()];
            for (int label = 0; label < target.length; label++) {
                target[label] = targets.scale().out(rows.targets()[document * target.length + label]);
            }
            predictions.add(new TemperatureScaling.Prediction(logits.of(rows, document), target, 1));
        }
        return predictions;
    }
}
