package dev.stillhouse.scoring.cascade;

import static org.apache.spark.sql.functions.broadcast;

import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.teacher.PublishedTeacher;
import dev.stillhouse.teacher.outputs.InferenceMeter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** The questions of a run to its teacher, and what they took. Not safe for use by several threads. */
final class Asked implements AutoCloseable {
    private static final String[] KEY = {Documents.SOURCE, Documents.ID};

    private final PublishedTeacher teacher;
    private final InferenceMeter meter;
    private final LongSupplier nanoTime;
    private final List<Dataset<Row>> kept = new ArrayList<>();
    private long texts;
    private double seconds;

    /**
     * @param nanoTime nanoseconds that never run backwards, such as {@code System::nanoTime}
     */
    Asked(PublishedTeacher teacher, InferenceMeter meter, LongSupplier nanoTime) {
        this.teacher = teacher;
        this.meter = meter;
        this.nanoTime = nanoTime;
    }

    /** Those documents that keys, (source, id), name, with their texts and what caches know these by; kept until this is closed. */
    Dataset<Row> documents(Dataset<Row> documentsDF, Dataset<Row> keysDF, boolean areFew) {
        Dataset<Row> keyDF = keysDF.select(Documents.SOURCE, Documents.ID);
        Dataset<Row> textsDF = PublishedTeacher.withHash(documentsDF
                .join(areFew ? broadcast(keyDF) : keyDF, KEY, "left_semi")
                .select(Documents.SOURCE, Documents.ID, Documents.TEXT, Documents.ATTRIBUTES));
        Dataset<Row> keptDF = textsDF.persist(StorageLevel.MEMORY_AND_DISK());
        kept.add(keptDF);
        return keptDF;
    }

    /** How many questions documents would take. */
    long questions(Dataset<Row> textsDF) {
        if (!teacher.asks()) {
            return 0;
        }
        return textsDF.select(Curated.TEXT_HASH)
                .distinct()
                .join(teacher.known(), new String[] {Curated.TEXT_HASH}, "left_anti")
                .count();
    }

    /**
     * Asks.
     *
     * @param questions how many these are
     * @param segment a name for what caches are given that no other has
     */
    void ask(Dataset<Row> textsDF, long questions, String segment) {
        long start = nanoTime.getAsLong();
        long before = meter.texts();
        try {
            if (questions > 0 || !teacher.asks()) {
                teacher.fill(textsDF, segment, meter);
            }
        } finally {
            // A column is no question, and a server may stop answering.
            texts += Math.min(questions, meter.texts() - before);
            seconds += (nanoTime.getAsLong() - start) / 1e9;
        }
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
