package dev.stillhouse.student;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/**
 * Passes over shards on executors: iterative parameter mixing. Every shard makes one sequential pass from the same parameters; a row of weights becomes the mean of the shards' rows, each weighted by how many of its documents use it, and
 * AdaGrad's sums add up. Shards are mixed in the order of their partitions, one after the other, so that the numbers do not depend on which executor ran what and the driver holds one shard's rows at a time.
 *
 * <p>See R. McDonald, K. Hall, G. Mann, Distributed Training Strategies for the Structured Perceptron, NAACL 2010, which mixes uniformly; weighting by use keeps rare n-grams from being diluted.
 */
final class ShardEpochs implements Epochs {
    private final Dataset<byte[]> pieces;

    /**
     * @param pieces {@link Piece#toBytes} of each piece, kept by the caller; those of a shard stand together
     */
    ShardEpochs(Dataset<byte[]> pieces) {
        this.pieces = pieces;
    }

    @Override
    public Parameters run(Parameters parameters, AdaGradPass.Step step, long seed) {
        JavaSparkContext context =
                JavaSparkContext.fromSparkContext(pieces.sparkSession().sparkContext());
        Broadcast<Parameters> start = context.broadcast(parameters);
        MapPartitionsFunction<byte[], byte[]> pass = rows -> new Passes(start.value(), step, seed).over(rows);
        Dataset<byte[]> updates = pieces.mapPartitions(pass, Encoders.BINARY()).persist(StorageLevel.MEMORY_AND_DISK());
        try {
            // All passes at once; the iterator below would run them one after the other.
            updates.count();
            Mixture mixture = new Mixture(parameters, usage(parameters, updates));
            updates.toLocalIterator().forEachRemaining(update -> mixture.add(Update.fromBytes(update)));
            return mixture.after();
        } finally {
            updates.unpersist();
            start.destroy();
        }
    }

    /** How many documents of all shards use each row of each table. */
    private static long[][] usage(Parameters parameters, Dataset<byte[]> updates) {
        long[][] sums = parameters.tables().stream()
                .map(table -> new long[table.rows()])
                .toArray(long[][]::new);
        updates.toLocalIterator().forEachRemaining(bytes -> {
            List<Update.Part> parts = Update.fromBytes(bytes).parts();
            for (int table = 0; table < sums.length; table++) {
                Update.Part part = parts.get(table);
                for (int i = 0; i < part.rows().length; i++) {
                    sums[table][part.rows()[i]] += part.documents()[i];
                }
            }
        });
        return sums;
    }

    /** One pass over each shard of a partition, piece by piece: one piece is held at a time, and what came of a shard is given before the next is begun. */
    private static final class Passes {
        private final Parameters start;
        private final AdaGradPass.Step step;
        private final long seed;

        Passes(Parameters start, AdaGradPass.Step step, long seed) {
            this.start = start;
            this.step = step;
            this.seed = seed;
        }

        Iterator<byte[]> over(Iterator<byte[]> pieces) {
            return new Iterator<>() {
                private @Nullable Piece next = read(pieces);

                @Override
                public boolean hasNext() {
                    return next != null;
                }

                @Override
                public byte[] next() {
                    Piece piece = next;
                    if (piece == null) {
                        throw new NoSuchElementException();
                    }
                    int shard = piece.shard();
                    Parameters parameters = start.copy();
                    Usage usage = Usage.none(start);
                    while (piece != null && piece.shard() == shard) {
                        new AdaGradPass(parameters, step).run(piece.examples(), piece.seed(seed));
                        usage.add(piece.examples());
                        piece = read(pieces);
                    }
                    next = piece;
                    Usage touched = step.vectorRate() > 0 ? usage : usage.withoutVectors();
                    return Update.of(shard, parameters, touched).toBytes();
                }
            };
        }

        private static @Nullable Piece read(Iterator<byte[]> pieces) {
            return pieces.hasNext() ? Piece.fromBytes(pieces.next()) : null;
        }
    }

    /** Parameters while shards' updates are added to them. */
    static final class Mixture {
        private final Parameters before;
        private final Parameters after;
        private final long[][] usage;

        /**
         * @param usage how many documents of all shards use each row
         */
        Mixture(Parameters before, long[][] usage) {
            this.before = before;
            this.after = before.copy();
            this.usage = usage;
        }

        void add(Update update) {
            for (int table = 0; table < usage.length; table++) {
                add(update.parts().get(table), table);
            }
        }

        private void add(Update.Part part, int table) {
            Table from = before.tables().get(table);
            Table to = after.tables().get(table);
            for (int i = 0; i < part.rows().length; i++) {
                int row = part.rows()[i];
                float share = (float) part.documents()[i] / usage[table][row];
                int at = row * from.columns();
                for (int column = 0; column < from.columns(); column++) {
                    float change = part.values()[i * from.columns() + column] - from.values()[at + column];
                    to.values()[at + column] += share * change;
                }
                int sum = row * from.squareColumns();
                for (int column = 0; column < from.squareColumns(); column++) {
                    to.squares()[sum + column] +=
                            part.squares()[i * from.squareColumns() + column] - from.squares()[sum + column];
                }
            }
        }

        Parameters after() {
            return after;
        }
    }

    /**
     * A part of a shard of the fit part, of bounded size.
     *
     * @param shard its place in the order of mixing
     * @param number of the piece, from 0
     * @param examples its documents
     */
    record Piece(int shard, int number, Examples examples) {
        /** Shard and number, in this order. */
        private static final int HEADER = 2 * Integer.BYTES;

        /** Of the order of its documents. */
        long seed(long pass) {
            return pass + shard + 65_537L * number;
        }

        byte[] toBytes() {
            byte[] content = examples.toBytes();
            return ByteBuffer.allocate(HEADER + content.length)
                    .putInt(shard)
                    .putInt(number)
                    .put(content)
                    .array();
        }

        /** The place of a piece among those of all shards, each of which has so many. */
        static int place(byte[] bytes, int piecesOfShard) {
            ByteBuffer header = ByteBuffer.wrap(bytes);
            return header.getInt(0) * piecesOfShard + header.getInt(Integer.BYTES);
        }

        static Piece fromBytes(byte[] bytes) {
            ByteBuffer header = ByteBuffer.wrap(bytes);
            return new Piece(header.getInt(0), header.getInt(Integer.BYTES), Examples.fromBytes(bytes, HEADER));
        }
    }
}
