package dev.stillhouse.scoring.output;

import dev.stillhouse.datasets.source.TableFormat;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** An Iceberg table. A delivery's snapshot has the run as a property of its summary, and snapshots are looked through before one is added. */
public final class IcebergOutput extends TableOutput {
    private static final String RUN = "stillhouse-run";

    /**
     * @param location name or path of the table
     * @throws dev.stillhouse.udfs.errors.ConfigurationException if Iceberg is not there
     */
    public IcebergOutput(SparkSession spark, OutputSection section, String location) {
        super(
                spark,
                section,
                section.config().path().isPresent()
                        ? inFolder(spark, new Path(location))
                        : TableFormat.quotedName(location));
    }

    /** Spark's own writers cannot make an Iceberg table by its path: the folder above becomes a catalog, in which it has a name. */
    private static String inFolder(SparkSession spark, Path path) {
        String warehouse = path.getParent().toString();
        String catalog = "stillhouse_" + HexFormat.of().toHexDigits(warehouse.hashCode());
        String key = "spark.sql.catalog." + catalog;
        spark.conf().set(key + ".type", "hadoop");
        spark.conf().set(key + ".warehouse", warehouse);
        spark.conf().set(key, "org.apache.iceberg.spark.SparkCatalog");
        return catalog + "." + TableFormat.quoted(path.getName());
    }

    @Override
    Map<String, String> commit(String run) {
        // Rows are in their tasks already.
        return Map.of("snapshot-property." + RUN, run, "distribution-mode", "none");
    }

    @Override
    Set<String> committed() {
        Set<String> runs = new TreeSet<>();
        spark().table(table() + ".snapshots")
                .selectExpr("summary['" + RUN + "'] AS run")
                .where("run IS NOT NULL")
                .collectAsList()
                .forEach(row -> runs.add(row.getString(0)));
        return runs;
    }
}
