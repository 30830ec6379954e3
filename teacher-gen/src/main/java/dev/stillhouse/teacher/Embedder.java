package dev.stillhouse.teacher;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.Embeddings;
import dev.stillhouse.udfs.onnx.EncoderSpec;
import dev.stillhouse.udfs.onnx.ModelFiles;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;

/**
 * Documents to {@link Embeddings}. Rows go to fixed logical shards by a hash of source and id, the number of shards follows from the number of rows alone, and a batch never holds rows of two shards: so every vector is computed in the same
 * batch, and is the same to the last bit, for any partitioning.
 */
public final class Embedder {
    /** Enough for several full batches of short texts, few enough that the last shard does not keep one core waiting for long. */
    private static final int ROWS_PER_SHARD = 512;

    /** Bounds what a lost task costs. */
    private static final int SHARDS_PER_PARTITION = 32;

    private static final int PARTITIONS_PER_CORE = 4;
    private static final String SHARD = "__shard";

    private final EncoderSpec spec;
    private final Optional<LongAccumulator> progress;

    /**
     * An embedder.
     *
     * @param progress where texts are counted as their batches end; a task that is run twice counts twice
     */
    public Embedder(EncoderSpec spec, Optional<LongAccumulator> progress) {
        this.spec = spec;
        this.progress = progress;
    }

    /**
     * The embeddings, lazily.
     *
     * @param documents with source, id, text and text_hash; more columns do no harm
     * @param rows number of documents, from which the number of shards follows
     * @return {@link Embeddings#SCHEMA}, a row for each document
     */
    public Dataset<Row> embed(Dataset<Row> documents, long rows) {
        int cores = documents.sparkSession().sparkContext().defaultParallelism();
        return embed(documents, rows, partitions(shards(rows), cores));
    }

    Dataset<Row> embed(Dataset<Row> documents, long rows, int partitions) {
        EncoderSpec travelling = travelling(documents.sparkSession());
        return documents
                .select(col(Curated.SOURCE), col(Curated.ID), col(Curated.TEXT_HASH), col(Curated.TEXT))
                .withColumn(
                        SHARD,
                        pmod(xxhash64(col(Curated.SOURCE), col(Curated.ID)), lit(shards(rows)))
                                .cast("int"))
                .repartition(partitions, col(SHARD))
                .sortWithinPartitions(col(SHARD), length(col(Curated.TEXT)), col(Curated.SOURCE), col(Curated.ID))
                .mapPartitions(new EmbedPartition(travelling, progress.orElse(null)), Encoders.row(Embeddings.SCHEMA));
    }

    static long shards(long rows) {
        return Math.max(1, (rows + ROWS_PER_SHARD - 1) / ROWS_PER_SHARD);
    }

    static int partitions(long shards, int cores) {
        long wanted = Math.max(
                (long) PARTITIONS_PER_CORE * cores, (shards + SHARDS_PER_PARTITION - 1) / SHARDS_PER_PARTITION);
        return (int) Math.min(Math.min(shards, wanted), 100_000);
    }

    private EncoderSpec travelling(SparkSession spark) {
        if (spec.files().isOnClassPath() || spec.files() instanceof Travelling) {
            return spec;
        }
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        ModelFiles files = spec.files();
        return spec.withFiles(new Travelling(context.broadcast(files.model()), context.broadcast(files.tokenizer())));
    }

    /** Files of the driver that executors get by broadcast. */
    private record Travelling(Broadcast<byte[]> modelBytes, Broadcast<byte[]> tokenizerBytes) implements ModelFiles {
        private static final long serialVersionUID = 1L;

        @Override
        public byte[] model() {
            return modelBytes.value();
        }

        @Override
        public byte[] tokenizer() {
            return tokenizerBytes.value();
        }
    }
}
