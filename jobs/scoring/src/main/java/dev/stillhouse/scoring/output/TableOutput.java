package dev.stillhouse.scoring.output;

import dev.stillhouse.datasets.source.TableFormat;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.CreateTableWriter;
import org.apache.spark.sql.DataFrameWriterV2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.analysis.TableAlreadyExistsException;
import org.apache.spark.sql.functions;

/**
 * A table that takes a delivery in one commit, which carries the run's id. It is made, partitioned as configured, where it does not exist; the partitions of one that does are its own.
 */
abstract sealed class TableOutput implements Output permits DeltaOutput, IcebergOutput {
    private final SparkSession spark;
    private final OutputSection section;
    private final String table;

    /**
     * @param table its name, as Spark's parser reads it
     */
    TableOutput(SparkSession spark, OutputSection section, String table) {
        this.spark = spark;
        this.section = section;
        this.table = table;
        config().format().table().orElseThrow().require(spark, section.key("format"));
    }

    SparkSession spark() {
        return spark;
    }

    OutputSection section() {
        return section;
    }

    final OutputConfig config() {
        return section.config();
    }

    String table() {
        return table;
    }

    /** Options of a write that make its commit tell the run. */
    abstract Map<String, String> commit(String run);

    /** Options of a write by which the table takes a run's commit once. */
    Map<String, String> once(String run) {
        return Map.of();
    }

    /** Ids of runs in the commits of the table, which exists. */
    abstract Set<String> committed();

    @Override
    public boolean exists() {
        return spark.catalog().tableExists(table);
    }

    @Override
    public final Set<String> runs(Runnable guard) {
        return exists() ? committed() : Set.of();
    }

    @Override
    public final void deliver(Dataset<Row> rowsDF, String run, Runnable guard) {
        if (!runs(guard).contains(run)) {
            Map<String, String> options = new HashMap<>(commit(run));
            options.putAll(once(run));
            write(rowsDF, options, guard);
        }
    }

    @Override
    public final void deliverAgain(Dataset<Row> rowsDF, String run, Runnable guard) {
        write(rowsDF, commit(run), guard);
    }

    private void write(Dataset<Row> rowsDF, Map<String, String> options, Runnable guard) {
        if (!exists()) {
            guard.run();
            create(rowsDF.limit(0));
        }
        Dataset<Row> sizedDF = new FileSizes(config().partitionBy(), config().rowsPerFile()).of(rowsDF);
        guard.run();
        write(sizedDF.writeTo(table).options(options));
    }

    /** An empty table first: the commit that makes a table does not tell the run in every format. */
    private void create(Dataset<Row> emptyDF) {
        Column[] columns = config().partitionBy().stream()
                .map(name -> functions.col(TableFormat.quoted(name)))
                .toArray(Column[]::new);
        try {
            CreateTableWriter<Row> writer =
                    emptyDF.writeTo(table).using(config().format().key());
            if (columns.length > 0) {
                writer = writer.partitionedBy(columns[0], Arrays.copyOfRange(columns, 1, columns.length));
            }
            writer.create();
        } catch (TableAlreadyExistsException e) {
            throw new IllegalStateException("Cannot make table " + table + ": it was made meanwhile", e);
        }
    }

    private void write(DataFrameWriterV2<Row> writer) {
        try {
            if (config().mode() == OutputConfig.Mode.APPEND) {
                writer.append();
            } else if (config().partitionBy().isEmpty()) {
                writer.overwrite(functions.lit(true));
            } else {
                writer.overwritePartitions();
            }
        } catch (NoSuchTableException e) {
            throw new IllegalStateException("Cannot write table " + table + ": it was dropped meanwhile", e);
        }
    }
}
