package dev.stillhouse.student;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Rows of {@link LearningRows#dealt} to {@link ShardEpochs.Piece}s.
 *
 * @param vocabulary what texts are encoded by
 * @param targets what is taught about them
 */
record ShardEncoder(Vocabulary vocabulary, SoftTargets targets) implements MapPartitionsFunction<Row, byte[]> {
    private static final long serialVersionUID = 1L;

    /** The rows as pieces of shards, each in its order. */
    Dataset<byte[]> encode(Dataset<Row> rowsDF, LearningRows.Deal deal) {
        return LearningRows.dealt(rowsDF, deal).mapPartitions(this, Encoders.BINARY());
    }

    /** The rows on the driver, in the order of one shard. One job. */
    Examples collect(Dataset<Row> rowsDF) {
        List<byte[]> encoded = encode(rowsDF, LearningRows.Deal.ONE).collectAsList();
        return encoded.isEmpty()
                ? Examples.none(targets.goal().size())
                : ShardEpochs.Piece.fromBytes(encoded.get(0)).examples();
    }

    @Override
    public Iterator<byte[]> call(Iterator<Row> rows) {
        return new Iterator<>() {
            private final Vocabulary.Encoder encoder = vocabulary.encoder();
            private @Nullable Builder open;

            @Override
            public boolean hasNext() {
                return open != null || rows.hasNext();
            }

            @Override
            public byte[] next() {
                Builder piece = open;
                open = null;
                while (open == null && rows.hasNext()) {
                    Row row = rows.next();
                    if (piece == null) {
                        piece = new Builder(
                                row.getInt(0), row.getInt(1), targets.goal().size());
                    }
                    Builder of = piece.isOf(row)
                            ? piece
                            : new Builder(
                                    row.getInt(0), row.getInt(1), targets.goal().size());
                    of.add(encoder, targets, row);
                    open = of == piece ? null : of;
                }
                if (piece == null) {
                    throw new NoSuchElementException();
                }
                return piece.build().toBytes();
            }
        };
    }

    /** Collects the documents of a piece. */
    private static final class Builder {
        private final int shard;
        private final int number;
        private final int labels;
        private final Sparse.Builder ngrams = new Sparse.Builder();
        private final Sparse.Builder words = new Sparse.Builder();
        private float[] targets = new float[64];

        Builder(int shard, int number, int labels) {
            this.shard = shard;
            this.number = number;
            this.labels = labels;
        }

        /** Whether a row is of this piece. */
        boolean isOf(Row row) {
            return row.getInt(0) == shard && row.getInt(1) == number;
        }

        void add(Vocabulary.Encoder encoder, SoftTargets aims, Row row) {
            Vocabulary.Encoded document = encoder.encode(row.getString(2));
            float[] target = aims.of(row.getBoolean(4) ? row.getString(3) : null, row.getList(5));
            int end = (ngrams.size() + 1) * labels;
            if (end > targets.length) {
                targets = Arrays.copyOf(targets, Math.max(end, 2 * targets.length));
            }
            System.arraycopy(target, 0, targets, end - labels, labels);
            ngrams.add(document.ngrams());
            words.add(document.words());
        }

        ShardEpochs.Piece build() {
            float[] used = Arrays.copyOf(targets, ngrams.size() * labels);
            return new ShardEpochs.Piece(shard, number, new Examples(ngrams.build(), words.build(), used, labels));
        }
    }
}
