package dev.stillhouse.udfs.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;

/**
 * ONNX Runtime's one environment in this JVM, with one thread pool for all sessions. Its size leaves the cores to Spark's tasks, and idle threads do not spin: default settings cost two to four times the throughput on a busy
 * executor. Everything in this project that runs a model takes its environment and options from here, since only the first environment of a JVM decides about threads.
 */
public final class OnnxEnvironment {
    private OnnxEnvironment() {}

    /** The environment, made on the first call. */
    public static OrtEnvironment shared() {
        return Holder.ENVIRONMENT;
    }

    /**
     * Options of a session that uses the shared pool and runs on a device; the caller closes them once the session is made.
     *
     * @throws dev.stillhouse.udfs.errors.ConfigurationException if the device is not there
     * @throws OrtException if the runtime refuses
     */
    public static OrtSession.SessionOptions options(Device device) throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.disablePerSessionThreads();
        options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
        // Batches differ in shape, and a pattern is kept for every shape that was seen.
        options.setMemoryPatternOptimization(false);
        device.choose(options);
        return options;
    }

    /** Threads of the pool, the calling one included: what is left of the cores when every task slot runs a model. */
    static int poolSize(int cores, int slots) {
        return Math.max(1, cores - Math.min(slots, cores) + 1);
    }

    private static int taskSlots(int cores) {
        SparkEnv spark = SparkEnv.get();
        if (spark == null) {
            return 1;
        }
        SparkConf conf = spark.conf();
        String master = conf.get("spark.master", "");
        boolean local = master.startsWith("local") && !master.startsWith("local-cluster");
        int executorCores = local ? localCores(master, cores) : conf.getInt("spark.executor.cores", cores);
        return Math.max(1, executorCores / conf.getInt("spark.task.cpus", 1));
    }

    /** Cores of a {@code local}, {@code local[n]}, {@code local[n,f]} or {@code local[*]} master. */
    static int localCores(String master, int cores) {
        String threads = master.replaceAll("^local(\\[([^,\\]]*).*)?$", "$2");
        if (threads.isEmpty()) {
            return 1;
        }
        return threads.chars().allMatch(Character::isDigit) ? Integer.parseInt(threads) : cores;
    }

    private static final class Holder {
        private static final OrtEnvironment ENVIRONMENT = create();

        private static OrtEnvironment create() {
            int cores = Runtime.getRuntime().availableProcessors();
            try (OrtEnvironment.ThreadingOptions threads = new OrtEnvironment.ThreadingOptions()) {
                threads.setGlobalIntraOpNumThreads(poolSize(cores, taskSlots(cores)));
                threads.setGlobalInterOpNumThreads(1);
                threads.setGlobalSpinControl(false);
                return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "stillhouse", threads);
            } catch (OrtException e) {
                throw new IllegalStateException("Cannot start ONNX Runtime: " + e.getMessage(), e);
            }
        }
    }
}
