package dev.stillhouse.cli.pipeline;

/**
 * An input of a stage, as it enters fingerprint and provenance.
 *
 * @param name what it is, such as corpus/train or curate
 * @param location its path, or the id of the run it was published in
 * @param identity what changes when its content does
 */
record StageInput(String name, String location, String identity) {}
