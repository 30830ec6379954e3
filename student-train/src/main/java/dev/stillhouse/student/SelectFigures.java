package dev.stillhouse.student;

import java.util.Map;

/**
 * What a student is expected to reach, by the select part and the outputs of teacher and student there; {@link SelectLabels} and {@link SelectScores} say how.
 *
 * @param documents judged on
 * @param loss mean loss against the teacher's outputs, or gold labels where all have one, {@link dev.stillhouse.udfs.Link#loss}
 * @param agreement share of documents with the teacher's label, or labels; of scores their rank correlation
 * @param retained expected figure of the student over the teacher's
 * @param retainedError standard error of {@code retained}
 * @param unseenGold gold rows, of neither teacher nor student, that say how sure the student should be and how far it is believed; 0 where there are none
 * @param figures what targets ask for, by their keys, as far as it can be told here
 */
public record SelectFigures(
        long documents,
        double loss,
        double agreement,
        double retained,
        double retainedError,
        int unseenGold,
        Map<String, Double> figures) {
    /** Figure: expected accuracy. */
    public static final String ACCURACY = "accuracy";

    /** Figure: expected weighted F1. */
    public static final String F1_WEIGHTED = "f1_weighted";

    /** Figure: expected macro F1. */
    public static final String F1_MACRO = "f1_macro";

    /** Figure: expected micro F1. */
    public static final String F1_MICRO = "f1_micro";

    /** Figure: expected calibration error. */
    public static final String ECE = "ece";

    /** Figure: Spearman's rank correlation. */
    public static final String SPEARMAN = "spearman";

    /** Figure: mean absolute error. */
    public static final String MAE = "mae";

    /** Prefix of a figure: F1 of being at or above a named threshold. */
    public static final String F1_AT = "f1_at.";

    public SelectFigures {
        figures = Map.copyOf(figures);
    }

    /** The same with another loss, owed to gold that nobody had seen. */
    SelectFigures crossFitted(double newLoss, int newUnseenGold) {
        return new SelectFigures(documents, newLoss, agreement, retained, retainedError, newUnseenGold, figures);
    }
}
