package dev.stillhouse.student;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.md5;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;

import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.ModelOutputs;
import dev.stillhouse.datasets.schema.SoftLabels;
import dev.stillhouse.udfs.errors.DataException;
import dev.stillhouse.udfs.onnx.EncoderSpec;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/**
 * Documents on the driver, as an encoder's layers give them.
 *
 * @param rows {@code float[rows][layers * dimensions]}
 * @param dimensions of a layer's vector
 * @param trained {@code double[rows][labels]}, what is learned
 * @param soft rows that say how sure a teacher is, with its probabilities: those that it had not seen, where there are enough
 * @param gold rows whose label is known, with that
 */
record LayerRows(float[][] rows, int dimensions, double[][] trained, Part soft, Part gold) {
    private static final int MOST_ROWS = 20_000;
    private static final int MOST_VALUES = 50_000_000;

    /** Fixed, so that the batches and with them the last digits do not depend on the partitioning. */
    private static final int SLICES = 16;

    private static final int LEAST_UNSEEN = 50;

    /**
     * How documents become vectors and targets.
     *
     * @param source what runs the encoder
     * @param graph gives the vectors of all layers
     * @param layers how many
     * @param dimensions of a layer's vector
     * @param trained what is taught
     * @param judged what it is judged by
     */
    record Reader(
            LayerSource source,
            EncoderSpec graph,
            int layers,
            int dimensions,
            SoftTargets trained,
            SoftTargets judged) {

        /**
         * Runs documents through the encoder: at most 20,000, gold ones first and the others by a hash of their text, and fewer where the vectors of all layers had more than 50 million values. An action.
         *
         * @throws DataException if the encoder gives a document values that are not finite
         */
        LayerRows read(Dataset<Row> rowsDF) {
            int most = Math.max(1, Math.min(MOST_ROWS, MOST_VALUES / (layers * dimensions)));
            Dataset<Row> takenDF = rowsDF.orderBy(
                            not(col(SoftLabels.GOLD)),
                            md5(col(Curated.TEXT_HASH).cast("binary")),
                            col(Curated.ID))
                    .limit(most)
                    .select(
                            col(Curated.TEXT_HASH),
                            col(Curated.LABEL),
                            col(SoftLabels.GOLD),
                            col(SoftLabels.PROBABILITIES),
                            col(Curated.TEXT));
            Map<String, float[]> vectors = vectors(takenDF);
            List<Row> rows = takenDF.drop(Curated.TEXT).collectAsList();
            float[][] found =
                    rows.stream().map(row -> vectors.get(row.getString(0))).toArray(float[][]::new);
            IntPredicate isGold = row -> rows.get(row).getBoolean(2);
            int[] unseen = indices(rows.size(), isGold.negate());
            int[] gold = indices(rows.size(), isGold);
            int[] soft = unseen.length < LEAST_UNSEEN ? indices(rows.size(), row -> true) : unseen;
            SoftTargets hard = judged.judged(1);
            return new LayerRows(
                    found,
                    dimensions,
                    targets(rows, trained),
                    new Part(soft, targets(rows, unseen.length == 0 ? judged.judged(0) : judged)),
                    new Part(gold, targets(rows, hard)));
        }

        private Map<String, float[]> vectors(Dataset<Row> takenDF) {
            Dataset<Row> textsDF = takenDF.groupBy(Curated.TEXT_HASH)
                    .agg(min(Curated.TEXT).as(Curated.TEXT))
                    .repartition(SLICES, col(Curated.TEXT_HASH))
                    .sortWithinPartitions(length(col(Curated.TEXT)), col(Curated.TEXT_HASH));
            Map<String, float[]> vectors = new HashMap<>();
            List<Tuple2<String, byte[]>> packed = source.outputs(graph, textsDF)
                    .select(ModelOutputs.TEXT_HASH, ModelOutputs.OUTPUT)
                    .map(
                            (MapFunction<Row, Tuple2<String, byte[]>>) Reader::packed,
                            Encoders.tuple(Encoders.STRING(), Encoders.BINARY()))
                    .collectAsList();
            for (Tuple2<String, byte[]> one : packed) {
                float[] vector = new float[one._2().length / Float.BYTES];
                ByteBuffer.wrap(one._2()).asFloatBuffer().get(vector);
                if (vector.length != layers * dimensions) {
                    throw new DataException("Cannot train on encoder " + graph.name()
                            + ": it returned values that are not finite. Export it in fp32");
                }
                vectors.put(one._1(), vector);
            }
            return vectors;
        }

        private static Tuple2<String, byte[]> packed(Row row) {
            List<Float> values = row.isNullAt(1) ? List.of() : row.getList(1);
            ByteBuffer bytes = ByteBuffer.allocate(values.size() * Float.BYTES);
            values.forEach(bytes::putFloat);
            return new Tuple2<>(row.getString(0), bytes.array());
        }

        private static double[][] targets(List<Row> rows, SoftTargets targets) {
            return rows.stream()
                    .map(row -> doubles(targets.of(row.getBoolean(2) ? row.getString(1) : null, row.getList(3))))
                    .toArray(double[][]::new);
        }

        private static double[] doubles(float[] values) {
            double[] doubles = new double[values.length];
            Arrays.setAll(doubles, i -> values[i]);
            return doubles;
        }

        private static int[] indices(int rows, IntPredicate kept) {
            return IntStream.range(0, rows).filter(kept).toArray();
        }
    }

    /**
     * Some of the rows.
     *
     * @param indices of them
     * @param all targets of all rows, {@code double[rows][labels]}
     */
    record Part(int[] indices, double[][] all) {
        float[][] of(float[][] vectors) {
            return IntStream.of(indices).mapToObj(index -> vectors[index]).toArray(float[][]::new);
        }

        double[][] targets() {
            return IntStream.of(indices).mapToObj(index -> all[index]).toArray(double[][]::new);
        }
    }

    /** Whether the label of every row is known. */
    boolean allGold() {
        return gold.indices().length == rows.length;
    }

    /** The first rows: all gold ones and a share of the others, or a share of the gold ones where there are no others. */
    LayerRows first(double share) {
        int known = gold.indices().length;
        int count =
                allGold() ? (int) Math.round(share * known) : known + (int) Math.round(share * (rows.length - known));
        int least = Math.max(2, count);
        return new LayerRows(Arrays.copyOf(rows, least), dimensions, Arrays.copyOf(trained, least), soft, gold);
    }

    /** The vectors of a layer, {@code float[rows][dimensions]}; copies. */
    float[][] vectors(int layer) {
        return Arrays.stream(rows)
                .map(row -> Arrays.copyOfRange(row, (layer - 1) * dimensions, layer * dimensions))
                .toArray(float[][]::new);
    }
}
