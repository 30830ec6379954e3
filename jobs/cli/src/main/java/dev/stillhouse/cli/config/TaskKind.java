package dev.stillhouse.cli.config;

import dev.stillhouse.udfs.Link;

/** What a task's student learns to do. */
public enum TaskKind {
    /** One label of several for each document. */
    CLASSIFY,
    /** Any number of labels for each document. */
    MULTILABEL,
    /** A number for each document. */
    REGRESS,
    /** The sentences of each document that say the most. */
    SUMMARIZE;

    /**
     * What a student's logits become.
     *
     * @throws IllegalStateException where nothing is classified or scored
     */
    public Link link() {
        return switch (this) {
            case CLASSIFY -> Link.SOFTMAX;
            case MULTILABEL -> Link.LOGISTIC;
            case REGRESS -> Link.IDENTITY;
            case SUMMARIZE -> throw new IllegalStateException("Invalid kind: summarize (must have labels or scores)");
        };
    }
}
