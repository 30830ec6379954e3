package dev.stillhouse.curation;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_intersect;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.datasets.schema.Removed;
import dev.stillhouse.datasets.schema.Rewritten;
import dev.stillhouse.udfs.quality.Profile;
import dev.stillhouse.udfs.quality.Rule;
import java.util.List;
import java.util.function.Predicate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** Why a document goes for what it says itself or for what it is evaluated on: contamination, length bounds, then the first failing rule that drops. Pure transforms. */
final class Reasons {
    /** (source, id) of the document to evaluate on with the same content; null where there is none. */
    static final String EVALUATED = "evaluated";

    private static final String DROPPED_BY = "dropped_by";
    private static final String EMPTIED_BY = "emptied_by";

    private final CurateConfig config;

    Reasons(CurateConfig config) {
        this.config = config;
    }

    /**
     * Adds reason, rule, value, kept_source and kept_id; reason is null where the document stays so far.
     *
     * @param documents shape of {@link Measured}, with the columns of {@link OwnColumns} and {@link #EVALUATED}
     */
    Dataset<Row> add(Dataset<Row> documents) {
        Column contaminated = col(Removed.REASON).equalTo(Removed.CONTAMINATED);
        Column evaluated = col(EVALUATED);
        return documents
                .withColumn(
                        DROPPED_BY,
                        first(line ->
                                line.published().isPresent() || line.reason().equals(Removed.OWN_RULE)))
                .withColumn(EMPTIED_BY, first(line -> line.published()
                        .map(Profile.C4_2020.rules()::contains)
                        .orElse(false)))
                .withColumn(Removed.REASON, reason())
                .withColumn(Removed.RULE, rule())
                .withColumn(Removed.VALUE, value())
                .withColumn(Removed.KEPT_SOURCE, when(contaminated, evaluated.getField(Documents.SOURCE)))
                .withColumn(Removed.KEPT_ID, when(contaminated, evaluated.getField(Documents.ID)))
                .drop(DROPPED_BY, EMPTIED_BY, EVALUATED);
    }

    /** The first rule of those that drop, in the order in which the document fails them. */
    private Column first(Predicate<Rules.Line> among) {
        List<String> names = Rules.of(config).stream()
                .filter(Rules.Line::drops)
                .filter(among)
                .map(Rules.Line::name)
                .toList();
        if (names.isEmpty()) {
            return lit(null).cast(DataTypes.StringType);
        }
        Column dropping = array(names.stream().map(name -> lit(name)).toArray(Column[]::new));
        return get(array_intersect(col(Curated.FAILED_RULES), dropping), lit(0));
    }

    private Column reason() {
        Column free = col(OwnColumns.ALWAYS_KEEP).equalTo(false);
        Column chars = col(Measured.NORMALIZED_CHARS);
        return when(col(EVALUATED).isNotNull(), Removed.CONTAMINATED)
                .when(free.and(chars.lt(config.minCharacters())), Removed.TOO_SHORT)
                .when(free.and(chars.gt(config.maxCharacters())), Removed.TOO_LONG)
                .when(free.and(leavesTooLittle()), Removed.REPEATED_SPANS)
                .when(free.and(leavesNoLine()).and(col(EMPTIED_BY).isNotNull()), col(EMPTIED_BY))
                .when(free.and(col(DROPPED_BY).isin(config.rules().toArray())), Removed.OWN_RULE)
                .when(free, col(DROPPED_BY));
    }

    /** Whether cutting repeated spans left fewer words than must be. */
    private Column leavesTooLittle() {
        return config.repeatedSpans()
                .map(spans -> col(Rewritten.CUTS)
                        .isNotNull()
                        .and(col(Measured.WORDS_LEFT).lt(spans.minWordsLeft())))
                .orElse(lit(false));
    }

    /** Whether C4's rules for lines took every line: what other rules measure of nothing is not why the document goes. */
    private Column leavesNoLine() {
        return Measured.c4Rewrites(config)
                ? col(Measured.READ_TEXT).isNotNull().and(col(Curated.CHARS).equalTo(0))
                : lit(false);
    }

    private Column rule() {
        Column rule = when(col(Removed.REASON).equalTo(Removed.CONTAMINATED), Rules.contaminated())
                .when(col(Removed.REASON).equalTo(Removed.TOO_SHORT), Rules.tooShort(config))
                .when(col(Removed.REASON).equalTo(Removed.TOO_LONG), Rules.tooLong(config))
                .when(col(Removed.REASON).equalTo(Removed.OWN_RULE), col(DROPPED_BY));
        if (config.repeatedSpans().isPresent()) {
            rule = rule.when(
                    col(Removed.REASON).equalTo(Removed.REPEATED_SPANS),
                    config.repeatedSpans().get().rule());
        }
        for (Rule published : Rules.published(config.profile()).keySet()) {
            rule = rule.when(col(Removed.REASON).equalTo(published.reason()), published.condition());
        }
        return rule;
    }

    private Column value() {
        Column value = when(
                        col(Removed.REASON).isin(Removed.TOO_SHORT, Removed.TOO_LONG),
                        col(Measured.NORMALIZED_CHARS).cast(DataTypes.DoubleType))
                .when(
                        col(Removed.REASON).equalTo(Removed.REPEATED_SPANS),
                        col(Measured.WORDS_LEFT).cast(DataTypes.DoubleType));
        for (Rule published : Rules.published(config.profile()).keySet()) {
            Column signal = col(published.signal().column()).cast(DataTypes.DoubleType);
            value = value.when(col(Removed.REASON).equalTo(published.reason()), signal);
        }
        return value;
    }
}
