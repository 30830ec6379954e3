/** Where documents come from: files, tables and the catalogue of corpora that come inside Maven artifacts, read as one shape. Imports Spark SQL, {@code udfs}, {@code datasets.schema}, {@code datasets.config} and {@code datasets.catalogue}. */
@NullMarked
package dev.stillhouse.datasets.source;

import org.jspecify.annotations.NullMarked;
