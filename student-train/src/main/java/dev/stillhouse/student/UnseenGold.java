package dev.stillhouse.student;

import dev.stillhouse.datasets.quality.TemperatureScaling.Prediction;
import dev.stillhouse.udfs.Decision;
import dev.stillhouse.udfs.Link;
import java.util.Arrays;
import java.util.List;

/**
 * What students and their teachers say of gold rows that neither had seen: of each row the student and the teacher of its fold.
 *
 * @param rows none where there are no such students
 */
record UnseenGold(List<Row> rows) {
    /** Nothing is known. */
    static final UnseenGold NONE = new UnseenGold(List.of());

    /** Rows from which on they say how sure to be. */
    static final int LEAST = 100;

    /** As many rows speak for the usual share. */
    private static final double PRIOR_ROWS = 50;

    /** By its own probabilities alone a student would always be as good as its teacher. */
    private static final double MOST_SHARE = 0.75;

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
     * @param decision of the calibrated student
     * @param temperature of the calibrated student
     * @param softTemperature that soft targets want it at
     */
    double share(Decision decision, float temperature, double softTemperature) {
        List<Prediction> predictions = at(softTemperature);
        predictions.forEach(one -> decision.apply(one.logits(), temperature));
        double share = SelectLabels.USUAL_SHARE;
        for (int step = 0; step < STEPS && isEnough(); step++) {
            double sum = PRIOR_ROWS * SelectLabels.USUAL_SHARE;
            for (int row = 0; row < rows.size(); row++) {
                sum += credit(
                        decision.link(), predictions.get(row), rows.get(row).teacher(), share);
            }
            share = Math.min(MOST_SHARE, sum / (PRIOR_ROWS + rows.size()));
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
