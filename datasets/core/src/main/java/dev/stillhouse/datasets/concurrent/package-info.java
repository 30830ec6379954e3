/** Work at the same time on the driver. Imports no other room. */
@NullMarked
package dev.stillhouse.datasets.concurrent;

import org.jspecify.annotations.NullMarked;
