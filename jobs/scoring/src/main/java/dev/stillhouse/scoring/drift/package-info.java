/** How scored documents differ from those that a student was chosen on: reference statistics, a sample taken in passing, and divergences. Imports Spark SQL, commons-math, Jackson, {@code udfs} and {@code datasets}. */
@NullMarked
package dev.stillhouse.scoring.drift;

import org.jspecify.annotations.NullMarked;
