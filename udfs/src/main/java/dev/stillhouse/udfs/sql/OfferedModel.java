package dev.stillhouse.udfs.sql;

import static org.apache.spark.sql.functions.call_function;

import dev.stillhouse.udfs.student.StudentFiles;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;

/**
 * A student that lies in this process, offered to Spark's analyser as a function for a while: what was analysed while it was offered keeps it. Safe for use by several threads.
 */
public final class OfferedModel implements AutoCloseable {
    private static final String CATALOG = "stillhouse_offered";
    private static final Map<String, Offer> OFFERED = new ConcurrentHashMap<>();

    private final String identity;

    private OfferedModel(String identity) {
        this.identity = identity;
    }

    /**
     * Offers a student.
     *
     * @param files of a student that takes text
     */
    public static OfferedModel of(SparkSession spark, StudentFiles files) {
        String identity = files.identity();
        OFFERED.merge(identity, new Offer(files, 1), (known, one) -> new Offer(files, known.times() + 1));
        spark.conf().set("spark.sql.catalog." + CATALOG, StillhouseCatalog.class.getName());
        return new OfferedModel(identity);
    }

    /** What the student says of a text, as {@link StudentFunction} tells; to be resolved before this is closed. */
    public Column call(Column text) {
        return call_function(CATALOG + ".models.`" + identity + "`", text);
    }

    /** The student of that name, if one is offered. */
    static Optional<StudentFiles> find(String name) {
        return Optional.ofNullable(OFFERED.get(name)).map(Offer::files);
    }

    @Override
    public void close() {
        OFFERED.computeIfPresent(
                identity, (same, known) -> known.times() == 1 ? null : new Offer(known.files(), known.times() - 1));
    }

    /** A student, and how many offer it. */
    private record Offer(StudentFiles files, int times) {}
}
