/** What keeps query plans small, and what counts rows in them. Imports Spark SQL. */
@NullMarked
package dev.stillhouse.datasets.plan;

import org.jspecify.annotations.NullMarked;
