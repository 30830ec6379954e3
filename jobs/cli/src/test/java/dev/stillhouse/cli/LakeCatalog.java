package dev.stillhouse.cli;

import java.nio.file.Path;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.SparkSession;

/** The catalog {@code lake} of Iceberg tables, in a folder. */
final class LakeCatalog {
    private LakeCatalog() {}

    static void configure(SparkSession spark, Path folder) {
        RuntimeConfig conf = spark.conf();
        conf.set("spark.sql.catalog.lake", "org.apache.iceberg.spark.SparkCatalog");
        conf.set("spark.sql.catalog.lake.type", "hadoop");
        conf.set("spark.sql.catalog.lake.warehouse", folder.toString());
    }
}
