/** Students: soft labels in, a small calibrated model out. Imports Spark SQL, {@code udfs} and {@code datasets}. */
@NullMarked
package dev.stillhouse.student;

import org.jspecify.annotations.NullMarked;
