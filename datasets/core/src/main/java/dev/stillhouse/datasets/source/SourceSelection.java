package dev.stillhouse.datasets.source;

import org.apache.spark.sql.types.StructType;

/** What of sources is read. Told of the columns that are found. */
public interface SourceSelection {
    /** All that there is. */
    SourceSelection ALL = new SourceSelection() {};

    /**
     * Whether a source is left out as a whole, as if it had no rows.
     *
     * @param source its name, unique in its list
     */
    default boolean skips(String source) {
        return false;
    }

    /** Whether a file of a source that is not left out is read. */
    default boolean reads(String source, String path) {
        return true;
    }

    /** Told once for each source of which something is read: its own columns, those of all files that are read together. */
    default void columns(String source, StructType columns) {}
}
