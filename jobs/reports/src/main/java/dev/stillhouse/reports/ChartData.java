package dev.stillhouse.reports;

import java.util.List;

/**
 * What the page's script draws.
 *
 * @param id element id of the canvas
 * @param type bars, lines, reliability, salience, curve or pareto
 * @param labels names along the horizontal axis of bars and lines; empty for the others
 * @param series the series
 * @param x title of the horizontal axis
 * @param y title of the vertical axis
 */
record ChartData(String id, String type, List<String> labels, List<Series> series, String x, String y) {
    /** Points (x, y, documents); for bars and lines x is the position. */
    record Series(String name, List<double[]> points) {}
}
