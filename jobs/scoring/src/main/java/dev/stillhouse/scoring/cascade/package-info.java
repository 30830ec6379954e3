/** Which documents a student may answer and which go to its teacher, so that a promise is kept. Imports Spark SQL, commons-math, {@code udfs}, {@code datasets} and {@code teacher-gen}. */
@NullMarked
package dev.stillhouse.scoring.cascade;

import org.jspecify.annotations.NullMarked;
