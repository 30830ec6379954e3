package dev.stillhouse.student;

import dev.stillhouse.udfs.Link;
import java.util.List;

/**
 * How much the gold label of a gold row counts beside what its teacher says of it. Where every row that is learned from is gold, the teacher knows nothing that the gold does not, and may know less than a student could learn of it (subj, all gold: with 0.3 of the teacher the student's F1 is 1.7 points less than of gold alone), so students of
 * both are tried there, unless the task says which.
 *
 * @param tried 0 to 1 each, at least one
 * @param judged the weight in the targets that students are compared by
 */
record GoldWeights(List<Float> tried, float judged) {
    GoldWeights {
        tried = List.copyOf(tried);
    }

    /**
     * The weights to try.
     *
     * @param allGold whether every row that is learned from is gold
     */
    static GoldWeights of(StudentConfig config, Link link, boolean allGold) {
        float weight = (float) config.weightOfGold();
        boolean isOpen = allGold
                && link != Link.IDENTITY
                && config.labels() == StudentConfig.Labels.SOFT_AND_GOLD
                && config.goldWeight().isEmpty();
        return isOpen ? new GoldWeights(List.of(weight, 1f), 1) : new GoldWeights(List.of(weight), weight);
    }

    /** One of those that were tried. */
    GoldWeights only(float weight) {
        return new GoldWeights(List.of(weight), judged);
    }
}
