/** Figures of quality: agreement with gold, calibration, intervals. ROUGE of summaries, and the extractive summaries that it prefers. Plain functions over arrays and texts; imports the JDK, links and {@code udfs.text} only. */
@NullMarked
package dev.stillhouse.datasets.quality;

import org.jspecify.annotations.NullMarked;
