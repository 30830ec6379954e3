package dev.stillhouse.datasets.source;

import java.util.Map;

/**
 * The section of a task file that names sources, for messages.
 *
 * @param name its key, such as {@code corpus}
 * @param keys keys of the section that ask all of its sources for columns, by column; the other columns are asked for by the source's own key
 */
public record SourceSection(String name, Map<KeptColumn, String> keys) {
    public SourceSection {
        keys = Map.copyOf(keys);
    }

    /** A section that asks for no columns itself. */
    public static SourceSection of(String name) {
        return new SourceSection(name, Map.of());
    }

    /** The place of a source. */
    String place(int source) {
        return name + "[" + source + "]";
    }
}
