package dev.stillhouse.datasets.source;

import java.util.Optional;

/** What a source is read with; the name in lower case is what a task file says. */
public enum SourceKind {
    JSONL,
    PARQUET,
    CSV,
    TEXT,
    DELTA,
    ICEBERG,
    WORDNET,
    EUROPARL;

    /** Whether the source is read from files that the user names, rather than from a table or the catalogue. */
    public boolean isFile() {
        return this != WORDNET && this != EUROPARL && table().isEmpty();
    }

    /** The format of the table that the source is, where it is one. */
    public Optional<TableFormat> table() {
        return switch (this) {
            case DELTA -> Optional.of(TableFormat.DELTA);
            case ICEBERG -> Optional.of(TableFormat.ICEBERG);
            default -> Optional.empty();
        };
    }
}
