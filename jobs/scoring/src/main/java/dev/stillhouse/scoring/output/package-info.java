/** Where scores and summaries are delivered after they were published: files and tables of a lake, each run once. Imports Spark SQL, Hadoop's file systems, {@code udfs} and {@code datasets}. */
@NullMarked
package dev.stillhouse.scoring.output;

import org.jspecify.annotations.NullMarked;
