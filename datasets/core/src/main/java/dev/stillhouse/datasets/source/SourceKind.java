package dev.stillhouse.datasets.source;

/** What a source is read with; the name in lower case is what a task file says. */
public enum SourceKind {
    JSONL,
    PARQUET,
    CSV,
    TEXT,
    WORDNET,
    EUROPARL;

    /** Whether the source is read from files that the user names, rather than from the catalogue. */
    public boolean isFile() {
        return this != WORDNET && this != EUROPARL;
    }
}
