package dev.stillhouse.datasets.source;

import dev.stillhouse.udfs.errors.ConfigurationException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Table formats that Spark knows by jars of their own, which a cluster has or a user adds. */
public enum TableFormat {
    DELTA("Delta Lake", "org.apache.spark.sql.delta.sources.DeltaDataSource", "io.delta:delta-spark_4.0_2.13:4.1.0"),
    ICEBERG(
            "Iceberg",
            "org.apache.iceberg.spark.source.IcebergSource",
            "org.apache.iceberg:iceberg-spark-runtime-4.0_2.13:1.10.1");

    /** What {@link #isName} asks for. */
    public static final String NAME_RULE = "names separated by dots";

    private static final String EXTENSIONS = "spark.sql.extensions";
    private static final String DELTA_EXTENSION = "io.delta.sql.DeltaSparkSessionExtension";
    private static final String SESSION_CATALOG = "spark.sql.catalog.spark_catalog";
    private static final String DELTA_CATALOG = "org.apache.spark.sql.delta.catalog.DeltaCatalog";

    /** Iceberg's own name for the catalog of tables that are named by paths. */
    private static final String ICEBERG_PATHS = "spark.sql.catalog.default_iceberg";

    private final String title;
    private final String dataSource;
    private final String coordinate;

    TableFormat(String title, String dataSource, String coordinate) {
        this.title = title;
        this.dataSource = dataSource;
        this.coordinate = coordinate;
    }

    /** What Spark calls it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a text can be a table's name: parts between dots, without white space or slashes. */
    public static boolean isName(String text) {
        return text.matches("[^\\s./]+(\\.[^\\s./]+)*");
    }

    /** A table's name as Spark's parser reads it, each part in quotation marks. */
    public static String quotedName(String name) {
        return Arrays.stream(name.split("\\.")).map(TableFormat::quoted).collect(Collectors.joining("."));
    }

    /** A part of a name as Spark's parser reads it, whatever characters are in it. */
    public static String quoted(String part) {
        return "`" + part.replace("`", "``") + "`";
    }

    /** Adds to a session that is not open yet what Delta Lake needs, where its jar is on the class path and nothing else is said. */
    public static void configure(SparkConf conf) {
        if (!DELTA.isPresent()) {
            return;
        }
        String extensions = conf.get(EXTENSIONS, "");
        if (!extensions.contains(DELTA_EXTENSION)) {
            conf.set(EXTENSIONS, extensions.isEmpty() ? DELTA_EXTENSION : extensions + "," + DELTA_EXTENSION);
        }
        conf.setIfMissing(SESSION_CATALOG, DELTA_CATALOG);
    }

    /**
     * Makes sure that tables of the format can be read and written by a session.
     *
     * @param key of the task file that asks for it, for messages
     * @throws ConfigurationException if the format's jar is not on the class path, or the session was not opened for it
     */
    public void require(SparkSession spark, String key) {
        if (!isPresent()) {
            throw new ConfigurationException("Invalid " + key + ": " + key() + " (must be a format whose jar is there: "
                    + title
                    + " is not on the class path; on one machine build with ./stillhouse build -Plake, or add --packages "
                    + coordinate + ")");
        }
        if (this == ICEBERG) {
            allowPaths(spark);
            return;
        }
        String extensions = spark.conf().get(EXTENSIONS, "");
        if (Arrays.stream(extensions.split(","))
                .noneMatch(extension -> extension.trim().equals(DELTA_EXTENSION))) {
            throw new ConfigurationException("Invalid " + key + ": delta (must be set up in Spark: add --conf "
                    + EXTENSIONS + "=" + DELTA_EXTENSION + " --conf " + SESSION_CATALOG + "=" + DELTA_CATALOG + ")");
        }
    }

    private boolean isPresent() {
        try {
            Class.forName(dataSource, false, Thread.currentThread().getContextClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    /** Iceberg's default for tables by path asks for Hive, which Spark need not have. */
    private static void allowPaths(SparkSession spark) {
        if (!spark.conf().contains(ICEBERG_PATHS)) {
            spark.conf().set(ICEBERG_PATHS + ".type", "hadoop");
            spark.conf().set(ICEBERG_PATHS + ".warehouse", spark.conf().get("spark.sql.warehouse.dir"));
            spark.conf().set(ICEBERG_PATHS, "org.apache.iceberg.spark.SparkCatalog");
        }
    }
}
