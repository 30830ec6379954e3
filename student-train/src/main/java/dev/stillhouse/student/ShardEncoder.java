package dev.stillhouse.student;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Rows of {@link LearningRows#sharded} to {@link ShardEpochs.Shard}s.
 *
 * @param vocabulary what texts are encoded by
 * @param targets what is taught about them
 */
record ShardEncoder(Vocabulary vocabulary, SoftTargets targets) implements MapPartitionsFunction<Row, byte[]> {
    private static final long serialVersionUID = 1L;

    /** The rows as shards, each in its order. */
    Dataset<byte[]> encode(Dataset<Row> rowsDF, int shards) {
        return LearningRows.sharded(rowsDF, shards).mapPartitions(this, Encoders.BINARY());
    }

    /** The rows on the driver, in the order of one shard. One job. */
    Examples collect(Dataset<Row> rowsDF) {
        List<byte[]> encoded = encode(rowsDF, 1).collectAsList();
        return encoded.isEmpty()
                ? Examples.none(targets.goal().size())
                : ShardEpochs.Shard.fromBytes(encoded.get(0)).examples();
    }

    @Override
    public Iterator<byte[]> call(Iterator<Row> rows) {
        List<byte[]> shards = new ArrayList<>();
        Vocabulary.Encoder encoder = vocabulary.encoder();
        Builder builder = null;
        while (rows.hasNext()) {
            Row row = rows.next();
            if (builder == null || builder.number != row.getInt(0)) {
                if (builder != null) {
                    shards.add(builder.build().toBytes());
                }
                builder = new Builder(row.getInt(0), targets.goal().size());
            }
            String gold = row.getBoolean(3) ? row.getString(2) : null;
            builder.add(encoder.encode(row.getString(1)), targets.of(gold, row.getList(4)));
        }
        if (builder != null) {
            shards.add(builder.build().toBytes());
        }
        return shards.iterator();
    }

    /** Collects the documents of a shard. */
    private static final class Builder {
        private final int number;
        private final int labels;
        private final Sparse.Builder ngrams = new Sparse.Builder();
        private final Sparse.Builder words = new Sparse.Builder();
        private float[] targets = new float[64];

        Builder(int number, int labels) {
            this.number = number;
            this.labels = labels;
        }

        void add(Vocabulary.Encoded document, float[] target) {
            int end = (ngrams.size() + 1) * labels;
            if (end > targets.length) {
                targets = Arrays.copyOf(targets, Math.max(end, 2 * targets.length));
            }
            System.arraycopy(target, 0, targets, end - labels, labels);
            ngrams.add(document.ngrams());
            words.add(document.words());
        }

        ShardEpochs.Shard build() {
            float[] used = Arrays.copyOf(targets, ngrams.size() * labels);
            return new ShardEpochs.Shard(number, new Examples(ngrams.build(), words.build(), used, labels));
        }
    }
}
