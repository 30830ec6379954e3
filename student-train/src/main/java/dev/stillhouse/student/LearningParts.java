package dev.stillhouse.student;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import dev.stillhouse.datasets.schema.CrossFitted;
import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.SoftLabels;
import dev.stillhouse.udfs.errors.DataException;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What is learned from, cut in two.
 *
 * @param fitDF rows that weights are fitted on
 * @param selectDF rows that choices are made on
 * @param counts how many
 * @param fitCharacters characters of the fit part's texts
 * @param allGold whether every row is gold; then the probabilities are those of teachers that had not seen the row, as far as such are known
 */
record LearningParts(
        Dataset<Row> fitDF, Dataset<Row> selectDF, Training.Counts counts, long fitCharacters, boolean allGold) {
    /** Rows are sampled by one in as many. */
    private static final int PLACES = 1 << 16;

    /**
     * Cuts learning rows.
     *
     * @throws DataException if there are too few rows to cut a select part from, or nothing in them to learn
     */
    static LearningParts cut(Dataset<Row> learning) {
        Column isSelect = StudentTrainer.selectPart(learning);
        boolean allGold = learning.where(not(col(SoftLabels.GOLD))).isEmpty();
        Dataset<Row> rowsDF = allGold ? byUnseenTeachers(learning) : learning;
        Dataset<Row> fitDF = rowsDF.where(not(isSelect));
        Dataset<Row> selectDF = rowsDF.where(isSelect);
        Row fit = size(fitDF);
        Training.Counts counts = new Training.Counts(fit.getLong(0), selectDF.count());
        if (counts.fit() == 0 || counts.select() == 0) {
            throw new DataException(
                    "Cannot train a student: " + (counts.fit() + counts.select())
                            + " documents to learn from are too few to set a select part aside (must be some ten at least); raise student.pool or teacher.gold");
        }
        requireDifferences(learning);
        return new LearningParts(fitDF, selectDF, counts, fit.getLong(1), allGold);
    }

    /** Rows with what the teacher of their fold says, which had not seen them; with what the teacher says where there is none. */
    private static Dataset<Row> byUnseenTeachers(Dataset<Row> goldDF) {
        if (!List.of(goldDF.columns()).contains(CrossFitted.FOLD)) {
            return goldDF;
        }
        Column unseen = element_at(
                col(CrossFitted.FOLD_PROBABILITIES), col(CrossFitted.FOLD).plus(1));
        return goldDF.withColumn(SoftLabels.PROBABILITIES, coalesce(unseen, col(SoftLabels.PROBABILITIES)));
    }

    private static void requireDifferences(Dataset<Row> learning) {
        Row same = learning.agg(
                        min(SoftLabels.PROBABILITIES).equalTo(max(SoftLabels.PROBABILITIES)),
                        min(coalesce(col(Curated.LABEL), lit(""))).equalTo(max(coalesce(col(Curated.LABEL), lit("")))))
                .head();
        if (same.getBoolean(0) && same.getBoolean(1)) {
            throw new DataException(
                    "Cannot train a student: the teacher gives all documents the same probabilities, so there is nothing to learn; check the teacher's labels and its gold documents");
        }
    }

    /** The rows of the fit part that duplicate no other; where duplicates were annotated and not dropped, what only copies of one document say is rare all the same. */
    Dataset<Row> originals() {
        return List.of(fitDF.columns()).contains(Curated.DUPLICATE_REASON)
                ? fitDF.where(col(Curated.DUPLICATE_REASON).isNull())
                : fitDF;
    }

    /**
     * The same parts with fewer rows to fit: gold rows and, of the others, those that come first by a hash of their text. One job.
     *
     * @param share of the others, 0 to 1
     * @param goldAlone whether there are only gold rows, and the share is of them
     */
    LearningParts sampled(double share, boolean goldAlone) {
        Column place = pmod(xxhash64(concat(lit("curve:"), col(Curated.TEXT_HASH))), lit(PLACES));
        Column taken = place.lt(lit(Math.round(share * PLACES)));
        Dataset<Row> fewerDF = fitDF.where(goldAlone ? taken : taken.or(col(SoftLabels.GOLD)));
        Row fit = size(fewerDF);
        return new LearningParts(
                fewerDF, selectDF, new Training.Counts(fit.getLong(0), counts.select()), fit.getLong(1), allGold);
    }

    /** Rows and characters. */
    private static Row size(Dataset<Row> rowsDF) {
        return rowsDF.agg(count(lit(1)), coalesce(sum(length(col(Curated.TEXT))), lit(0L)))
                .head();
    }

    /** How the fit part is dealt for training. */
    LearningRows.Deal deal(int labels) {
        return LearningRows.Deal.of(counts.fit(), fitCharacters, labels);
    }

    /**
     * Makes sure that a student would know something.
     *
     * @throws DataException if the vocabulary is empty
     */
    void requireVocabulary(Vocabulary vocabulary, int minDocuments) {
        if (vocabulary.size() == 0) {
            throw new DataException(
                    "Cannot train a student: no word stands in " + minDocuments + " or more of the "
                            + counts.fit()
                            + " documents to fit, so its vocabulary is empty; lower student.min_documents or give more documents");
        }
    }
}
