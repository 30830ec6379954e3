package dev.stillhouse.scoring.cascade;

import dev.stillhouse.udfs.errors.DataException;

/**
 * What a cascade has to keep.
 *
 * @param section of the task file, such as {@code score.route}
 * @param config what it says
 * @param bound by which a sample shows that it is kept
 */
public record Terms(String section, RouteConfig config, Bound bound) {
    /** Times as many documents are drawn as the fewest that can do. */
    private static final int AMPLE = 4;

    private static final int LEAST_OF_A_LABEL = 1_000;
    /** Students hardly ever choose all that their teacher does, so that the fewest show next to nothing. */
    private static final int LEAST_OF_SUMMARIES = 300;

    /** Of {@code score.route}. */
    public static Terms ofLabels(RouteConfig config) {
        return new Terms("score.route", config, Bound.CLOPPER_PEARSON);
    }

    /** Of {@code summarize.route}. */
    public static Terms ofSummaries(RouteConfig config) {
        return new Terms("summarize.route", config, Bound.HOEFFDING_BENTKUS);
    }

    /** What is promised. */
    public Promise promise() {
        return promise(config.share());
    }

    /** The like with another share. */
    Promise promise(double share) {
        return new Promise(share, config.confidence(), bound);
    }

    /** The key of what is promised, such as {@code score.route.agreement}. */
    public String target() {
        return section + "." + config.target();
    }

    /** Documents that are drawn to tell the threshold by, where there are as many. */
    public long drawn() {
        long ample = AMPLE * promise().leastSample();
        long least = bound == Bound.HOEFFDING_BENTKUS
                ? LEAST_OF_SUMMARIES
                : config.label().isEmpty() ? 0 : LEAST_OF_A_LABEL;
        return config.sample().map(Integer::longValue).orElse(Math.min(RouteConfig.MOST_DRAWN, Math.max(least, ample)));
    }

    /** Whether fewer are drawn than can show what is promised: then it depends on the number of documents whether {@link #check} refuses. */
    public boolean isDrawnShort() {
        return drawn() < promise().leastSample();
    }

    /**
     * Refuses what cannot be kept whatever the teacher says.
     *
     * @param documents how many there are
     * @throws DataException with what it would take
     */
    public void check(long documents) {
        long drawn = Math.min(documents, drawn());
        long least = promise().leastSample();
        if (drawn < least && drawn < documents) {
            throw new DataException("Cannot keep " + target() + " " + promise().agreement() + " at confidence "
                    + config.confidence() + ": a sample of " + drawn + " documents cannot show it (at least " + least
                    + " are needed, and four times as many are good). Raise " + section + ".sample");
        }
    }
}
