package dev.stillhouse.datasets.source;

import org.apache.hadoop.fs.Path;

/** Paths for Spark's readers, which take every path for a glob. */
final class GlobEscape {
    private GlobEscape() {}

    /** A glob that matches this path and no other. */
    static String literal(Path path) {
        return path.toString().replaceAll("[\\\\*?\\[\\]{}]", "\\\\$0");
    }
}
