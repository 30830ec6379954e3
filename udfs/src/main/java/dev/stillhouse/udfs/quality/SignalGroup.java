package dev.stillhouse.udfs.quality;

import java.util.Arrays;
import java.util.List;

/** Signals that are measured together: whoever needs one of a group pays for all of it. */
public enum SignalGroup {
    /** Counts and shares of characters, words and lines. */
    COMPOSITION,

    /** Words and lines as Gopher's quality rules see them. */
    GOPHER_QUALITY,

    /** Repeated lines, paragraphs and n-grams as Gopher's repetition rules see them. */
    GOPHER_REPETITION,

    /** Lines as C4's rules see them. */
    C4,

    /** Lines as FineWeb's rules see them. */
    FINEWEB;

    /** The signals of the group. */
    public List<Signal> signals() {
        return Arrays.stream(Signal.values())
                .filter(signal -> signal.group() == this)
                .toList();
    }
}
