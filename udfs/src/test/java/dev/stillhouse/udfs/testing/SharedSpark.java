package dev.stillhouse.udfs.testing;

import org.apache.spark.sql.SparkSession;

/** The one Spark session of a test JVM: two threads, UTC, no UI, loopback only, two shuffle partitions, the settings that the command line sets. Never closed by a test. */
public final class SharedSpark {
    private SharedSpark() {}

    /** The session, made on the first call. */
    public static SparkSession session() {
        return Holder.SESSION;
    }

    private static final class Holder {
        private static final SparkSession SESSION = SparkSession.builder()
                .master("local[2]")
                .appName("stillhouse-tests")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.sql.ansi.enabled", "false")
                .config("spark.sql.shuffle.partitions", "2")
                .config("spark.sql.icu.caseMappings.enabled", "false")
                .config("spark.sql.ui.explainMode", "simple")
                .config("spark.locality.wait", "0s")
                // Tests run the same plans again and again; Spark keeps the classes of 100.
                .config("spark.sql.codegen.cache.maxEntries", "5000")
                .config("spark.sql.warehouse.dir", System.getProperty("java.io.tmpdir") + "/stillhouse-warehouse")
                .getOrCreate();
    }
}
