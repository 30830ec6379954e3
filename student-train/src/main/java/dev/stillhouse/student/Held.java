package dev.stillhouse.student;

import dev.stillhouse.datasets.quality.TemperatureScaling;
import dev.stillhouse.udfs.student.StudentModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The select part on the driver.
 *
 * @param all its rows with the targets that are trained on
 * @param soft its rows with the teacher's probabilities: those that the teacher had not seen, where there are enough
 * @param gold its gold rows with their labels
 */
record Held(Examples all, Examples soft, Examples gold) {

    /**
     * The model with the temperature that fits the select part best, its gold labels and its soft targets counting alike. Each alone is off, and in opposite directions: a student is right more often than its teacher believes, so soft targets leave it
     * underconfident; and the teacher has learned from the gold rows, so a student that learned from the teacher does better on them than on others.
     */
    StudentModel calibrated(StudentModel model) {
        double softWeight = Math.max(1.0, gold.size()) / soft.size();
        List<TemperatureScaling.Prediction> predictions = new ArrayList<>(predictions(model, soft, softWeight));
        predictions.addAll(predictions(model, gold, 1));
        return model.withTemperature((float) TemperatureScaling.fit(predictions));
    }

    /** How the model does on the soft rows. */
    SelectFigures figures(StudentModel model) {
        List<TemperatureScaling.Prediction> predictions = predictions(model, soft, 1);
        for (TemperatureScaling.Prediction prediction : predictions) {
            double[] probabilities = prediction.logits();
            normalize(probabilities, model.temperature());
        }
        return SelectFigures.of(predictions);
    }

    private static List<TemperatureScaling.Prediction> predictions(StudentModel model, Examples rows, double weight) {
        List<TemperatureScaling.Prediction> predictions = new ArrayList<>(rows.size());
        ModelLogits logits = new ModelLogits(model);
        for (int document = 0; document < rows.size(); document++) {
            double[] target = new double[model.labels().size()];
            for (int label = 0; label < target.length; label++) {
                target[label] = rows.targets()[document * target.length + label];
            }
            predictions.add(new TemperatureScaling.Prediction(logits.of(rows, document), target, weight));
        }
        return predictions;
    }

    private static void normalize(double[] logits, double temperature) {
        double top = Arrays.stream(logits).max().orElse(0);
        double sum = 0;
        for (int label = 0; label < logits.length; label++) {
            logits[label] = Math.exp((logits[label] - top) / temperature);
            sum += logits[label];
        }
        for (int label = 0; label < logits.length; label++) {
            logits[label] /= sum;
        }
    }
}
