/** Near-duplicates: proposed by locality-sensitive hashing, verified one by one. Imports Spark SQL, {@code udfs} and {@code datasets}. */
@NullMarked
package dev.stillhouse.curation.near;

import org.jspecify.annotations.NullMarked;
