package dev.stillhouse.scoring.output;

import dev.stillhouse.datasets.source.TableFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A Delta Lake table. A delivery's commit has the run as metadata, which the table's history shows; one that is to be there once is a transaction of an application of the run's own, which Delta takes once. */
public final class DeltaOutput extends TableOutput {
    private static final String METADATA = "stillhouse run ";

    /** Commits to look through for runs. */
    private static final int HISTORY = 1_000;

    private final String location;

    /**
     * @param location name or path of the table
     * @throws dev.stillhouse.udfs.errors.ConfigurationException if Delta Lake is not there
     */
    public DeltaOutput(SparkSession spark, OutputSection section, String location) {
        super(
                spark,
                section,
                section.config().path().isPresent()
                        ? "delta." + TableFormat.quoted(location)
                        : TableFormat.quotedName(location));
        this.location = location;
    }

    @Override
    public boolean exists() {
        if (config().path().isEmpty()) {
            return super.exists();
        }
        // Delta fails where it is asked for a path that has none.
        Path log = new Path(location, "_delta_log");
        return new OutputFolder(section(), log, spark().sessionState().newHadoopConf()).exists(log);
    }

    @Override
    Map<String, String> commit(String run) {
        return Map.of("userMetadata", METADATA + run, "maxRecordsPerFile", Integer.toString(config().rowsPerFile()));
    }

    @Override
    Map<String, String> once(String run) {
        return Map.of("txnAppId", "stillhouse-" + run, "txnVersion", "1");
    }

    @Override
    Set<String> committed() {
        Set<String> runs = new TreeSet<>();
        for (Row row : spark().sql("DESCRIBE HISTORY " + table() + " LIMIT " + HISTORY)
                .selectExpr("coalesce(userMetadata, '')")
                .collectAsList()) {
            if (row.getString(0).startsWith(METADATA)) {
                runs.add(row.getString(0).substring(METADATA.length()));
            }
        }
        return runs;
    }
}
