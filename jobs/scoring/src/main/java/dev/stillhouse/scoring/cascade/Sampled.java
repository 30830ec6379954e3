package dev.stillhouse.scoring.cascade;

/**
 * A document of the sample.
 *
 * @param sureness of the student, higher where it is surer
 * @param agrees whether student and teacher give it the same label
 */
public record Sampled(double sureness, boolean agrees) {}
