/** What models return for texts, and the cache that keeps it. Imports Spark SQL, {@code udfs} and {@code datasets}. */
@NullMarked
package dev.stillhouse.teacher.outputs;

import org.jspecify.annotations.NullMarked;
