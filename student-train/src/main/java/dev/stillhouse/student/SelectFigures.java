package dev.stillhouse.student;

import dev.stillhouse.datasets.quality.TemperatureScaling;
import java.util.List;

/**
 * What a student is expected to reach, by the select part and the probabilities of teacher and student there; gold labels are not needed. A document's label is taken to be drawn from a mixture of three parts of the teacher's (calibrated) probabilities and one part of the
 * student's: by the teacher's alone a student could never be right where the teacher is wrong, and comes out too low (of what banking77, clinc150, subj, mr and sst2 retain, by 1 to 9 points); by equal parts too high (by up to 6).
 *
 * @param documents judged on
 * @param loss mean soft cross-entropy, in nats
 * @param agreement share of documents with the teacher's label
 * @param accuracy expected accuracy of the student
 * @param retained that over the teacher's expected accuracy
 * @param retainedError standard error of {@code retained}
 * @param ece expected calibration error against the teacher's probabilities, 15 bins
 */
public record SelectFigures(
        long documents,
        double loss,
        double agreement,
        double accuracy,
        double retained,
        double retainedError,
        double ece) {
    private static final int BINS = 15;
    private static final double STUDENTS_PART = 0.25;

    /**
     * Computes them.
     *
     * @param predictions with probabilities in place of logits; at least one
     */
    static SelectFigures of(List<TemperatureScaling.Prediction> predictions) {
        int size = predictions.size();
        double[] student = new double[size];
        double[] teacher = new double[size];
        double[][] bins = new double[BINS][2];
        double loss = 0;
        int agreed = 0;
        for (int document = 0; document < size; document++) {
            double[] given = predictions.get(document).logits();
            double[] target = predictions.get(document).target();
            int chosen = argmax(given);
            int best = argmax(target);
            student[document] = belief(given, target, chosen);
            teacher[document] = belief(given, target, best);
            agreed += chosen == best ? 1 : 0;
            loss += loss(given, target);
            double[] bin = bins[Math.min(BINS - 1, (int) (given[chosen] * BINS))];
            bin[0] += given[chosen];
            bin[1] += target[chosen];
        }
        double accuracy = mean(student);
        double retained = accuracy / mean(teacher);
        double ece = 0;
        for (double[] bin : bins) {
            ece += Math.abs(bin[0] - bin[1]) / size;
        }
        return new SelectFigures(
                size, loss / size, (double) agreed / size, accuracy, retained, error(student, teacher, retained), ece);
    }

    private static double belief(double[] given, double[] target, int label) {
        return STUDENTS_PART * given[label] + (1 - STUDENTS_PART) * target[label];
    }

    /** Standard error of a ratio of means, by its linearisation. */
    private static double error(double[] over, double[] under, double ratio) {
        double squares = 0;
        for (int i = 0; i < over.length; i++) {
            double residual = over[i] - ratio * under[i];
            squares += residual * residual;
        }
        return Math.sqrt(squares) / (over.length * mean(under));
    }

    private static double loss(double[] given, double[] target) {
        double loss = 0;
        for (int label = 0; label < given.length; label++) {
            loss -= target[label] == 0 ? 0 : target[label] * Math.log(Math.max(given[label], Double.MIN_NORMAL));
        }
        return loss;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static int argmax(double[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }
}
