package dev.stillhouse.datasets.source;

import dev.stillhouse.datasets.source.SourceFiles.InputFile;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.spark.sql.SparkSession;

/**
 * Packs files into tasks by bytes, large plain files cut and small ones put together, by the sizes that Spark's own readers go by ({@code spark.sql.files.maxPartitionBytes} and {@code openCostInBytes}).
 * Compressed files are never cut, so that a position is always one of the uncompressed file.
 */
final class ChunkPlan {
    private final long maxBytes;
    private final long openCost;
    private final CompressionCodecFactory codecs;

    ChunkPlan(SparkSession spark, long totalBytes, int files) {
        this.openCost = bytes(spark, "spark.sql.files.openCostInBytes", 4L << 20);
        long most = bytes(spark, "spark.sql.files.maxPartitionBytes", 128L << 20);
        long perCore = (totalBytes + files * openCost)
                / Math.max(1, spark.sparkContext().defaultParallelism());
        this.maxBytes = Math.max(1, Math.min(most, Math.max(openCost, perCore)));
        this.codecs = new CompressionCodecFactory(spark.sessionState().newHadoopConf());
    }

    /** One list a task, of a kind that Java and Kryo can serialise. With {@code whole}, no file is cut. */
    List<List<FileChunk>> pack(List<InputFile> files, boolean whole) {
        List<List<FileChunk>> packs = new ArrayList<>();
        List<FileChunk> pack = new ArrayList<>();
        long size = 0;
        for (InputFile file : files) {
            for (FileChunk chunk : cut(file, whole)) {
                if (size + chunk.length() > maxBytes && !pack.isEmpty()) {
                    packs.add(pack);
                    pack = new ArrayList<>();
                    size = 0;
                }
                pack.add(chunk);
                size += chunk.length() + openCost;
            }
        }
        if (!pack.isEmpty()) {
            packs.add(pack);
        }
        return packs;
    }

    private List<FileChunk> cut(InputFile file, boolean whole) {
        List<FileChunk> chunks = new ArrayList<>();
        long step = whole || codecs.getCodec(file.path()) != null ? Math.max(1, file.length()) : maxBytes;
        for (long start = 0; start < file.length(); start += step) {
            chunks.add(new FileChunk(
                    file.path().toString(), file.relative(), start, Math.min(step, file.length() - start)));
        }
        if (file.length() == 0 && whole) {
            chunks.add(new FileChunk(file.path().toString(), file.relative(), 0, 0));
        }
        return chunks;
    }

    private static long bytes(SparkSession spark, String key, long fallback) {
        return org.apache.spark.network.util.JavaUtils.byteStringAsBytes(
                spark.conf().get(key, Long.toString(fallback)));
    }

    static Configuration hadoop(SparkSession spark) {
        return spark.sessionState().newHadoopConf();
    }
}
