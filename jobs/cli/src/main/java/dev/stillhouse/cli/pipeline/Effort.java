package dev.stillhouse.cli.pipeline;

import java.util.Optional;

/**
 * What a student costs.
 *
 * @param bytes of its file
 * @param docsPerSecond on this machine
 * @param speedup over the teacher; absent where that is not asked for, or the teacher is not run here
 * @param joules for a thousand documents
 * @param seconds that training took
 */
record Effort(long bytes, double docsPerSecond, Optional<Double> speedup, double joules, double seconds) {}
