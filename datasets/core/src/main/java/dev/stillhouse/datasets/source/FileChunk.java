package dev.stillhouse.datasets.source;

import java.io.Serializable;

/** A stretch of one file that one task reads: all lines that begin in it. Serialisable by Java and Kryo alike, which a record is not. */
final class FileChunk implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String path;
    private final String relative;
    private final long start;
    private final long length;

    FileChunk(String path, String relative, long start, long length) {
        this.path = path;
        this.relative = relative;
        this.start = start;
        this.length = length;
    }

    String path() {
        return path;
    }

    String relative() {
        return relative;
    }

    long start() {
        return start;
    }

    long length() {
        return length;
    }
}
