package dev.stillhouse.curation;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.md5;
import static org.apache.spark.sql.functions.when;

import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.datasets.schema.Removed;
import dev.stillhouse.udfs.errors.DataException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;

/**
 * Curation as an action: judges every document once, cuts off the evaluation part, and gives the datasets to publish.
 *
 * <p>The evaluation part are the labelled survivors with the smallest {@code md5("evaluate:" + text_hash)}: chosen by content and after exact duplicates, so equal texts never straddle the cut (where duplicates stay, all copies of a text go together, and the part may be larger by the last text's copies), and the same
 * for every seed, so that runs with different seeds are judged on the same documents.
 */
public final class Curator {
    private final CurateConfig config;
    private final EvaluationCut cut;

    public Curator(CurateConfig config, EvaluationCut cut) {
        this.config = config;
        this.cut = cut;
    }

    /**
     * Curates.
     *
     * @param documents shape of {@link Documents}
     * @param evaluation documents to evaluate on, of the same shape; empty where they are cut from the corpus
     * @throws DataException if the cut asks for as many documents as there are, or more
     */
    public Result curate(Dataset<Row> documents, Dataset<Row> evaluation) {
        Dataset<Row> evaluationDF = SignalsFunction.apply(evaluation).withColumn(Curated.PART, lit(Curated.EVALUATE));
        Dataset<Row> judgedDF = Verdicts.judge(SignalsFunction.apply(documents), evaluationDF, config)
                .persist(StorageLevel.MEMORY_AND_DISK());
        Dataset<Row> keptDF = judgedDF.where(col(Removed.REASON).isNull());
        Dataset<Row> curatedDF = keptDF.withColumn(Curated.PART, part(keptDF));
        return new Result(
                curatedDF,
                judgedDF.where(col(Removed.REASON).isNotNull()),
                cut.enabled() ? curatedDF.where(col(Curated.PART).equalTo(Curated.EVALUATE)) : evaluationDF,
                judgedDF);
    }

    private Column part(Dataset<Row> keptDF) {
        if (!cut.enabled()) {
            return lit(Curated.CORPUS);
        }
        Dataset<Row> labelledDF = keptDF.where(col(Documents.LABEL).isNotNull());
        long labelled = labelledDF.count();
        Dataset<Row> eligibleDF = labelled > 0 ? labelledDF : keptDF;
        long eligible = labelled > 0 ? labelled : keptDF.count();
        long rows = cut.rowsOf(eligible);
        if (rows >= eligible) {
            throw new DataException(
                    "Cannot cut " + rows + " evaluation rows from the corpus: " + eligible
                            + (labelled > 0 ? " labelled" : "")
                            + " documents are left after curation (must be more; lower evaluate.rows or name sources in evaluate)");
        }
        Column place = md5(concat(lit("evaluate:"), col(Curated.TEXT_HASH)).cast(DataTypes.BinaryType));
        String last = eligibleDF
                .select(place.as("place"))
                .orderBy("place")
                .limit((int) rows)
                .agg(max("place"))
                .head()
                .getString(0);
        Column isEvaluation = place.leq(last);
        return when(labelled > 0 ? isEvaluation.and(isLabelled()) : isEvaluation, Curated.EVALUATE)
                .otherwise(Curated.CORPUS);
    }

    /** Whether the document has a label or, where copies stay, one of its copies has. */
    private Column isLabelled() {
        Column label = col(Documents.LABEL).isNotNull();
        return config.exactDuplicates() ? label : max(label).over(Window.partitionBy(col(Curated.TEXT_HASH)));
    }

    /**
     * What curation made of the documents; lazy, over one cached intermediate.
     *
     * @param curated shape of {@link Curated}
     * @param removed shape of {@link Removed}
     * @param evaluation shape of {@link Curated}
     * @param cached to be given back by {@link #close()}
     */
    public record Result(Dataset<Row> curated, Dataset<Row> removed, Dataset<Row> evaluation, Dataset<Row> cached)
            implements AutoCloseable {
        @Override
        public void close() {
            cached.unpersist();
        }
    }
}
