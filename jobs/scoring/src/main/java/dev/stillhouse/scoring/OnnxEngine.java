package dev.stillhouse.scoring;

import dev.stillhouse.datasets.schema.Scores;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;

/** ONNX Runtime: batches of texts, with one session for all tasks of an executor. The one engine for students that are cut from an encoder. */
final class OnnxEngine implements StudentEngine {
    private final ScoredStudent student;
    private final LongAccumulator notFinite;

    OnnxEngine(SparkSession spark, ScoredStudent student) {
        this.student = student;
        this.notFinite = spark.sparkContext().longAccumulator("documents without a score");
    }

    @Override
    public Dataset<Row> verdicts(Dataset<Row> textsDF) {
        StructType schema = new StructType();
        for (StructField field : textsDF.drop(TEXT).schema().fields()) {
            schema = schema.add(field);
        }
        for (StructField field : Scores.outputs(student.decision().link()).fields()) {
            schema = schema.add(field);
        }
        JavaSparkContext spark =
                JavaSparkContext.fromSparkContext(textsDF.sparkSession().sparkContext());
        ShippedStudent shipped = new ShippedStudent(
                spark.broadcast(student.files()), student.files().identity(), student.model());
        return textsDF.mapPartitions(new ScorePartition(shipped, notFinite), Encoders.row(schema));
    }

    @Override
    public boolean hasFailed() {
        return notFinite.sum() > 0;
    }
}
