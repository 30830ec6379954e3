/** Documents in, curated documents and the evidence for every removal out. Imports Spark SQL, {@code udfs} and {@code datasets}. */
@NullMarked
package dev.stillhouse.curation;

import org.jspecify.annotations.NullMarked;
