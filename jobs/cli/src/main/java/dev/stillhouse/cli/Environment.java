package dev.stillhouse.cli;

import dev.stillhouse.datasets.publish.PosixFileSystem;
import dev.stillhouse.datasets.source.TableFormat;
import dev.stillhouse.udfs.errors.ConfigurationException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkThrowable;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the process runs in: the one place that opens a Spark session and decides the settings that change results. */
final class Environment {
    private static final Logger LOG = LoggerFactory.getLogger(Environment.class);

    private Environment() {}

    /** Hadoop's configuration as Spark would have it, without opening a session. */
    static Configuration hadoop() {
        SparkConf conf = new SparkConf();
        chooseFileSystem(conf);
        return SparkHadoopUtil.get().newConfiguration(conf);
    }

    /** Leaves the whole failure in the log file. */
    static void log(Throwable failure) {
        LOG.error("The command failed", failure);
    }

    /** Opens the session, or takes the one that is open. */
    static Session open(String name) {
        boolean isOpen = SparkSession.getDefaultSession().isDefined();
        SparkConf conf = new SparkConf().setAppName("stillhouse " + name);
        conf.setIfMissing("spark.master", "local[*]");
        conf.setIfMissing("spark.ui.enabled", "false");
        // Progress of running tasks arrives with heartbeats.
        conf.setIfMissing("spark.executor.heartbeatInterval", "1s");
        conf.setIfMissing("spark.locality.wait", "0s");
        conf.setIfMissing("spark.driver.maxResultSize", "0");
        if (isOneProcess(conf)) {
            conf.setIfMissing("spark.driver.host", "127.0.0.1");
            conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
            // A task that runs out of memory fails; by default it ends the process, which is the driver's too, with an
            // exit code of Spark's own.
            conf.setIfMissing("spark.executor.killOnFatalError.depth", "0");
        }
        // A session that is open keeps its own.
        if (isOneProcess(conf) && !isOpen) {
            conf.setIfMissing(
                    "spark.sql.shuffle.partitions",
                    Integer.toString(4 * Runtime.getRuntime().availableProcessors()));
        }
        chooseFileSystem(conf);
        TableFormat.configure(conf);
        // Spark's ICU tables for lower() and upper() take seconds to build, in every JVM; Java's own do.
        conf.setIfMissing("spark.sql.icu.caseMappings.enabled", "false");
        // The plan as text, which Spark makes of every query for a page that is off.
        conf.setIfMissing("spark.sql.ui.explainMode", "simple");
        conf.set("spark.sql.session.timeZone", "UTC");
        // A row whose expression cannot be evaluated becomes a reject, not the end of the job.
        conf.set("spark.sql.ansi.enabled", "false");
        conf.set("spark.sql.caseSensitive", "false");
        try {
            return new Session(SparkSession.builder().config(conf).getOrCreate(), !isOpen);
        } catch (Exception e) {
            // Some are checked, and Scala throws them undeclared.
            if (e instanceof SparkThrowable) {
                throw new ConfigurationException(
                        "Cannot start Spark with master " + conf.get("spark.master") + ": " + e.getMessage(), e);
            }
            throw e;
        }
    }

    /** On one machine, where the workspace is a folder as a rule; on a cluster it is not, and its classes may not be there yet. */
    private static void chooseFileSystem(SparkConf conf) {
        if (isOneProcess(conf)) {
            conf.setIfMissing("spark.hadoop.fs.file.impl", PosixFileSystem.class.getName());
        }
    }

    /** Whether the tasks run in the driver's process; those of {@code local-cluster} do not. */
    private static boolean isOneProcess(SparkConf conf) {
        return conf.get("spark.master", "local").matches("local(\\[.*)?");
    }

    /**
     * A session and whether closing ends it.
     *
     * @param spark the session
     * @param isOwn whether this command opened it
     */
    record Session(SparkSession spark, boolean isOwn) implements AutoCloseable {
        @Override
        public void close() {
            if (isOwn) {
                spark.stop();
            }
        }
    }
}
