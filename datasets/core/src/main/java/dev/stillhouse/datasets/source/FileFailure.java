package dev.stillhouse.datasets.source;

import dev.stillhouse.udfs.errors.DataException;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.ZipException;

/** Tells a damaged file, which no retry mends, from a failing file system. */
final class FileFailure {
    private FileFailure() {}

    /** The exception to throw: nothing of a file that breaks off is read, for nobody could say what is missing. */
    static RuntimeException of(String path, boolean compressed, IOException failure) {
        // Hadoop's decompressors report damage as bare IOExceptions; a file system's are subclasses.
        boolean damage = failure instanceof EOFException
                || failure instanceof ZipException
                || failure.getClass() == IOException.class;
        if (compressed && damage) {
            return new DataException(
                    "Cannot read " + path
                            + ": the compressed file is damaged or breaks off (write it again, or leave it out of the source's path)",
                    failure);
        }
        return new UncheckedIOException(
                "Cannot read " + path + ": " + failure.getClass().getSimpleName(), failure);
    }
}
