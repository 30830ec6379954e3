/** Functions that Spark SQL calls by name, and the catalogue that it finds them in. Imports {@code udfs.text}, {@code udfs.quality}, {@code udfs.minhash}, {@code udfs.student} and Spark SQL. */
@NullMarked
package dev.stillhouse.udfs.sql;

import org.jspecify.annotations.NullMarked;
