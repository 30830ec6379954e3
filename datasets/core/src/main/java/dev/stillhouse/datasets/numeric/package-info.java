/** Fitting of linear models on the driver, which teachers' heads and students cut from encoders share. Imports {@code udfs}' links. */
@NullMarked
package dev.stillhouse.datasets.numeric;

import org.jspecify.annotations.NullMarked;
