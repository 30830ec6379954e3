/** The datasets: one class each, with column names, schema and version. Imports Spark SQL types. */
@NullMarked
package dev.stillhouse.datasets.schema;

import org.jspecify.annotations.NullMarked;
