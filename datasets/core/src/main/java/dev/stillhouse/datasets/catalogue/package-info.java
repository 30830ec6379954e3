/** Corpora that come inside Maven artifacts, parsed from the class path. Imports Spark SQL types and {@code udfs}. */
@NullMarked
package dev.stillhouse.datasets.catalogue;

import org.jspecify.annotations.NullMarked;
