package dev.stillhouse.datasets.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** A corpus on the class path of driver and executors. Serialisable by Java; immutable. */
public interface Corpus extends Serializable {

    /** Maven coordinate of the artifact that the corpus comes in: group, artifact, version. */
    String coordinate();

    /** Names of its resources on the class path, in a fixed order. */
    List<String> resources();

    /** Its columns. */
    StructType columns();

    /**
     * A slice of the documents of one resource.
     *
     * @return values of {@link #columns()} with where they are
     */
    Iterator<Entry> entries(Slice slice);

    /**
     * Adds a resource's bytes to a digest.
     *
     * @return how many there are
     */
    default long digest(String resource, MessageDigest digest) {
        try (InputStream stream = open(resource)) {
            byte[] buffer = new byte[1 << 16];
            long bytes = 0;
            for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                digest.update(buffer, 0, read);
                bytes += read;
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Opens a resource.
     *
     * @throws IllegalStateException if it is not on the class path, which is a fault of the build
     */
    static InputStream open(String resource) {
        InputStream stream = Corpus.class.getClassLoader().getResourceAsStream(resource);
        if (stream == null) {
            throw new IllegalStateException(
                    "Cannot find " + resource + " on the class path: build again with ./stillhouse build");
        }
        return stream;
    }

    /**
     * Every {@code count}-th document of a resource, from the {@code index}-th on.
     *
     * @param resource name on the class path
     */
    record Slice(String resource, int index, int count) {
        /** Whether the {@code n}-th document belongs to the slice. */
        boolean holds(long n) {
            return n % count == index;
        }
    }

    /**
     * One document.
     *
     * @param path name of its file
     * @param position byte offset of its line in the uncompressed file
     * @param values in the order of the columns
     */
    record Entry(String path, long position, Row values) {}
}
