package dev.stillhouse.curation;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.md5;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.when;

import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.udfs.errors.DataException;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;

/**
 * How many of the corpus' own texts are cut off for evaluation: of those that have a label, or of all where none has, the ones with the smallest {@code md5("evaluate:" + text_hash)}. Chosen by content, so all copies of a text go to one side (and there are more documents than texts where copies stay), and the same for every
 * seed, so that runs with different seeds are judged on the same documents.
 *
 * @param share the share of them, 0 to less than 1, rounded up, but never all; 0 where none are
 * @param rows how many, at least 1, where the task says a number
 */
public record EvaluationCut(double share, Optional<Long> rows) {
    /** No cut: the task names sources to evaluate on. */
    public static final EvaluationCut NONE = new EvaluationCut(0, Optional.empty());

    /** Leading digits of a place by which texts are counted: 65,536 counts. */
    private static final int PREFIX = 4;

    public EvaluationCut {
        if (!(share >= 0 && share < 1) || rows.map(number -> number < 1).orElse(false)) {
            throw new IllegalArgumentException(
                    "Invalid cut: " + share + " and " + rows + " (must be a share below 1, or at least 1 row)");
        }
    }

    /** A share of the texts that have a label, or of all where none has. */
    public static EvaluationCut ofShare(double share) {
        return new EvaluationCut(share, Optional.empty());
    }

    /** A number of texts. */
    public static EvaluationCut ofRows(long rows) {
        return new EvaluationCut(0, Optional.of(rows));
    }

    boolean enabled() {
        return share > 0 || rows.isPresent();
    }

    /**
     * To which part each document belongs: {@link Curated#EVALUATE} or {@link Curated#CORPUS}. Runs some jobs.
     *
     * @param kept documents with label and text_hash
     * @param copies whether some of them may have one text
     * @throws DataException if the number asks for as many texts as there are, or more
     */
    Column part(Dataset<Row> kept, boolean copies) {
        if (!enabled()) {
            return lit(Curated.CORPUS);
        }
        Column place = md5(concat(lit("evaluate:"), col(Curated.TEXT_HASH)).cast(DataTypes.BinaryType));
        Dataset<Row> labelled = places(kept.where(col(Documents.LABEL).isNotNull()), place);
        long labelledTexts = labelled.count();
        Dataset<Row> eligible = labelledTexts > 0 ? labelled : places(kept, place);
        long texts = labelledTexts > 0 ? labelledTexts : eligible.count();
        long wanted = rows.orElseGet(() -> Math.min((long) Math.ceil(share * texts), texts - 1));
        if (wanted <= 0) {
            return lit(Curated.CORPUS);
        }
        if (wanted >= texts) {
            throw new DataException(
                    "Cannot cut " + wanted + " evaluation rows from the corpus: " + texts
                            + (labelledTexts > 0 ? " labelled" : "")
                            + " documents are left after curation (must be more; lower evaluate.rows or name sources in evaluate)");
        }
        Column isEvaluation = place.leq(last(eligible, wanted));
        return when(labelledTexts > 0 ? isEvaluation.and(isLabelled(copies)) : isEvaluation, Curated.EVALUATE)
                .otherwise(Curated.CORPUS);
    }

    private static Dataset<Row> places(Dataset<Row> documents, Column place) {
        return documents.select(place.as("place")).distinct();
    }

    /** The place of the last text to cut: found in the one bucket of places where it must lie, without sorting all. */
    private static String last(Dataset<Row> places, long wanted) {
        Column prefix = substring(col("place"), 1, PREFIX);
        long before = 0;
        for (Row bucket : places.groupBy(prefix.as("prefix"))
                .agg(count(lit(1)))
                .orderBy("prefix")
                .collectAsList()) {
            if (before + bucket.getLong(1) >= wanted) {
                return places.where(prefix.equalTo(bucket.getString(0)))
                        .orderBy("place")
                        .limit(Math.toIntExact(wanted - before))
                        .agg(max("place"))
                        .head()
                        .getString(0);
            }
            before += bucket.getLong(1);
        }
        throw new IllegalStateException("Cannot cut " + wanted + " texts: there are " + before);
    }

    /** Whether the document has a label or, where copies stay, one of its copies has. */
    private static Column isLabelled(boolean copies) {
        Column label = col(Documents.LABEL).isNotNull();
        return copies ? max(label).over(Window.partitionBy(col(Curated.TEXT_HASH))) : label;
    }
}
