package dev.stillhouse.student;

import java.nio.ByteBuffer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapFunction;
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
    private final Dataset<byte[]> shards;
    private @Nullable Usage usage;

    /**
     * @param shards {@link Shard#toBytes} of each shard, kept in memory by the caller
     */
    ShardEpochs(Dataset<byte[]> shards) {
        this.shards = shards;
    }

    @Override
    public Parameters run(Parameters parameters, AdaGradPass.Step step, long seed) {
        JavaSparkContext context =
                JavaSparkContext.fromSparkContext(shards.sparkSession().sparkContext());
        Broadcast<Parameters> start = context.broadcast(parameters);
        Dataset<byte[]> updates = shards.map(
                        (MapFunction<byte[], byte[]>) shard -> pass(shard, start.value(), step, seed),
                        Encoders.BINARY())
                .persist(StorageLevel.MEMORY_AND_DISK());
        try {
            // All passes at once; the iterator below would run them one after the other.
            updates.count();
            Mixture mixture = new Mixture(parameters, usage(parameters));
            updates.toLocalIterator().forEachRemaining(update -> mixture.add(Update.fromBytes(update)));
            return mixture.after();
        } finally {
            updates.unpersist();
            start.destroy();
        }
    }

    /** How many documents of all shards use each row: the same in every pass, so counted in the first. */
    private Usage usage(Parameters parameters) {
        Usage counted = usage;
        if (counted == null) {
            Usage sums = Usage.none(parameters);
            shards.toLocalIterator()
                    .forEachRemaining(shard -> sums.add(Shard.fromBytes(shard).examples()));
            usage = sums;
            counted = sums;
        }
        return counted;
    }

    private static byte[] pass(byte[] bytes, Parameters start, AdaGradPass.Step step, long seed) {
        Shard shard = Shard.fromBytes(bytes);
        Parameters parameters = start.copy();
        new AdaGradPass(parameters, step).run(shard.examples(), seed + shard.number());
        Usage usage = Usage.of(shard.examples(), parameters);
        Usage touched = step.vectorRate() > 0 ? usage : usage.withoutVectors();
        return Update.of(shard.number(), parameters, touched).toBytes();
    }

    /** Parameters while shards' updates are added to them. */
    static final class Mixture {
        private final Parameters before;
        private final Parameters after;
        private final Usage usage;

        /**
         * @param usage how many documents of all shards use each row
         */
        Mixture(Parameters before, Usage usage) {
            this.before = before;
            this.after = before.copy();
            this.usage = usage;
        }

        void add(Update update) {
            for (int table = 0; table < usage.documents().length; table++) {
                add(update.parts().get(table), table);
            }
        }

        private void add(Update.Part part, int table) {
            Table from = before.tables().get(table);
            Table to = after.tables().get(table);
            for (int i = 0; i < part.rows().length; i++) {
                int row = part.rows()[i];
                float share = (float) part.documents()[i] / usage.documents()[table][row];
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
     * A shard of the fit part.
     *
     * @param number its place in the order of mixing
     * @param examples its documents
     */
    record Shard(int number, Examples examples) {
        byte[] toBytes() {
            byte[] content = examples.toBytes();
            return ByteBuffer.allocate(4 + content.length)
                    .putInt(number)
                    .put(content)
                    .array();
        }

        static Shard fromBytes(byte[] bytes) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            int number = buffer.getInt();
            byte[] content = new byte[buffer.remaining()];
            buffer.get(content);
            return new Shard(number, Examples.fromBytes(content));
        }
    }
}
