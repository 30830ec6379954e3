/** Lines and paragraphs that stand in several documents: cut from all but the first. Imports Spark SQL, {@code udfs} and {@code datasets}. */
@NullMarked
package dev.stillhouse.curation.spans;

import org.jspecify.annotations.NullMarked;
