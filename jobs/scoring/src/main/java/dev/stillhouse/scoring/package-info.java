/** Bulk scoring: documents in, scores out. Imports Spark SQL, {@code udfs} and {@code datasets}. */
@NullMarked
package dev.stillhouse.scoring;

import org.jspecify.annotations.NullMarked;
