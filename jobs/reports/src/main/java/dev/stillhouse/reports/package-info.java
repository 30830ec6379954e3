/** Rendering of what stages measured as one self-contained page. Imports the records it renders, Jackson and Pebble; no Spark. */
@NullMarked
package dev.stillhouse.reports;

import org.jspecify.annotations.NullMarked;
