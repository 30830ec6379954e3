/** The two failures a person can act on: a configuration error (exit 2) and a data error (exit 3). Imports nothing. */
@NullMarked
package dev.stillhouse.udfs.errors;

import org.jspecify.annotations.NullMarked;
