/**
 * Task files: YAML and {@code --set} overrides in, validated immutable records out, and the description of every key. Imports the configuration records of every room,
 * {@code udfs.errors}, SnakeYAML and Jackson's tree; no Spark.
 */
@NullMarked
package dev.stillhouse.cli.config;

import org.jspecify.annotations.NullMarked;
