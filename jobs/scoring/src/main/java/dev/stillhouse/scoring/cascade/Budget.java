package dev.stillhouse.scoring.cascade;

import dev.stillhouse.udfs.errors.DataException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Refuses a run that would ask its teacher more than it may, or whose sample is too small, and says what it would take. */
record Budget(Terms terms) {
    private static final double[] SHARES = {0.99, 0.98, 0.97, 0.95, 0.9, 0.85, 0.8, 0.7, 0.6, 0.5, 0.4};
    private static final int MOST_OTHERS = 7;

    /**
     * Refuses a sample that takes too many questions.
     *
     * @param isWhole whether it is all documents
     */
    void forSample(long questions, boolean isWhole) {
        if (questions > most()) {
            throw new DataException("Cannot draw a sample: the teacher would be asked about "
                    + count(questions) + " texts, and " + terms.section() + ".budget is " + count(most())
                    + ". Raise the budget"
                    + (isWhole
                            ? ": so few documents are all asked about"
                            : ", or lower " + terms.section() + ".sample (at least "
                                    + terms.promise().leastSample() + ")"));
        }
    }

    /**
     * Refuses what a threshold leaves to the teacher, where that is too much.
     *
     * @param asked texts it was asked about by now
     * @param more texts it would have to be asked about
     * @param grid thresholds that were tested
     */
    void forRest(long asked, long more, double[] grid, List<Sampled> sample) {
        if (asked + more <= most()) {
            return;
        }
        String others = Arrays.stream(SHARES)
                .filter(share -> share < terms.promise().agreement())
                .limit(MOST_OTHERS)
                .mapToObj(share -> other(share, grid, sample))
                .collect(Collectors.joining());
        throw new DataException("Cannot keep " + terms.target() + " "
                + terms.promise().agreement()
                + " within " + terms.section() + ".budget " + count(most()) + ": the teacher was asked about "
                + count(asked)
                + " texts, and would have to be about " + count(more)
                + " more. What it answered is kept. Raise the budget to "
                + count(asked + more) + others);
    }

    private String other(double share, double[] grid, List<Sampled> sample) {
        ThresholdChoice choice = ThresholdChoice.of(grid, sample, terms.promise(share));
        double answered = (double) sample.stream()
                        .filter(one -> choice.isAbove(one.sureness()))
                        .count()
                / sample.size();
        return String.format(
                Locale.ROOT, "; with agreement %s the student would answer about %.0f %%", share, 100 * answered);
    }

    /** What is wrong where no threshold keeps the promise. */
    DataException tooFew(Choice choice, long sample) {
        RouteConfig config = terms.config();
        long least = terms.promise().leastSample();
        String found = choice instanceof LabelChoice && config.recall().isPresent()
                ? count(choice.among()) + " documents of label "
                        + config.label().orElse("") + " in a sample of " + count(sample) + " (at least " + least
                        + " are needed)"
                : "no threshold for label " + config.label().orElse("") + " in a sample of " + count(sample);
        return new DataException("Cannot keep " + terms.target() + " "
                + terms.promise().agreement() + " at confidence " + config.confidence() + ": " + found + ". Raise "
                + terms.section() + ".sample, or lower " + terms.target());
    }

    private long most() {
        return terms.config().budget().map(Integer::longValue).orElse(Long.MAX_VALUE);
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
