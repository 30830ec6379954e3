package dev.stillhouse.reports;

import java.util.List;

/**
 * What the page's script draws.
 *
 * @param id element id of the canvas
 * @param type bars, reliability, curve or pareto
 * @param labels names of bars; empty for the others
 * @param series the series
 * @param x title of the horizontal axis
 * @param y title of the vertical axis
 */
record ChartData(String id, String type, List<String> labels, List<Series> series, String x, String y) {
    /** Points (x, y, documents); for bars x is the bar's position. */
    record Series(String name, List<double[]> points) {}
}
