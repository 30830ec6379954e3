package dev.stillhouse.scoring.cascade;

import static org.apache.spark.sql.functions.broadcast;

import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.teacher.PublishedTeacher;
import dev.stillhouse.teacher.outputs.InferenceMeter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** The questions of a run to its teacher, and what they took. Not safe for use by several threads. */
final class Asked implements AutoCloseable {
    /** What documents are known by. */
    static final String[] KEY = {Documents.SOURCE, Documents.ID};

    private final Answers answers;
    private final List<InferenceMeter> meters;
    private final LongSupplier nanoTime;
    private final List<Dataset<Row>> kept = new ArrayList<>();
    private long texts;
    private double seconds;

    /**
     * @param meter gives a meter at zero
     * @param nanoTime nanoseconds that never run backwards, such as {@code System::nanoTime}
     */
    Asked(Answers answers, Supplier<InferenceMeter> meter, LongSupplier nanoTime) {
        this.answers = answers;
        this.meters = Stream.generate(meter).limit(answers.members()).toList();
        this.nanoTime = nanoTime;
    }

    /**
     * Documents that are the teacher's.
     *
     * @param textsDF source, id, text, attributes, and what caches know texts by; kept until this is closed
     * @param knownDF those of them that the teacher had been asked about, (source, id)
     */
    record Texts(Dataset<Row> textsDF, Dataset<Row> knownDF) {
        /** Both, each document once. */
        Texts and(Texts others) {
            return new Texts(
                    textsDF.union(others.textsDF).dropDuplicates(KEY),
                    knownDF.union(others.knownDF).distinct());
        }
    }

    /** Those documents that keys, (source, id), name. */
    Texts documents(Dataset<Row> documentsDF, Dataset<Row> keysDF, boolean areFew) {
        Dataset<Row> keyDF = keysDF.select(Documents.SOURCE, Documents.ID);
        Dataset<Row> textsDF = PublishedTeacher.withHash(documentsDF
                .join(areFew ? broadcast(keyDF) : keyDF, KEY, "left_semi")
                .select(Documents.SOURCE, Documents.ID, Documents.TEXT, Documents.ATTRIBUTES));
        Dataset<Row> keptDF = textsDF.persist(StorageLevel.MEMORY_AND_DISK());
        kept.add(keptDF);
        return new Texts(keptDF, answers.known(keptDF));
    }

    /** How many questions documents would take. */
    long questions(Texts documents) {
        return answers.questions(documents.textsDF());
    }

    /**
     * Asks.
     *
     * @param questions how many these are
     * @param segment a name for what caches are given that no other has
     * @return how many texts were not asked about since the budget of a server is spent
     */
    long ask(Texts documents, long questions, String segment) {
        if (questions == 0 && answers.asks()) {
            return 0;
        }
        long start = nanoTime.getAsLong();
        long[] before = counted();
        long left;
        try {
            left = answers.ask(documents.textsDF(), segment, meters);
        } catch (UncheckedIOException e) {
            count(documents, questions, before, start);
            throw e;
        }
        count(documents, questions, before, start);
        return left;
    }

    private void count(Texts documents, long questions, long[] before, long start) {
        seconds += (nanoTime.getAsLong() - start) / 1e9;
        long[] metered = counted();
        Arrays.setAll(metered, m -> metered[m] - before[m]);
        texts += answers.put(documents.textsDF(), questions, metered);
    }

    private long[] counted() {
        return meters.stream().mapToLong(InferenceMeter::texts).toArray();
    }

    /** Texts that the teacher was asked about. */
    long texts() {
        return texts;
    }

    /** Wall time of asking. */
    double seconds() {
        return seconds;
    }

    @Override
    public void close() {
        kept.forEach(Dataset::unpersist);
    }
}
