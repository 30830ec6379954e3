package dev.stillhouse.scoring.cascade;

import dev.stillhouse.udfs.errors.DataException;
import java.util.List;
import java.util.Locale;

/** Refuses a run that would ask its teacher more than it may, or whose sample is too small, and says what it would take. */
record Budget(RouteConfig config) {
    private static final double[] SHARES = {0.99, 0.98, 0.97, 0.95, 0.9, 0.85, 0.8};

    /**
     * Refuses a sample that takes too many questions.
     *
     * @param isWhole whether it is all documents
     */
    void forSample(long questions, boolean isWhole) {
        if (questions > most()) {
            throw new DataException("Cannot draw a sample: the teacher would be asked about "
                    + count(questions) + " texts, and score.route.budget is " + count(most())
                    + ". Raise the budget"
                    + (isWhole
                            ? ": so few documents are all asked about"
                            : ", or lower score.route.sample (at least "
                                    + config.promise().leastSample() + ")"));
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
        StringBuilder others = new StringBuilder();
        for (double share : SHARES) {
            if (share < config.promise().agreement()) {
                ThresholdChoice choice = ThresholdChoice.of(grid, sample, new Promise(share, config.confidence()));
                double sent = (double) sample.stream()
                                .filter(one -> !choice.isAbove(one.sureness()))
                                .count()
                        / sample.size();
                others.append(String.format(
                        Locale.ROOT,
                        "; with agreement %s the student would answer about %.0f %%",
                        share,
                        100 * (1 - sent)));
            }
        }
        throw new DataException("Cannot keep score.route.agreement "
                + config.promise().agreement()
                + " within score.route.budget " + count(most()) + ": the teacher was asked about " + count(asked)
                + " texts, and would have to be about " + count(more)
                + " more. What it answered is kept. Raise the budget to "
                + count(asked + more) + others);
    }

    /** What is wrong where no threshold keeps the promise. */
    DataException tooFew(Choice choice, long sample) {
        long least = config.promise().leastSample();
        String found = choice instanceof LabelChoice && config.recall().isPresent()
                ? count(choice.among()) + " documents of label "
                        + config.label().orElse("") + " in a sample of " + count(sample) + " (at least " + least
                        + " are needed)"
                : "no threshold for label " + config.label().orElse("") + " in a sample of " + count(sample);
        return new DataException("Cannot keep score.route." + config.target() + " "
                + config.promise().agreement() + " at confidence " + config.confidence() + ": " + found
                + ". Raise score.route.sample, or lower score.route." + config.target());
    }

    private long most() {
        return config.budget().map(Integer::longValue).orElse(Long.MAX_VALUE);
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
