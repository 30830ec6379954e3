package dev.stillhouse.scoring;

import dev.stillhouse.scoring.drift.DocumentSample;
import dev.stillhouse.scoring.drift.SampleAggregator;
import dev.stillhouse.udfs.student.StudentFiles;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** What is told of documents while they are scored: how many are longer than what is read of them, and a sample. For one run; not safe for use by several threads. */
final class DocumentMetrics {
    private static final String TRUNCATED = "truncated";
    private static final String SAMPLE = "sample";

    private final SparkSession spark;
    private final StudentFiles files;
    private final Column truncated;
    private Supplier<Told> source = () -> new Told(0, new DocumentSample());
    private Optional<Told> told = Optional.empty();

    DocumentMetrics(SparkSession spark, StudentFiles files, int maxChars) {
        this.truncated = LongTexts.count(maxChars).as(TRUNCATED);
        this.spark = spark;
        this.files = files;
    }

    /** The same documents, of which is told when they are computed. */
    Dataset<Row> inPassing(Dataset<Row> documents) {
        Observation observation = new Observation("scored");
        told = Optional.empty();
        source = () -> observed(observation);
        return documents.observe(observation, truncated, sample());
    }

    /** Documents that are read once more to tell of them, when that is asked for. */
    void apart(Dataset<Row> documents) {
        told = Optional.empty();
        source = () -> {
            Row row = documents.agg(truncated, sample()).head();
            return new Told(row.getLong(0), SampleAggregator.read(row.getAs(1)));
        };
    }

    /** One for each dataset. */
    private Column sample() {
        return SampleAggregator.of(spark, files).as(SAMPLE);
    }

    private static Told observed(Observation observation) {
        try {
            var values = observation.getAsJava();
            byte @Nullable [] bytes = (byte[]) values.get(SAMPLE);
            return new Told(
                    ((Number) values.get(TRUNCATED)).longValue(),
                    bytes == null ? new DocumentSample() : SampleAggregator.read(bytes));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Cannot count what was scored: the run was interrupted", e);
        }
    }

    /** What there is to tell, once the documents have been computed; waits until then. */
    Told told() {
        if (told.isEmpty()) {
            told = Optional.of(source.get());
        }
        return told.get();
    }

    /**
     * What is told.
     *
     * @param truncated documents of which only the beginning is read
     * @param sample some documents
     */
    record Told(long truncated, DocumentSample sample) {}
}
