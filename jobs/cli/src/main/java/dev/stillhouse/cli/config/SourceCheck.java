package dev.stillhouse.cli.config;

import dev.stillhouse.datasets.source.SourceConfig;
import java.util.List;

/** What only the reader of sources knows about a source's keys, such as which of them its kind needs. */
@FunctionalInterface
public interface SourceCheck {

    /** Nothing to check beyond types and bounds. */
    SourceCheck NONE = (where, source) -> List.of();

    /**
     * What is wrong with a source.
     *
     * @param where its place in the task file, such as {@code corpus[0]}
     * @return one message each, with the place of the key; empty where nothing is
     */
    List<String> problems(String where, SourceConfig source);
}
