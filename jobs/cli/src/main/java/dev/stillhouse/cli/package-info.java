/** The command line: the only room that opens a Spark session, reads a clock or exits. May import every room. */
@NullMarked
package dev.stillhouse.cli;

import org.jspecify.annotations.NullMarked;
