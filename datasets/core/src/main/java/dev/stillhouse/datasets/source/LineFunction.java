package dev.stillhouse.datasets.source;

import dev.stillhouse.datasets.schema.Rejects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.lib.input.FileSplit;
import org.apache.hadoop.mapreduce.lib.input.LineRecordReader;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of chunks with the byte offset of each in its uncompressed file, by Hadoop's own line reader: a byte-order mark is skipped, lines end by LF, CR or CRLF, blank ones are no rows.
 * Serialisable, without state.
 */
final class LineFunction implements FlatMapFunction<List<FileChunk>, Row> {
    private static final long serialVersionUID = 1L;

    static final String FIRST = "first";
    static final String LINE = "line";

    /** A line, or the reason why there is none. */
    static final StructType SCHEMA = new StructType()
            .add(RawRows.PATH, DataTypes.StringType, true)
            .add(RawRows.POSITION, DataTypes.LongType, true)
            .add(FIRST, DataTypes.BooleanType, false, "the first line of its file that is not blank")
            .add(LINE, DataTypes.StringType, true)
            .add(RawRows.REASON, DataTypes.StringType, true);

    private final SerializableConfiguration hadoop;
    private final LineCheck check;

    LineFunction(Configuration hadoop, LineCheck check) {
        this.hadoop = new SerializableConfiguration(hadoop);
        this.check = check;
    }

    @Override
    public Iterator<Row> call(List<FileChunk> chunks) {
        Lines lines = new Lines(chunks.iterator(), hadoop.value(), check);
        TaskContext task = TaskContext.get();
        if (task != null) {
            task.addTaskCompletionListener((TaskCompletionListener) finished -> lines.close());
        }
        return lines;
    }

    private static final class Lines implements Iterator<Row> {
        private final Iterator<FileChunk> chunks;
        private final Configuration hadoop;
        private final LineCheck check;
        private final CompressionCodecFactory codecs;
        private Iterator<Row> rows = Collections.emptyIterator();
        private @Nullable LineRecordReader open;

        Lines(Iterator<FileChunk> chunks, Configuration hadoop, LineCheck check) {
            this.chunks = chunks;
            this.hadoop = hadoop;
            this.check = check;
            this.codecs = new CompressionCodecFactory(hadoop);
        }

        @Override
        public boolean hasNext() {
            while (!rows.hasNext()) {
                close();
                if (!chunks.hasNext()) {
                    return false;
                }
                FileChunk chunk = chunks.next();
                LineRecordReader reader = new LineRecordReader();
                open = reader;
                rows = new ChunkLines(chunk, reader);
            }
            return true;
        }

        @Override
        public Row next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return rows.next();
        }

        void close() {
            LineRecordReader reader = open;
            open = null;
            if (reader != null) {
                try {
                    reader.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        /** The lines of one chunk. */
        private final class ChunkLines implements Iterator<Row> {
            private final FileChunk chunk;
            private final LineRecordReader reader;
            private final boolean compressed;
            private boolean first;
            private boolean started;
            private @Nullable Row pending;

            ChunkLines(FileChunk chunk, LineRecordReader reader) {
                this.chunk = chunk;
                this.reader = reader;
                this.compressed = codecs.getCodec(new Path(chunk.path())) != null;
                this.first = chunk.start() == 0;
            }

            @Override
            public boolean hasNext() {
                try {
                    while (pending == null && advance()) {
                        pending = row(reader.getCurrentKey().get(), reader.getCurrentValue());
                    }
                    return pending != null;
                } catch (IOException e) {
                    throw FileFailure.of(chunk.path(), compressed, e);
                }
            }

            @Override
            public Row next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                Row row = Objects.requireNonNull(pending);
                pending = null;
                return row;
            }

            private boolean advance() throws IOException {
                if (!started) {
                    FileSplit split =
                            new FileSplit(new Path(chunk.path()), chunk.start(), chunk.length(), new String[0]);
                    reader.initialize(split, new TaskAttemptContextImpl(hadoop, new TaskAttemptID()));
                    started = true;
                }
                return reader.nextKeyValue();
            }

            private @Nullable Row row(long position, Text bytes) {
                String line = Utf8.decode(bytes.getBytes(), 0, bytes.getLength());
                if (line != null && line.isBlank()) {
                    return null;
                }
                boolean opens = first;
                first = false;
                if (line == null) {
                    return RowFactory.create(chunk.relative(), position, opens, null, Rejects.INVALID_UTF8);
                }
                boolean accepted = check.accepts(line);
                return RowFactory.create(
                        chunk.relative(),
                        position,
                        opens,
                        accepted ? line : null,
                        accepted ? null : Rejects.UNREADABLE);
            }
        }
    }
}
