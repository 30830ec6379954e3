/** Bulk scoring: documents in, scores out. Imports Spark SQL, {@code udfs}, {@code datasets} and {@code teacher}. */
@NullMarked
package dev.stillhouse.scoring;

import org.jspecify.annotations.NullMarked;
