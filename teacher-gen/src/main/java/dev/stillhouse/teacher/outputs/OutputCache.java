package dev.stillhouse.teacher.outputs;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import dev.stillhouse.datasets.publish.SegmentedTable;
import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.ModelOutputs;
import dev.stillhouse.udfs.errors.ConfigurationException;
import java.util.List;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;

/**
 * The label cache: what a model returned for texts, kept by content, so that a text is paid for once. Texts that it lacks are run in {@link SlicePlan slices} of at most a fortieth of the work or 2,048 texts, a task each, and what a task
 * computed is in the cache as soon as the task ends.
 *
 * <p>Rows are {@link Inference#outputs}. One writer at a time.
 */
public final class OutputCache implements Outputs {
    /** Texts by which the cost of others is told. */
    private static final int SAMPLE = 64;

    private static final String KEY = "__key";
    private static final String CACHED = "__cached";

    private final SparkSession spark;
    private final Inference inference;
    private final SegmentedTable table;

    /**
     * The cache of one model.
     *
     * @param root folder of all caches; this model's is inside it, by what its outputs depend on
     */
    public OutputCache(SparkSession spark, Path root, Inference inference) {
        this.spark = spark;
        this.inference = inference;
        this.table = new SegmentedTable(
                new Path(root, inference.identity()), spark.sessionState().newHadoopConf());
    }

    /**
     * Runs the texts that the cache lacks, all in one.
     *
     * @throws ConfigurationException if Spark would run slow tasks twice, which would be paid for twice
     */
    @Override
    public Result fill(List<Dataset<Row>> documents, String segment, InferenceMeter meter) {
        if (spark.sparkContext().getConf().getBoolean("spark.speculation", false)) {
            throw new ConfigurationException(
                    "Invalid spark.speculation: true (must be false: a teacher's tasks are long, and paid for)");
        }
        table.recover();
        // Kept, since planning and running both read it, and texts are the most of what there is.
        Dataset<Row> foundDF = found(documents).persist(StorageLevel.MEMORY_AND_DISK());
        try {
            return fill(foundDF, segment, meter);
        } finally {
            foundDF.unpersist();
        }
    }

    private Result fill(Dataset<Row> foundDF, String segment, InferenceMeter meter) {
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
        if (missing == 0) {
            return new Result(cached, 0, 0);
        }
        Dataset<Row> missingDF = foundDF.where(col(CACHED).isNull());
        long inferred = table.append(segment, infer(missingDF, SlicePlan.of(textsByLength), meter));
        return new Result(cached, inferred, missing - inferred);
    }

    @Override
    public Need need(List<Dataset<Row>> documents) {
        Dataset<Row> foundDF = found(documents);
        Column isMissing = col(CACHED).isNull();
        Row counts = foundDF.agg(
                        count_if(not(isMissing)),
                        count_if(isMissing),
                        coalesce(sum(when(isMissing, length(col(Curated.TEXT)))), lit(0L)))
                .head();
        List<String> sample = foundDF.where(isMissing)
                .orderBy(Curated.TEXT_HASH)
                .limit(SAMPLE)
                .select(Curated.TEXT)
                .as(Encoders.STRING())
                .collectAsList();
        return new Need(counts.getLong(0), counts.getLong(1), counts.getLong(2), sample);
    }

    /** Texts that the cache lacks, (text_hash, text), each once. */
    public Dataset<Row> missing(List<Dataset<Row>> documents) {
        return found(documents).where(col(CACHED).isNull()).drop(CACHED);
    }

    /** The texts, each once, and whether the cache has them. */
    private Dataset<Row> found(List<Dataset<Row>> documents) {
        Dataset<Row> wantedDF = documents.stream()
                .map(documentsDF -> documentsDF.select(
                        col(Curated.TEXT_HASH), read(col(Curated.TEXT)).as(Curated.TEXT)))
                .reduce(Dataset::union)
                .orElseThrow()
                .groupBy(Curated.TEXT_HASH)
                .agg(min(Curated.TEXT).as(Curated.TEXT));
        Dataset<Row> hasDF = table.read(spark, inference.outputs())
                .where(inference.isSettled())
                .select(col(ModelOutputs.TEXT_HASH), lit(true).as(CACHED));
        return wantedDF.join(hasDF, new String[] {ModelOutputs.TEXT_HASH}, "left_outer");
    }

    private Dataset<Row> infer(Dataset<Row> missing, SlicePlan plan, InferenceMeter meter) {
        UDF2<Integer, Long, Integer> key = plan::key;
        Column length = length(col(Curated.TEXT));
        return missing.withColumn(KEY, udf(key, DataTypes.IntegerType).apply(length, xxhash64(col(Curated.TEXT_HASH))))
                .repartition(plan.slices(), col(KEY))
                .sortWithinPartitions(length, col(Curated.TEXT_HASH))
                .select(Curated.TEXT_HASH, Curated.TEXT)
                .mapPartitions(inference.task(spark, meter, plan.slices()), Encoders.row(inference.outputs()));
    }

    /** What the model reads of a text at most, so that no more of it travels. */
    private Column read(Column text) {
        return substring(text, 1, inference.maxCharacters());
    }

    @Override
    public Dataset<Row> read() {
        String row = "__row";
        return table.read(spark, inference.outputs())
                .groupBy(ModelOutputs.TEXT_HASH)
                // Two runs that shared a cache may both have run a text.
                .agg(min(struct(ModelOutputs.REASON, ModelOutputs.TOKENS, ModelOutputs.OUTPUT))
                        .as(row))
                .select(ModelOutputs.TEXT_HASH, row + ".*");
    }
}
