import dev.stillhouse.udfs.student.StudentKernel;
import dev.stillhouse.udfs.student.StudentReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Scores the same documents over and over in one JVM for so many seconds: by the kernel itself on all cores, and by the SQL function {@code stillhouse.models.soak}, in turns. For benchmarks/scoring_soak.py.
 *
 * <pre>SoakWorker student.onnx documents.parquet seconds</pre>
 *
 * Prints a line of JSON after each turn: kernel and spark, the documents scored so far by each; live, the bytes of the heap that were reachable when it was last collected on purpose, about once in 20 s; changed, whether any sum of probabilities differed from the first.
 */
final class SoakWorker {
    private static final long COLLECT_EVERY_NANOS = 20_000_000_000L;
    private static final double TOLERANCE = 1e-6;

    private final StudentKernel kernel;
    private final byte[][] texts;
    private final Dataset<Row> documentsDF;
    private double kernelSum = Double.NaN;
    private double sparkSum = Double.NaN;
    private boolean changed;

    private SoakWorker(StudentKernel kernel, Dataset<Row> documentsDF) {
        this.kernel = kernel;
        this.documentsDF = documentsDF;
        List<String> read = documentsDF.select("text").as(Encoders.STRING()).collectAsList();
        texts = read.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        SparkSession spark = SparkSession.builder().appName("stillhouse benchmark").getOrCreate();
        Path file = Path.of(arguments[0]);
        StudentKernel kernel = new StudentKernel(StudentReader.read(Files.readAllBytes(file), file.toString()));
        new SoakWorker(kernel, spark.read().parquet(arguments[1])).soak(Long.parseLong(arguments[2]) * 1_000_000_000L);
        spark.stop();
    }

    private void soak(long nanos) throws InterruptedException {
        long start = System.nanoTime();
        long collected = start;
        long live = live();
        for (long turn = 1; System.nanoTime() - start < nanos; turn++) {
            kernelSum = same(kernelSum, byKernel());
            sparkSum = same(sparkSum, bySpark());
            if (System.nanoTime() - collected > COLLECT_EVERY_NANOS) {
                live = live();
                collected = System.nanoTime();
            }
            System.out.printf(
                    Locale.ROOT,
                    "{\"kernel\": %d, \"spark\": %d, \"live\": %d, \"changed\": %b}%n",
                    turn * texts.length,
                    turn * texts.length,
                    live,
                    changed);
        }
    }

    private double byKernel() {
        return IntStream.range(0, texts.length)
                .parallel()
                .mapToDouble(i -> kernel.probabilities(texts[i], 0, texts[i].length)[0])
                .sum();
    }

    /** Of the same label; each query is analysed anew, and the student shipped again. */
    private double bySpark() {
        return documentsDF
                .selectExpr("sum(cast(stillhouse.models.soak(text).probabilities[0] as double))")
                .head()
                .getDouble(0);
    }

    private double same(double before, double now) {
        changed |= Math.abs(now - before) > TOLERANCE * texts.length;
        return Double.isNaN(before) ? now : before;
    }

    /** Spark's cleaner lets go of what a first collection finds. */
    private static long live() throws InterruptedException {
        System.gc();
        Thread.sleep(500);
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
