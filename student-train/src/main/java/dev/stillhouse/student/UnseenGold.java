package dev.stillhouse.student;

import dev.stillhouse.datasets.quality.TemperatureScaling.Prediction;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.student.StudentModel;
import java.util.Arrays;
import java.util.List;

/**
 * What students and their teachers say of gold rows that neither had seen: of each row the student and the teacher of its fold.
 *
 * @param rows none where there are no such students
 */
record UnseenGold(List<Row> rows) {
    /** Rows from which on they say how sure to be. */
    private static final int LEAST = 100;

    /** As many rows speak for the usual share. */
    private static final double PRIOR_ROWS = 50;

    private static final int STEPS = 100;

    UnseenGold {
        rows = List.copyOf(rows);
    }

    /**
     * A gold row.
     *
     * @param student its fold's, with logits at the temperature that suits soft targets best, and the gold target
     * @param teacher its fold's outputs
     */
    record Row(Prediction student, double[] teacher) {}

    boolean isEnough() {
        return rows.size() >= LEAST;
    }

    /** The students' predictions as if by a student that soft targets want at a temperature. */
    List<Prediction> at(double temperature) {
        return rows.stream().map(row -> scaled(row.student(), temperature)).toList();
    }

    static Prediction scaled(Prediction one, double factor) {
        double[] logits =
                Arrays.stream(one.logits()).map(logit -> logit * factor).toArray();
        return new Prediction(logits, one.target(), one.weight());
    }

    /**
     * The student's share in the mixture of student and teacher that makes the gold labels likeliest, by expectation maximisation; as many as {@value #PRIOR_ROWS} rows speak for {@link SelectLabels#USUAL_SHARE}. See D. Wolpert, Stacked Generalization, 1992.
     *
     * @param model calibrated
     * @param temperature that soft targets want it at
     */
    double share(StudentModel model, double temperature) {
        List<Prediction> predictions = at(temperature);
        predictions.forEach(one -> model.decision().apply(one.logits(), model.temperature()));
        double share = SelectLabels.USUAL_SHARE;
        for (int step = 0; step < STEPS && isEnough(); step++) {
            double sum = PRIOR_ROWS * SelectLabels.USUAL_SHARE;
            for (int row = 0; row < rows.size(); row++) {
                sum += credit(
                        model.decision().link(),
                        predictions.get(row),
                        rows.get(row).teacher(),
                        share);
            }
            share = sum / (PRIOR_ROWS + rows.size());
        }
        return share;
    }

    /** How probable it is that the row's gold labels were drawn by the student's outputs; of labels on their own the mean. */
    private static double credit(Link link, Prediction row, double[] teacher, double share) {
        double credit = 0;
        double counted = 0;
        for (int label = 0; label < teacher.length; label++) {
            boolean has = row.target()[label] > 0.5;
            if (has || link == Link.LOGISTIC) {
                double own = share * (has ? row.logits()[label] : 1 - row.logits()[label]);
                double other = (1 - share) * (has ? teacher[label] : 1 - teacher[label]);
                credit += own + other > 0 ? own / (own + other) : share;
                counted++;
            }
        }
        return counted == 0 ? share : credit / counted;
    }
}
