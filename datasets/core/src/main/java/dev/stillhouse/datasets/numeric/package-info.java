/** Fitting of linear models on the driver, which teachers' heads and students cut from encoders share. Imports nothing of Stillhouse's. */
@NullMarked
package dev.stillhouse.datasets.numeric;

import org.jspecify.annotations.NullMarked;
