package dev.stillhouse.teacher;

import dev.stillhouse.udfs.onnx.EncoderSpec;
import dev.stillhouse.udfs.onnx.TextEncoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.ArraySeq;

/** The work of one partition: rows (source, id, text_hash, text, shard) sorted by shard, encoded one shard at a time. Serialisable. */
final class EmbedPartition implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1L;
    private static final int TEXT = 3;
    private static final int SHARD = 4;

    private final EncoderSpec spec;
    private final @Nullable LongAccumulator progress;

    EmbedPartition(EncoderSpec spec, @Nullable LongAccumulator progress) {
        this.spec = spec;
        this.progress = progress;
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        if (!rows.hasNext()) {
            return Collections.emptyIterator();
        }
        TextEncoder encoder = TextEncoder.open(spec);
        TaskContext task = TaskContext.get();
        if (task != null) {
            task.addTaskCompletionListener((TaskCompletionListener) ended -> encoder.close());
        }
        return new Shards(rows, encoder);
    }

    private void afterBatch(int texts) {
        TaskContext task = TaskContext.get();
        if (task != null && task.isInterrupted()) {
            throw new TaskKilledException("killed between two batches");
        }
        if (progress != null) {
            progress.add(texts);
        }
    }

    /** Reads a shard ahead, gives its rows with their vectors. */
    private final class Shards implements Iterator<Row> {
        private final Iterator<Row> rows;
        private final TextEncoder encoder;
        private Iterator<Row> encoded = Collections.emptyIterator();
        private @Nullable Row ahead;

        private Shards(Iterator<Row> rows, TextEncoder encoder) {
            this.rows = rows;
            this.encoder = encoder;
            this.ahead = rows.next();
        }

        @Override
        public boolean hasNext() {
            return encoded.hasNext() || ahead != null;
        }

        @Override
        public Row next() {
            if (!encoded.hasNext()) {
                encoded = encodeNext().iterator();
            }
            return encoded.next();
        }

        private List<Row> encodeNext() {
            if (ahead == null) {
                throw new NoSuchElementException("no more rows in this partition");
            }
            int shard = ahead.getInt(SHARD);
            List<Row> members = new ArrayList<>();
            List<String> texts = new ArrayList<>();
            for (Row row = ahead; row != null && row.getInt(SHARD) == shard; row = ahead) {
                members.add(row);
                texts.add(row.getString(TEXT));
                ahead = rows.hasNext() ? rows.next() : null;
            }
            float[][] vectors = encoder.encode(texts, EmbedPartition.this::afterBatch);
            List<Row> result = new ArrayList<>(vectors.length);
            for (int i = 0; i < vectors.length; i++) {
                Row row = members.get(i);
                result.add(RowFactory.create(
                        row.getString(0), row.getString(1), row.getString(2), ArraySeq.unsafeWrapArray(vectors[i])));
            }
            return result;
        }
    }
}
