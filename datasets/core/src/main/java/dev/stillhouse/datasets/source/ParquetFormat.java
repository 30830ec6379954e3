package dev.stillhouse.datasets.source;

import dev.stillhouse.udfs.errors.DataException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/** Parquet by Spark's own reader: columns of all files together, those of {@code key=value} folders among them; the position is the row's number in its file. */
final class ParquetFormat {
    private final SparkSession spark;

    ParquetFormat(SparkSession spark) {
        this.spark = spark;
    }

    /**
     * Rows in the shape of {@link RawRows}.
     *
     * @throws DataException if a file is no Parquet or the files' columns are of types that cannot be one
     */
    Dataset<Row> read(SourceFiles files) {
        String[] paths = files.files().stream()
                .map(file -> GlobEscape.literal(file.path()))
                .toArray(String[]::new);
        DataFrameReader reader = spark.read().option("mergeSchema", "true");
        if (files.files().stream().anyMatch(file -> file.relative().matches(".*=.*/.*"))) {
            reader = reader.option("basePath", files.root().toString());
        }
        Dataset<Row> read = open(reader, paths, files);
        List<Column> columns = new ArrayList<>();
        columns.add(
                RelativePath.column(files, functions.col("_metadata.file_path")).as(RawRows.PATH));
        columns.add(functions.col("_metadata.row_index").as(RawRows.POSITION));
        columns.add(functions.lit(null).cast(DataTypes.StringType).as(RawRows.REASON));
        for (String name : read.columns()) {
            columns.add(RawRows.column(name));
        }
        return read.select(columns.toArray(Column[]::new));
    }

    private static Dataset<Row> open(DataFrameReader reader, String[] paths, SourceFiles files) {
        try {
            return reader.parquet(paths);
        } catch (Exception e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof SparkThrowable failure && failure.getCondition() != null) {
                    throw failure(failure, files, e);
                }
            }
            throw e;
        }
    }

    private static DataException failure(SparkThrowable failure, SourceFiles files, Exception cause) {
        String condition = failure.getCondition();
        String path = failure.getMessageParameters().getOrDefault("path", files.location());
        if (condition.startsWith("FAILED_READ_FILE") || condition.startsWith("CANNOT_READ_FILE")) {
            return new DataException(
                    "Cannot read " + path
                            + ": no Parquet file, or one that was not finished (write it again, or leave it out of the source's path)",
                    cause);
        }
        return new DataException("Cannot read " + path + " as Parquet: Spark says " + condition, cause);
    }
}
