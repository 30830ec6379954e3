package dev.stillhouse.cli.config;

/** What a task's student learns to do. */
public enum TaskKind {
    /** One label of several for each document. */
    CLASSIFY,
    /** Any number of labels for each document. */
    MULTILABEL,
    /** A number for each document. */
    REGRESS,
    /** The sentences of each document that say the most. */
    SUMMARIZE
}
