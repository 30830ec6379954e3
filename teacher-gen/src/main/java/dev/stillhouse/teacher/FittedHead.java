package dev.stillhouse.teacher;

import dev.stillhouse.datasets.quality.TemperatureScaling;
import dev.stillhouse.datasets.quality.TemperatureScaling.Prediction;
import dev.stillhouse.teacher.GoldSelection.GoldRow;
import dev.stillhouse.udfs.Decision;
import dev.stillhouse.udfs.Link;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A head and what gold rows say about it that it was not fitted on.
 *
 * @param head ready for use, its temperature included
 * @param choice what was chosen on the way, such as the penalty or the phrasing, for people
 * @param unseen predictions for gold rows by a head that had not seen them; empty where there were too few rows
 * @param folds of each fold of gold rows a head that had not seen it, at the head's temperature; the head itself where its weights owe nothing to gold, none where there were too few rows
 * @param warnings sentences for the log and the report
 */
public record FittedHead(Head head, String choice, List<Unseen> unseen, List<Head> folds, List<String> warnings) {
    public FittedHead {
        unseen = List.copyOf(unseen);
        folds = List.copyOf(folds);
        warnings = List.copyOf(warnings);
    }

    /** A head whose weights owe nothing to gold. */
    FittedHead(Head head, String choice, List<Unseen> unseen, List<String> warnings) {
        this(head, choice, unseen, everyFold(head), warnings);
    }

    /** Whether the head's weights owe something to gold, so that its folds are heads of their own. */
    boolean owesGold() {
        return !folds.isEmpty() && !folds.equals(everyFold(head));
    }

    private static List<Head> everyFold(Head head) {
        return Collections.nCopies(CrossFitter.FOLDS, head);
    }

    /**
     * A prediction for a gold row.
     *
     * @param row the row
     * @param logits before the temperature, {@code double[labels]}
     * @param target what gold says, {@code double[labels]}, as {@link dev.stillhouse.datasets.schema.GoldLabel#target} gives it
     */
    public record Unseen(GoldRow row, double[] logits, double[] target) {

        /** A prediction of one of several labels, with the index of the true one. */
        public static Unseen of(GoldRow row, double[] logits, int label) {
            return new Unseen(row, logits, Prediction.of(logits, label).target());
        }

        /** Index of the most probable label. */
        public int predicted() {
            return Link.first(logits);
        }

        /** Index of the true label, of one of several. */
        public int label() {
            return Link.first(target);
        }

        /** The same for temperature scaling. */
        public Prediction prediction() {
            return new Prediction(logits, target, 1);
        }

        /** Indices of the labels that a head gives, ascending. */
        public int[] given(Decision decision, List<String> labels, double temperature) {
            return decision.link().decide(decision.link().outputs(logits, temperature), decision.limits(labels));
        }

        /** Indices of the true labels, ascending. */
        public int[] wanted() {
            return IntStream.range(0, target.length)
                    .filter(label -> target[label] > 0.5)
                    .toArray();
        }
    }

    /** Mean loss on the unseen rows, in nats or half squared errors; NaN without such rows. */
    public double loss() {
        return TemperatureScaling.loss(
                head.decision().link(), unseen.stream().map(Unseen::prediction).toList(), head.temperature());
    }
}
