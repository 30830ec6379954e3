/** What a person sees while a command runs: lines, bars and costs. Imports Spark's listener, the progress bar library and the JDK. */
@NullMarked
package dev.stillhouse.cli.console;

import org.jspecify.annotations.NullMarked;
