package dev.stillhouse.cli.pipeline;

import dev.stillhouse.datasets.source.SourceConfig;
import dev.stillhouse.datasets.source.SourceSection;
import java.util.List;

/**
 * A stage whose runs may take over rows of earlier ones.
 *
 * @param stage the stage
 * @param dataset which of its datasets has a row of each document
 * @param section the section that names its sources
 * @param sources what it reads
 * @param kept names of the columns that are carried along
 */
record IncrementalStage(
        Stage stage, String dataset, SourceSection section, List<SourceConfig> sources, List<String> kept) {
    IncrementalStage {
        sources = List.copyOf(sources);
        kept = List.copyOf(kept);
    }
}
