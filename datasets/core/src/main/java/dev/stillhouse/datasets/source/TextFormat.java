package dev.stillhouse.datasets.source;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Plain text: a document is a file or a line; the columns are {@code text} and {@code path}. */
final class TextFormat {
    static final String TEXT = "text";
    static final String PATH = "path";

    private final SparkSession spark;

    TextFormat(SparkSession spark) {
        this.spark = spark;
    }

    /** Rows in the shape of {@link RawRows}. */
    Dataset<Row> read(SourceFiles files, SourceConfig.DocumentUnit unit) {
        Dataset<Row> texts = unit == SourceConfig.DocumentUnit.LINE
                ? new LineSource(spark).lines(files, LineCheck.ANY)
                : whole(files);
        return texts.select(
                functions.col(RawRows.PATH),
                functions.col(RawRows.POSITION),
                functions.col(RawRows.REASON),
                functions.col(LineFunction.LINE).as(TEXT),
                functions.col(RawRows.PATH).as(PATH));
    }

    private Dataset<Row> whole(SourceFiles files) {
        List<List<FileChunk>> packs =
                new ChunkPlan(spark, files.bytes(), files.files().size()).pack(files.files(), true);
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        return spark.createDataFrame(
                context.parallelize(packs, packs.size()).flatMap(new WholeFileFunction(ChunkPlan.hadoop(spark))),
                LineFunction.SCHEMA);
    }
}
