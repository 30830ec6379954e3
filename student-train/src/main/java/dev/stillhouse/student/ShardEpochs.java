package dev.stillhouse.student;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/**
 * Passes over shards on executors: iterative parameter mixing. Every shard makes one sequential pass from the same parameters; a row of weights becomes the mean of the shards' rows, each weighted by how many of its documents have the feature, and
 * AdaGrad's sums add up. Shards are mixed in the order of their partitions, one after the other, so that the numbers do not depend on which executor ran what and the driver holds one shard's rows at a time.
 *
 * <p>See R. McDonald, K. Hall, G. Mann, Distributed Training Strategies for the Structured Perceptron, NAACL 2010, which mixes uniformly; weighting by feature keeps rare features from being diluted.
 */
final class ShardEpochs implements Epochs {
    private final Dataset<byte[]> shards;
    private final AdaGradPass.Step step;
    private int @Nullable [] documents;

    /**
     * @param shards {@link Shard#toBytes} of each shard, kept in memory by the caller
     */
    ShardEpochs(Dataset<byte[]> shards, AdaGradPass.Step step) {
        this.shards = shards;
        this.step = step;
    }

    @Override
    public Parameters run(Parameters parameters, long seed) {
        JavaSparkContext context =
                JavaSparkContext.fromSparkContext(shards.sparkSession().sparkContext());
        Broadcast<float[][]> start = context.broadcast(
                new float[][] {parameters.weights(), parameters.squares(), parameters.bias(), parameters.biasSquares()
                });
        // A field in the lambda would take this object, which is not serialisable, to the executors.
        AdaGradPass.Step shardStep = step;
        Dataset<byte[]> updates = shards.map(
                        (MapFunction<byte[], byte[]>) shard -> pass(shard, start.value(), shardStep, seed),
                        Encoders.BINARY())
                .persist(StorageLevel.MEMORY_AND_DISK());
        try {
            // All shards at once on executors, before the driver takes them one by one.
            long count = updates.count();
            Mixture mixture = new Mixture(parameters, documents(parameters.features()), count);
            updates.toLocalIterator().forEachRemaining(update -> mixture.add(Update.fromBytes(update)));
            return mixture.after();
        } finally {
            updates.unpersist();
            start.destroy();
        }
    }

    /** How many documents of all shards have each feature: the same in every pass, so counted in the first. */
    private int[] documents(int features) {
        int[] counted = documents;
        if (counted == null) {
            int[] sums = new int[features];
            shards.toLocalIterator().forEachRemaining(shard -> {
                for (int row : Shard.fromBytes(shard).examples().features()) {
                    sums[row]++;
                }
            });
            documents = sums;
            counted = sums;
        }
        return counted;
    }

    private static byte[] pass(byte[] bytes, float[][] start, AdaGradPass.Step step, long seed) {
        Shard shard = Shard.fromBytes(bytes);
        Parameters parameters = new Parameters(start[0].clone(), start[1].clone(), start[2].clone(), start[3].clone());
        new AdaGradPass(parameters, step).run(shard.examples(), seed + shard.number());
        return Update.of(shard, parameters).toBytes();
    }

    /** Parameters while shards' updates are added to them. */
    static final class Mixture {
        private final Parameters before;
        private final Parameters after;
        private final int[] documents;
        private final float share;

        /**
         * @param documents how many documents of all shards have each feature
         * @param shards how many updates there will be
         */
        Mixture(Parameters before, int[] documents, long shards) {
            this.before = before;
            this.after = before.copy();
            this.documents = documents;
            this.share = 1f / shards;
        }

        void add(Update update) {
            int labels = before.labels();
            for (int i = 0; i < update.rows().length; i++) {
                int row = update.rows()[i];
                float weight = (float) update.documents()[i] / documents[row];
                for (int label = 0; label < labels; label++) {
                    int at = row * labels + label;
                    after.weights()[at] += weight * (update.weights()[i * labels + label] - before.weights()[at]);
                    after.squares()[at] += update.squares()[i * labels + label] - before.squares()[at];
                }
            }
            int bias = update.rows().length * labels;
            for (int label = 0; label < labels; label++) {
                after.bias()[label] += share * (update.weights()[bias + label] - before.bias()[label]);
                after.biasSquares()[label] += update.squares()[bias + label] - before.biasSquares()[label];
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

    /**
     * What a pass over a shard made of the rows that it touched.
     *
     * @param shard the shard's number
     * @param rows rows of the joint vocabulary, ascending
     * @param documents how many documents of the shard have them
     * @param weights the rows' weights, then the bias
     * @param squares the rows' sums of squares, then the bias'
     */
    record Update(int shard, int[] rows, int[] documents, float[] weights, float[] squares) implements Serializable {

        static Update of(Shard shard, Parameters after) {
            int[] counts = new int[after.features()];
            for (int row : shard.examples().features()) {
                counts[row]++;
            }
            int[] rows = IntStream.range(0, counts.length)
                    .filter(row -> counts[row] > 0)
                    .toArray();
            int[] documents = Arrays.stream(rows).map(row -> counts[row]).toArray();
            return new Update(
                    shard.number(),
                    rows,
                    documents,
                    gather(rows, after.weights(), after.bias()),
                    gather(rows, after.squares(), after.biasSquares()));
        }

        private static float[] gather(int[] rows, float[] values, float[] bias) {
            int labels = bias.length;
            float[] gathered = new float[(rows.length + 1) * labels];
            for (int i = 0; i < rows.length; i++) {
                System.arraycopy(values, rows[i] * labels, gathered, i * labels, labels);
            }
            System.arraycopy(bias, 0, gathered, rows.length * labels, labels);
            return gathered;
        }

        byte[] toBytes() {
            ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(4L * (3 + 2L * rows.length + 2L * weights.length)));
            buffer.putInt(shard).putInt(rows.length).putInt(weights.length);
            for (int[] values : new int[][] {rows, documents}) {
                buffer.asIntBuffer().put(values);
                buffer.position(buffer.position() + 4 * values.length);
            }
            for (float[] values : new float[][] {weights, squares}) {
                buffer.asFloatBuffer().put(values);
                buffer.position(buffer.position() + 4 * values.length);
            }
            return buffer.array();
        }

        static Update fromBytes(byte[] bytes) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            int shard = buffer.getInt();
            int rowCount = buffer.getInt();
            int weightCount = buffer.getInt();
            return new Update(
                    shard,
                    ints(buffer, rowCount),
                    ints(buffer, rowCount),
                    floats(buffer, weightCount),
                    floats(buffer, weightCount));
        }

        private static int[] ints(ByteBuffer buffer, int count) {
            int[] values = new int[count];
            buffer.asIntBuffer().get(values);
            buffer.position(buffer.position() + 4 * count);
            return values;
        }

        private static float[] floats(ByteBuffer buffer, int count) {
            float[] values = new float[count];
            buffer.asFloatBuffer().get(values);
            buffer.position(buffer.position() + 4 * count);
            return values;
        }
    }
}
