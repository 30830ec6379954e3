/** Which documents a student may answer and which go to its teacher, so that a promise is kept. Imports commons-math. */
@NullMarked
package dev.stillhouse.scoring.cascade;

import org.jspecify.annotations.NullMarked;
