/** Which texts a teacher is asked about where its budget does not reach for all. May import udfs and datasets. */
@NullMarked
package dev.stillhouse.teacher.choice;

import org.jspecify.annotations.NullMarked;
