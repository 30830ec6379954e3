package dev.stillhouse.scoring.output;

/** How far the delivery of files has come. */
enum DeliveryStep {
    /** All files are written beside the output. */
    STAGED,

    /** It is decided that they go in: from here on a delivery that was ended is finished by the next one. */
    PLANNED,

    /** What is replaced is out of the way. */
    CLEARED,

    /** A partition, or with append a file, is in its place. */
    MOVED
}
