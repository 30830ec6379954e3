package dev.stillhouse.datasets.source;

import dev.stillhouse.udfs.errors.DataException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * A Delta Lake or Iceberg table, read as it is at one moment: what other writers commit meanwhile is not seen. Rows have neither file nor position, for a table's files are rewritten without any row being changed.
 *
 * @param spark the session
 * @param format the table's
 * @param path its folder; absent where it is named
 * @param location its folder or name
 */
record TableSource(SparkSession spark, TableFormat format, Optional<String> path, String location) {

    /**
     * One state of a table.
     *
     * @param table its id, or location where the format has none
     * @param version Delta's version or Iceberg's snapshot; empty where the table never had a row
     * @param files number of its files
     * @param bytes their length in all
     */
    record State(String table, String version, long files, long bytes) {}

    /** @throws dev.stillhouse.udfs.errors.ConfigurationException if the format's jar is not there */
    static TableSource of(SparkSession spark, SourceConfig source, String baseFolder) {
        TableFormat format = source.source().table().orElseThrow();
        format.require(spark, "source");
        Optional<String> path = source.path()
                .map(given -> SourceFiles.resolve(baseFolder, given).toString());
        return new TableSource(
                spark, format, path, path.orElseGet(() -> source.table().orElseThrow()));
    }

    /** @throws DataException if there is no such table */
    InputFingerprint fingerprint(String name) {
        return Fingerprints.of(name, location, state());
    }

    /**
     * Rows in the shape of {@link RawRows}, of the state that is the last one now.
     *
     * @throws DataException if there is no such table
     */
    Dataset<Row> read() {
        String version = state().version();
        Dataset<Row> tableDF = told(() -> at(version));
        List<Column> columns = new ArrayList<>();
        columns.add(functions.lit("").as(RawRows.PATH));
        columns.add(functions.lit(null).cast(DataTypes.LongType).as(RawRows.POSITION));
        columns.add(functions.lit(null).cast(DataTypes.StringType).as(RawRows.REASON));
        for (String column : tableDF.columns()) {
            columns.add(RawRows.column(column));
        }
        return tableDF.select(columns.toArray(Column[]::new));
    }

    private Dataset<Row> at(String version) {
        if (path.isEmpty()) {
            String table = TableFormat.quotedName(location);
            return version.isEmpty()
                    ? spark.table(table)
                    : spark.sql("SELECT * FROM " + table + " VERSION AS OF " + version);
        }
        String option = format == TableFormat.DELTA ? "versionAsOf" : "snapshot-id";
        return spark.read()
                .format(format.key())
                .options(version.isEmpty() ? Map.of() : Map.of(option, version))
                .load(path.get());
    }

    private State state() {
        return told(() -> format == TableFormat.DELTA ? delta() : iceberg());
    }

    private State delta() {
        String table = path.map(folder -> "delta." + TableFormat.quoted(folder))
                .orElseGet(() -> TableFormat.quotedName(location));
        Row detail = spark.sql("DESCRIBE DETAIL " + table)
                .select("id", "numFiles", "sizeInBytes")
                .head();
        long version = spark.sql("DESCRIBE HISTORY " + table + " LIMIT 1")
                .select("version")
                .head()
                .getLong(0);
        return new State(detail.getString(0), Long.toString(version), detail.getLong(1), detail.getLong(2));
    }

    private State iceberg() {
        List<Row> current =
                metadata("refs").where("name = 'main'").select("snapshot_id").collectAsList();
        if (current.isEmpty()) {
            return new State(location, "", 0, 0);
        }
        long snapshot = current.get(0).getLong(0);
        Row totals = metadata("snapshots")
                .where(functions.col("snapshot_id").equalTo(snapshot))
                .selectExpr(
                        "bigint(coalesce(summary['total-data-files'], '0'))",
                        "bigint(coalesce(summary['total-files-size'], '0'))")
                .head();
        return new State(location, Long.toString(snapshot), totals.getLong(0), totals.getLong(1));
    }

    private Dataset<Row> metadata(String table) {
        return path.isPresent()
                ? spark.read().format(format.key()).load(path.get() + "#" + table)
                : spark.table(TableFormat.quotedName(location) + "." + table);
    }

    /** Says of a table that is not there, or is of another format, what Spark says of a query. */
    private <T> T told(Supplier<T> question) {
        try {
            return question.get();
        } catch (Exception e) {
            if (e instanceof AnalysisException failure) {
                DataException told = new DataException("Cannot read " + location + " as a table of " + format.key()
                        + ": Spark says " + ((SparkThrowable) failure).getCondition());
                told.addSuppressed(failure);
                throw told;
            }
            throw e;
        }
    }
}
