package dev.stillhouse.teacher.endpoint;

import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.teacher.outputs.InferenceMeter;
import dev.stillhouse.teacher.outputs.OutputCache;
import dev.stillhouse.teacher.outputs.Outputs;
import dev.stillhouse.teacher.outputs.TextOrder;
import dev.stillhouse.udfs.errors.ConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/** The answers of one endpoint: what the cache lacks is asked for, the most urgent first, as far as the budget goes. What was answered is kept whatever happens next. */
final class EndpointOutputs implements Outputs {
    /** Texts are chosen by what those before them cost on average, so a little is held back. */
    private static final double HELD_BACK = 0.98;

    private static final int ROUNDS = 3;

    private final SparkSession spark;
    private final Path caches;
    private final EndpointSource source;
    private boolean isChecked;

    EndpointOutputs(SparkSession spark, Path caches, EndpointSource source) {
        this.spark = spark;
        this.caches = caches;
        this.source = source;
    }

    @Override
    public Result fill(List<Dataset<Row>> documents, String segment, InferenceMeter meter) {
        long texts = documents.stream()
                .map(documentsDF -> documentsDF.select(Curated.TEXT_HASH))
                .reduce(Dataset::union)
                .orElseThrow()
                .distinct()
                .count();
        long missing = new OutputCache(spark, caches, source).missing(documents).count();
        long inferred = 0;
        for (int part = 0; part < documents.size() && inferred < missing; part++) {
            inferred += ask(documents.get(part), segment + "-" + part, meter);
        }
        return new Result(texts - missing, inferred, missing - inferred);
    }

    private long ask(Dataset<Row> documents, String segment, InferenceMeter meter) {
        Dataset<Row> missingDF = new OutputCache(spark, caches, source)
                .missing(List.of(documents))
                .persist(StorageLevel.MEMORY_AND_DISK());
        try {
            long missing = missingDF.count();
            return missing == 0 ? 0 : ask(new Missing(missingDF, missing), segment, meter);
        } finally {
            missingDF.unpersist();
        }
    }

    /** Asks in rounds, since a task may leave some of its part of the budget, for which others are glad. */
    private long ask(Missing missing, String segment, InferenceMeter meter) {
        if (!isChecked) {
            source.check(meter);
            isChecked = true;
        }
        long inferred = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Allotment left = source.allotment().after(meter);
            long wanted = missing.count() - inferred;
            long affordable = (long) Math.max(0, Math.min((double) wanted, left.texts(meter) * HELD_BACK));
            if (affordable == 0) {
                return inferred;
            }
            OutputCache cache = new OutputCache(spark, caches, source.with(left));
            Dataset<Row> chosenDF = affordable == wanted
                    ? missing.textsDF()
                    : cache.missing(List.of(missing.textsDF()))
                            .orderBy(TextOrder.of(source.seed()))
                            .limit((int) Math.min(Integer.MAX_VALUE, affordable));
            long answered =
                    cache.fill(List.of(chosenDF), segment + "-" + round, meter).inferred();
            failWhereTheServerDid(meter);
            inferred += answered;
            if (answered == 0 || inferred == missing.count()) {
                return inferred;
            }
        }
        return inferred;
    }

    /** Fails where the server did, once what it answered is kept. */
    private void failWhereTheServerDid(InferenceMeter meter) {
        for (String end : meter.ends()) {
            if (end.startsWith(AskPartition.REFUSED_ALL)) {
                throw new ConfigurationException("Cannot use " + source.name() + ": " + end
                        + ". What it answered is kept: run the command again when it is right");
            }
            if (end.startsWith(AskPartition.DOWN)) {
                throw new UncheckedIOException(
                        "Cannot reach " + source.name() + " any more: " + end
                                + ". What it answered is kept: run the command again when it is up",
                        new IOException(end));
            }
        }
    }

    @Override
    public Need need(List<Dataset<Row>> documents) {
        return new OutputCache(spark, caches, source).need(documents);
    }

    @Override
    public Dataset<Row> read() {
        return new OutputCache(spark, caches, source).read();
    }

    /** Texts without an answer, and how many. */
    private record Missing(Dataset<Row> textsDF, long count) {}
}
