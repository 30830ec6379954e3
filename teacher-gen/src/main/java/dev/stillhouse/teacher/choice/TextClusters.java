package dev.stillhouse.teacher.choice;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.teacher.outputs.TextOrder;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.ml.clustering.KMeansModel;
import org.apache.spark.ml.feature.HashingTF;
import org.apache.spark.ml.feature.IDF;
import org.apache.spark.ml.feature.RegexTokenizer;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.StructType;

/**
 * Clusters of texts that share words: k-means over sketches, 128 random projections with signs (Achlioptas 2003) of the words' TF-IDF, of length 1. Costs a hundredth of an encoder, and needs none. Words and clusters are those of a sample of 20,000 texts, the first by {@link TextOrder}.
 */
final class TextClusters {
    /** Column of a text's cluster, INT. */
    static final String CLUSTER = "cluster";

    private static final int SAMPLE = 20_000;
    /** A word of one text alone makes none alike. */
    private static final int LEAST_DOCUMENTS = 2;

    private static final int DIMENSIONS = 128;
    private static final int ITERATIONS = 10;
    private static final String WORDS = "__words";
    private static final String COUNTS = "__counts";
    private static final String WEIGHTS = "__weights";
    private static final String SKETCH = "__sketch";

    private final PipelineModel weights;
    private final KMeansModel clusters;

    private TextClusters(PipelineModel weights, KMeansModel clusters) {
        this.weights = weights;
        this.clusters = clusters;
    }

    /** Finds clusters; at least one text. */
    static TextClusters fit(Dataset<Row> texts, int clusters, long seed) {
        Dataset<Row> sampleDF = texts.orderBy(TextOrder.of(seed), col(Documents.SOURCE), col(Documents.ID))
                .limit(SAMPLE)
                .select(Curated.TEXT);
        PipelineModel weights = new Pipeline()
                .setStages(new PipelineStage[] {
                    new RegexTokenizer()
                            .setInputCol(Curated.TEXT)
                            .setOutputCol(WORDS)
                            .setPattern("[\\p{L}\\p{N}]+")
                            .setGaps(false),
                    new HashingTF().setInputCol(WORDS).setOutputCol(COUNTS),
                    new IDF().setMinDocFreq(LEAST_DOCUMENTS).setInputCol(COUNTS).setOutputCol(WEIGHTS)
                })
                .fit(sampleDF);
        // In one partition and in order: sums of floating-point numbers and k-means' first centres depend on both.
        List<Row> sketches = sketched(weights, sampleDF).select(SKETCH).collectAsList();
        Dataset<Row> orderedDF = texts.sparkSession()
                .createDataFrame(sketches, new StructType().add(SKETCH, SQLDataTypes.VectorType()))
                .coalesce(1);
        KMeansModel model = new KMeans()
                .setFeaturesCol(SKETCH)
                .setPredictionCol(CLUSTER)
                .setK(Math.max(2, clusters))
                .setMaxIter(ITERATIONS)
                .setSeed(seed)
                .fit(orderedDF);
        return new TextClusters(weights, model);
    }

    /** The same rows with {@link #CLUSTER}. */
    Dataset<Row> assign(Dataset<Row> texts) {
        return clusters.transform(sketched(weights, texts)).drop(SKETCH);
    }

    private static Dataset<Row> sketched(PipelineModel weights, Dataset<Row> texts) {
        UDF1<Vector, Vector> sketch = TextClusters::sketch;
        return weights.transform(texts)
                .withColumn(SKETCH, udf(sketch, SQLDataTypes.VectorType()).apply(col(WEIGHTS)))
                .drop(WORDS, COUNTS, WEIGHTS);
    }

    /** Projects a sparse vector: each of its dimensions has 128 signs of its own. */
    static Vector sketch(Vector weights) {
        double[] sketch = new double[DIMENSIONS];
        weights.foreachActive((index, weight) -> {
            long low = mixed(2L * (int) index);
            long high = mixed(2L * (int) index + 1);
            for (int d = 0; d < DIMENSIONS; d++) {
                long bits = d < Long.SIZE ? low : high;
                sketch[d] += (bits >>> (d % Long.SIZE) & 1) == 0 ? (double) weight : -(double) weight;
            }
            return null;
        });
        double norm = 0;
        for (double value : sketch) {
            norm += value * value;
        }
        if (norm > 0) {
            double length = Math.sqrt(norm);
            for (int d = 0; d < DIMENSIONS; d++) {
                sketch[d] /= length;
            }
        }
        return Vectors.dense(sketch);
    }

    /** SplitMix64's finaliser. */
    private static long mixed(long value) {
        long mixed = (value + 1) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
