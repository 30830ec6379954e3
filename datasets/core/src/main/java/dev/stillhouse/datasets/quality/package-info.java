/** Figures of quality: agreement with gold, calibration, intervals. Plain functions over arrays; imports the JDK and links only. */
@NullMarked
package dev.stillhouse.datasets.quality;

import org.jspecify.annotations.NullMarked;
