package dev.stillhouse.teacher;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import dev.stillhouse.datasets.publish.SegmentedTable;
import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.ModelOutputs;
import dev.stillhouse.udfs.errors.ConfigurationException;
import dev.stillhouse.udfs.onnx.EncoderSpec;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;

/**
 * The label cache: what a model returned for texts, kept by content, so that a text is paid for once. Texts that it lacks are run in {@link SlicePlan slices} of at most a fortieth of the work or 2,048 texts, a task each, and what a task
 * computed is in the cache as soon as the task ends.
 *
 * <p>Rows are {@link ModelOutputs}. One writer at a time.
 */
public final class OutputCache {
    private static final String KEY = "__key";
    private static final String CACHED = "__cached";

    private final SparkSession spark;
    private final EncoderSpec spec;
    private final SegmentedTable table;

    /**
     * The cache of one model.
     *
     * @param root folder of all caches; this model's is inside it, by what its outputs depend on
     */
    public OutputCache(SparkSession spark, Path root, EncoderSpec spec) {
        this.spark = spark;
        this.spec = spec;
        this.table = new SegmentedTable(
                new Path(root, spec.identity()), spark.sessionState().newHadoopConf());
    }

    /**
     * What filling found and did.
     *
     * @param cached texts that the cache had
     * @param inferred texts that were run
     */
    public record Result(long cached, long inferred) {}

    /**
     * Runs the texts that the cache lacks.
     *
     * @param documents with text_hash and text
     * @param segment a name for what is added that no other has
     * @throws ConfigurationException if Spark would run slow tasks twice, which would be paid for twice
     */
    public Result fill(Dataset<Row> documents, String segment, InferenceMeter meter) {
        if (spark.sparkContext().getConf().getBoolean("spark.speculation", false)) {
            throw new ConfigurationException(
                    "Invalid spark.speculation: true (must be false: a teacher's tasks are long, and paid for)");
        }
        table.recover();
        Dataset<Row> wantedDF = documents
                .select(col(Curated.TEXT_HASH), read(col(Curated.TEXT)).as(Curated.TEXT))
                .groupBy(Curated.TEXT_HASH)
                .agg(min(Curated.TEXT).as(Curated.TEXT));
        Dataset<Row> hasDF = table.read(spark, ModelOutputs.SCHEMA)
                .select(col(ModelOutputs.TEXT_HASH), lit(true).as(CACHED));
        Dataset<Row> foundDF = wantedDF.join(hasDF, new String[] {ModelOutputs.TEXT_HASH}, "left_outer");
        TreeMap<Integer, Long> textsByLength = new TreeMap<>();
        long cached = 0;
        for (Row row : foundDF.groupBy(
                        when(col(CACHED).isNull(), length(col(Curated.TEXT))).as("length"))
                .agg(count(lit(1)))
                .collectAsList()) {
            if (row.isNullAt(0)) {
                cached = row.getLong(1);
            } else {
                textsByLength.put(row.getInt(0), row.getLong(1));
            }
        }
        long missing =
                textsByLength.values().stream().mapToLong(Long::longValue).sum();
        if (missing > 0) {
            Dataset<Row> missingDF = foundDF.where(col(CACHED).isNull());
            table.append(segment, infer(missingDF, SlicePlan.of(textsByLength), meter));
        }
        return new Result(cached, missing);
    }

    private Dataset<Row> infer(Dataset<Row> missing, SlicePlan plan, InferenceMeter meter) {
        UDF2<Integer, Long, Integer> key = plan::key;
        Column length = length(col(Curated.TEXT));
        return missing.withColumn(KEY, udf(key, DataTypes.IntegerType).apply(length, xxhash64(col(Curated.TEXT_HASH))))
                .repartition(plan.slices(), col(KEY))
                .sortWithinPartitions(length, col(Curated.TEXT_HASH))
                .select(Curated.TEXT_HASH, Curated.TEXT)
                .mapPartitions(
                        new InferPartition(TravellingFiles.of(spec, spark), meter), Encoders.row(ModelOutputs.SCHEMA));
    }

    /** What the model reads of a text at most, so that no more of it travels. */
    private Column read(Column text) {
        return substring(text, 1, spec.maxCharacters());
    }

    /** Everything that is in the cache, a row for each text. */
    public Dataset<Row> outputs() {
        String row = "__row";
        return table.read(spark, ModelOutputs.SCHEMA)
                .groupBy(ModelOutputs.TEXT_HASH)
                // Two runs that shared a cache may both have run a text.
                .agg(min(struct(ModelOutputs.REASON, ModelOutputs.TOKENS, ModelOutputs.OUTPUT))
                        .as(row))
                .select(ModelOutputs.TEXT_HASH, row + ".*");
    }
}
