package dev.stillhouse.scoring;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.md5;

import dev.stillhouse.datasets.publish.SegmentedTable;
import dev.stillhouse.datasets.schema.Scores;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;

/**
 * ONNX Runtime: batches of texts, with one session for all tasks of an executor. The one engine for students that are cut from an encoder. Where texts are reused each distinct one is run once, and what it gave goes to all that are equal to it; where those of earlier runs are too, what was given lies in a table beside the runs.
 */
final class OnnxEngine implements StudentEngine {
    private static final String HASH = "hash$";

    /** Tasks of a core: a task that ends has kept what it ran. */
    private static final int TASKS_PER_CORE = 8;

    private final SparkSession spark;
    private final ScoredStudent student;
    private final ScoreConfig.Reuse reuse;
    private final Optional<SegmentedTable> kept;
    private final LongAccumulator notFinite;
    private final LongAccumulator textsRun;

    /**
     * @param caches folder of what earlier runs gave, for {@link ScoreConfig.Reuse#RUNS}, which is as {@link ScoreConfig.Reuse#RUN} without
     */
    OnnxEngine(SparkSession spark, ScoredStudent student, ScoreConfig.Reuse reuse, Optional<Path> caches) {
        this.spark = spark;
        this.student = student;
        this.reuse = reuse;
        this.kept = caches.filter(folder -> reuse == ScoreConfig.Reuse.RUNS)
                .map(folder -> new SegmentedTable(
                        new Path(folder, student.files().identity()),
                        spark.sessionState().newHadoopConf()));
        this.notFinite = spark.sparkContext().longAccumulator("documents without a score");
        this.textsRun = spark.sparkContext().longAccumulator("texts run");
    }

    @Override
    public void prepare(Dataset<Row> textsDF, String name) {
        kept.ifPresent(table -> {
            table.recover();
            Dataset<Row> missingDF = distinct(textsDF)
                    .join(table.read(spark, keptSchema()).select(HASH), new String[] {HASH}, "left_anti")
                    .select(HASH, TEXT);
            table.append(name, infer(missingDF));
        });
    }

    @Override
    public Dataset<Row> verdicts(Dataset<Row> textsDF) {
        if (reuse == ScoreConfig.Reuse.OFF) {
            return infer(textsDF);
        }
        Dataset<Row> hashedDF = textsDF.withColumn(HASH, hash()).drop(TEXT);
        Dataset<Row> verdictsDF = kept.map(table -> table.read(spark, keptSchema())
                        .join(hashedDF.select(HASH), new String[] {HASH}, "left_semi")
                        .dropDuplicates(HASH))
                .orElseGet(() -> infer(distinct(textsDF)));
        return hashedDF.join(verdictsDF, HASH).drop(HASH);
    }

    private static Column hash() {
        return md5(Carried.name(TEXT).cast(DataTypes.BinaryType));
    }

    /** Each text once, (hash, text), in as many tasks as keep all cores busy. */
    private Dataset<Row> distinct(Dataset<Row> textsDF) {
        return textsDF.select(hash().as(HASH), Carried.name(TEXT))
                .repartition(TASKS_PER_CORE * spark.sparkContext().defaultParallelism(), col(HASH))
                .dropDuplicates(HASH);
    }

    private StructType keptSchema() {
        return withVerdict(new StructType().add(HASH, DataTypes.StringType, false));
    }

    private StructType withVerdict(StructType schema) {
        StructType all = schema;
        for (StructField field : Scores.outputs(student.decision().link()).fields()) {
            all = all.add(field);
        }
        return all;
    }

    private Dataset<Row> infer(Dataset<Row> textsDF) {
        ShippedStudent shipped = new ShippedStudent(
                JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(student.files()),
                student.files().identity(),
                student.model());
        return textsDF.mapPartitions(
                new ScorePartition(shipped, notFinite, textsRun),
                Encoders.row(withVerdict(textsDF.drop(TEXT).schema())));
    }

    @Override
    public boolean readsTwice() {
        return reuse != ScoreConfig.Reuse.OFF;
    }

    @Override
    public Optional<Long> textsRun() {
        return Optional.of(textsRun.sum());
    }

    @Override
    public boolean hasFailed() {
        return notFinite.sum() > 0;
    }
}
