package dev.stillhouse.scoring.drift;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_max;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.stillhouse.datasets.schema.Scores;
import dev.stillhouse.scoring.drift.Bins.Tally;
import dev.stillhouse.udfs.Link;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** Scores as {@link Statistic}s. Immutable. */
public final class ScoredValues {
    /** The kept column that tells a document's language, if there is one. */
    public static final String LANGUAGE = "language";

    /** Name of what has no label, or no language. */
    public static final String NONE = "(none)";

    private static final String LABELS = "labels";
    private static final String VALUE = "value";
    private static final String PLACE = "place";

    private final Link link;

    /**
     * @param link of the student that scores
     */
    public ScoredValues(Link link) {
        this.link = link;
    }

    /** The score, or the greatest probability. */
    private Column value() {
        return switch (link) {
            case SOFTMAX -> col(Scores.PROBABILITY);
            case LOGISTIC -> array_max(col(Scores.PROBABILITIES));
            case IDENTITY -> col(Scores.SCORE);
        };
    }

    /** The labels that a document has, {@code array<string>}; none of numbers. */
    public Column labels() {
        return switch (link) {
            case SOFTMAX -> array(col(Scores.LABEL));
            case LOGISTIC -> col(Scores.LABELS);
            case IDENTITY -> array().cast("array<string>");
        };
    }

    /**
     * The statistics of some scores, with bins by them; collects a number and the labels of each. Statistics that say nothing, such as languages of which none is known, are left out. The scores are computed here.
     *
     * @param scoresDF as a scorer gives them, one row at least; with {@value #LANGUAGE} where it is kept
     * @param sample of the same documents, asked for once they have been scored
     */
    public Reference reference(Dataset<Row> scoresDF, Supplier<DocumentSample> sample) {
        boolean tellsLanguage = Arrays.asList(scoresDF.columns()).contains(LANGUAGE);
        Column language = tellsLanguage ? col(LANGUAGE) : lit(null).cast(DataTypes.StringType);
        List<Row> rows = scoresDF.select(value().cast("double").as(VALUE), labels().as(LABELS), language)
                .collectAsList();
        Map<String, Long> labels = new TreeMap<>();
        Map<String, Long> languages = new TreeMap<>();
        for (Row row : rows) {
            List<String> given = row.getList(1);
            given.forEach(label -> labels.merge(label, 1L, Long::sum));
            if (given.isEmpty()) {
                labels.merge(NONE, 1L, Long::sum);
            }
            languages.merge(row.isNullAt(2) ? NONE : row.getString(2), 1L, Long::sum);
        }
        Map<Statistic, Tally> statistics = new EnumMap<>(Statistic.class);
        double[] values = rows.stream().mapToDouble(row -> row.getDouble(0)).toArray();
        statistics.put(Statistic.SCORE, Bins.quantiles(values).tally(values));
        if (link != Link.IDENTITY) {
            statistics.put(Statistic.LABEL, Bins.categories(labels).tally(labels));
        }
        double[] lengths = sample.get().lengths();
        statistics.put(Statistic.LENGTH, Bins.doublings(lengths).tally(lengths));
        double[] unseen = sample.get().unseenShares();
        if (unseen.length > 0) {
            statistics.put(Statistic.UNSEEN_WORDS, Bins.quantiles(unseen).tally(unseen));
        }
        if (languages.keySet().stream().anyMatch(name -> !name.equals(NONE))) {
            statistics.put(Statistic.LANGUAGE, Bins.categories(languages).tally(languages));
        }
        return new Reference(rows.size(), statistics);
    }

    /**
     * Counts of scores by the bins of a reference; one job.
     *
     * @param scoresDF as they were written
     */
    public Tally scores(Dataset<Row> scoresDF, Bins bins) {
        Column place = lit(0);
        for (double edge : bins.edges()) {
            place = place.plus(when(value().cast("double").geq(edge), 1).otherwise(0));
        }
        Long[] counts = new Long[bins.size()];
        Arrays.fill(counts, 0L);
        scoresDF.groupBy(place.as(PLACE))
                .agg(count(lit(1)))
                .collectAsList()
                .forEach(row -> counts[row.getInt(0)] = row.getLong(1));
        return new Tally(bins, List.of(counts));
    }

    /** Counts of languages; empty where scores do not tell them. One job. */
    public Optional<Map<String, Long>> languages(Dataset<Row> scoresDF) {
        if (!Arrays.asList(scoresDF.columns()).contains(LANGUAGE)) {
            return Optional.empty();
        }
        Map<String, Long> languages = new TreeMap<>();
        List<Row> rows = new ArrayList<>(scoresDF.groupBy(coalesce(col(LANGUAGE), lit(NONE)))
                .agg(count(lit(1)))
                .collectAsList());
        rows.forEach(row -> languages.merge(row.getString(0), row.getLong(1), Long::sum));
        return Optional.of(languages);
    }
}
