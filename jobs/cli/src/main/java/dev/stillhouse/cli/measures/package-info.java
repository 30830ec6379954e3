/** Counts and distributions of what a stage wrote, for its report: data sets of Spark in, records of {@code dev.stillhouse.reports.record} out. */
@NullMarked
package dev.stillhouse.cli.measures;

import org.jspecify.annotations.NullMarked;
