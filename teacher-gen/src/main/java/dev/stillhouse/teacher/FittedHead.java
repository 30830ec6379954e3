package dev.stillhouse.teacher;

import dev.stillhouse.datasets.quality.Classification;
import dev.stillhouse.datasets.quality.TemperatureScaling;
import dev.stillhouse.datasets.quality.TemperatureScaling.Prediction;
import dev.stillhouse.teacher.GoldSelection.GoldRow;
import java.util.List;
import java.util.Optional;

/**
 * A head and what gold rows say about it that it was not fitted on.
 *
 * @param head ready for use, its temperature included
 * @param choice what was chosen on the way, such as the penalty or the phrasing, for people
 * @param unseen predictions for gold rows by a head that had not seen them; empty where there were too few rows
 * @param warnings sentences for the log and the report
 */
public record FittedHead(Head head, String choice, List<Unseen> unseen, List<String> warnings) {
    public FittedHead {
        unseen = List.copyOf(unseen);
        warnings = List.copyOf(warnings);
    }

    /**
     * A prediction for a gold row.
     *
     * @param row the row
     * @param logits before the temperature, {@code double[labels]}
     * @param label index of the true label
     */
    public record Unseen(GoldRow row, double[] logits, int label) {

        /** Index of the most probable label. */
        public int predicted() {
            return Classification.argmax(logits);
        }

        /** The same for temperature scaling. */
        public Prediction prediction() {
            return Prediction.of(logits, label);
        }
    }

    /** Share of unseen rows whose label was found, 0 to 1; empty without such rows. */
    static Optional<Double> accuracy(List<Unseen> unseen) {
        long right =
                unseen.stream().filter(row -> row.predicted() == row.label()).count();
        return unseen.isEmpty() ? Optional.empty() : Optional.of((double) right / unseen.size());
    }

    /** Mean negative log-likelihood of the unseen rows' labels, in nats; NaN without such rows. */
    public double loss() {
        return TemperatureScaling.loss(unseen.stream().map(Unseen::prediction).toList(), head.temperature());
    }
}
