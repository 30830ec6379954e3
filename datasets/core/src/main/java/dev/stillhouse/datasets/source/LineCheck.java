package dev.stillhouse.datasets.source;

import java.io.Serializable;

/** Whether a line has the form of its format. Serialisable; safe for use by one thread at a time. */
@FunctionalInterface
interface LineCheck extends Serializable {

    /** Takes every line. */
    LineCheck ANY = line -> true;

    /** True if the line is whole and well-formed. */
    boolean accepts(String line);
}
