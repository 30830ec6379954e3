package dev.stillhouse.datasets.source;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Files as lines with path and position: what JSON lines, CSV and texts by line begin with. */
final class LineSource {
    private final SparkSession spark;

    LineSource(SparkSession spark) {
        this.spark = spark;
    }

    /** Rows of {@link LineFunction#SCHEMA}. */
    Dataset<Row> lines(SourceFiles files, LineCheck check) {
        List<List<FileChunk>> packs =
                new ChunkPlan(spark, files.bytes(), files.files().size()).pack(files.files(), false);
        if (packs.isEmpty()) {
            return spark.createDataFrame(List.of(), LineFunction.SCHEMA);
        }
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        return spark.createDataFrame(
                context.parallelize(packs, packs.size()).flatMap(new LineFunction(ChunkPlan.hadoop(spark), check)),
                LineFunction.SCHEMA);
    }
}
