/** Teachers: documents in, soft labels out. Imports Spark SQL, MLlib, {@code udfs} and {@code datasets}. */
@NullMarked
package dev.stillhouse.teacher;

import org.jspecify.annotations.NullMarked;
