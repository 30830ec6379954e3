package dev.stillhouse.datasets.source;

import dev.stillhouse.datasets.schema.Rejects;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.SerializableConfiguration;

/** Reads files whole, as rows of {@link LineFunction#SCHEMA} at position 0; a byte-order mark is skipped. One larger than {@link #MAX_BYTES} is a reject. Serialisable, without state. */
final class WholeFileFunction implements FlatMapFunction<List<FileChunk>, Row> {
    private static final long serialVersionUID = 1L;

    /** 256 MiB uncompressed: more than one row of Spark's can be handled with. */
    static final int MAX_BYTES = 256 << 20;

    private final SerializableConfiguration hadoop;

    WholeFileFunction(Configuration hadoop) {
        this.hadoop = new SerializableConfiguration(hadoop);
    }

    @Override
    public Iterator<Row> call(List<FileChunk> chunks) {
        return chunks.stream().map(this::row).iterator();
    }

    private Row row(FileChunk chunk) {
        Path path = new Path(chunk.path());
        CompressionCodec codec = new CompressionCodecFactory(hadoop.value()).getCodec(path);
        // A compressed file of no bytes is no archive, but an empty file all the same.
        CompressionCodec used = chunk.length() == 0 ? null : codec;
        try (InputStream stored = path.getFileSystem(hadoop.value()).open(path);
                InputStream stream = used == null ? stored : used.createInputStream(stored)) {
            return row(chunk, stream.readNBytes(MAX_BYTES + 1));
        } catch (IOException e) {
            throw FileFailure.of(chunk.path(), codec != null, e);
        }
    }

    private static Row row(FileChunk chunk, byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            return RowFactory.create(chunk.relative(), 0L, true, null, Rejects.UNREADABLE);
        }
        boolean mark =
                bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF;
        int start = mark ? 3 : 0;
        String text = Utf8.decode(bytes, start, bytes.length - start);
        return RowFactory.create(chunk.relative(), 0L, true, text, text == null ? Rejects.INVALID_UTF8 : null);
    }
}
