/** The stages of the loop: what each reads, runs and publishes, and when it has nothing to do. Imports every room; the only package that wires them together. */
@NullMarked
package dev.stillhouse.cli.pipeline;

import org.jspecify.annotations.NullMarked;
