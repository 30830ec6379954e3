/** What keeps query plans small. Imports Spark SQL. */
@NullMarked
package dev.stillhouse.datasets.plan;

import org.jspecify.annotations.NullMarked;
