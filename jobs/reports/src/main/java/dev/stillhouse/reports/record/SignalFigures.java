package dev.stillhouse.reports.record;

import java.util.List;

/**
 * The distribution of a signal over the documents that were judged by it.
 *
 * @param meaning what is measured
 * @param denominator what it is divided by; empty where it is not
 * @param p5 value that 5 % of the documents do not exceed; NaN where there are none, like the next two
 * @param p50 the median
 * @param p95 value that 95 % do not exceed
 * @param failed documents that fail a rule on it
 * @param thresholds conditions under which rules fail, such as {@code words < 5}, with their thresholds
 * @param documents how many documents the quantiles and the histogram are of
 * @param histogram values between p0.5 and p99.5, those outside in the first and last bin
 */
public record SignalFigures(
        String meaning,
        String denominator,
        double p5,
        double p50,
        double p95,
        long failed,
        List<Threshold> thresholds,
        long documents,
        Histogram histogram) {

    public SignalFigures {
        thresholds = List.copyOf(thresholds);
    }

    /** A rule's threshold on the signal. */
    public record Threshold(String condition, double value) {}
}
