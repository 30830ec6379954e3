import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;

import dev.stillhouse.datasets.publish.PublishedRun;
import dev.stillhouse.datasets.publish.Workspace;
import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.datasets.schema.StudentWeights;
import dev.stillhouse.scoring.ScoreConfig;
import dev.stillhouse.scoring.ScoredStudent;
import dev.stillhouse.scoring.Scorer;
import dev.stillhouse.udfs.student.StudentFiles;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * Scores the same documents by one engine after another, in one JVM, from Parquet to Parquet with the probabilities of all labels.
 *
 * <pre>EngineWorker workspace documents.parquet out rounds warm engine...</pre>
 *
 * Each engine first scores so many documents to warm up; then they take turns, and a different one begins each round. Prints a line of JSON for each: engine, seconds.
 */
final class EngineWorker {
    private static final String MODEL = "model";
    private static final int MOST_CHARACTERS = 1_000_000;

    private final SparkSession spark;
    private final ScoredStudent student;

    private EngineWorker(SparkSession spark, PublishedRun train) {
        this.spark = spark;
        StudentFiles files = StudentFiles.ofText(train.file(MODEL + "/" + StudentFiles.ONNX));
        Dataset<Row> weightsDF = train.read(spark, MODEL + "/weights", StudentWeights.SCHEMA);
        this.student = ScoredStudent.of(files, train.manifest().run(), Optional.of(weightsDF));
    }

    public static void main(String[] arguments) {
        SparkSession spark = SparkSession.builder().appName("stillhouse benchmark").getOrCreate();
        PublishedRun train = Workspace.of(arguments[0], spark.sparkContext().hadoopConfiguration())
                .current("train")
                .orElseThrow();
        EngineWorker worker = new EngineWorker(spark, train);
        Dataset<Row> documentsDF = documents(spark.read().parquet(arguments[1]));
        int rounds = Integer.parseInt(arguments[3]);
        List<String> engines = List.of(arguments).subList(5, arguments.length);
        Dataset<Row> fewDF = documentsDF.limit(Integer.parseInt(arguments[4]));
        engines.forEach(engine -> worker.seconds(engine, fewDF, arguments[2]));
        for (int round = 0; round < rounds; round++) {
            for (int turn = 0; turn < engines.size(); turn++) {
                String engine = engines.get((round + turn) % engines.size());
                double seconds = worker.seconds(engine, documentsDF, arguments[2]);
                System.out.printf(Locale.ROOT, "{\"engine\": \"%s\", \"seconds\": %.3f}%n", engine, seconds);
            }
        }
        spark.stop();
    }

    private double seconds(String engine, Dataset<Row> documentsDF, String out) {
        long start = System.nanoTime();
        ScoreConfig config = ScoreConfig.of(
                ScoreConfig.Engine.valueOf(engine.toUpperCase(Locale.ROOT)), List.of(), MOST_CHARACTERS);
        new Scorer(spark, student, config)
                .outputs(documentsDF)
                .write()
                .mode(SaveMode.Overwrite)
                .parquet(out + "/" + engine);
        return (System.nanoTime() - start) / 1e9;
    }

    private static Dataset<Row> documents(Dataset<Row> rowsDF) {
        return rowsDF.withColumn(Documents.SOURCE, lit("documents"))
                .withColumn(Documents.LABEL, lit(null).cast("string"))
                .withColumn(Documents.ATTRIBUTES, map().cast("map<string,string>"))
                .withColumn(Documents.PATH, lit("documents"))
                .withColumn(Documents.POSITION, lit(null).cast("long"));
    }
}
