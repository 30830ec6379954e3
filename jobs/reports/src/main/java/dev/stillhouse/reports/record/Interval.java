package dev.stillhouse.reports.record;

/**
 * A figure with its 95 % bootstrap interval.
 *
 * @param value the figure
 * @param low lower end
 * @param high upper end
 */
public record Interval(double value, double low, double high) {}
