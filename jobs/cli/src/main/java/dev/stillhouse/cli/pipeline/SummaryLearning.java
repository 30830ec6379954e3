package dev.stillhouse.cli.pipeline;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import dev.stillhouse.datasets.publish.PublishedRun;
import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.Evaluation;
import dev.stillhouse.datasets.schema.SentenceLabels;
import dev.stillhouse.datasets.source.KeptColumn;
import dev.stillhouse.teacher.outputs.TextOrder;
import dev.stillhouse.teacher.sentences.ReferenceTeacher;
import dev.stillhouse.udfs.errors.DataException;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What a student of summaries learns from and is judged on: documents with what the teacher says of their sentences. */
record SummaryLearning(SparkSession spark, PublishedRun curate, PublishedRun label) {
    /** Refuses labels of another kind of task. */
    SummaryLearning {
        if (!label.holds(Datasets.SENTENCE_LABELS)) {
            throw new DataException("Cannot learn from run " + label.manifest().run()
                    + " of label: its labels are not of sentences; run ./stillhouse label first");
        }
    }

    /** Of evaluation rows: whether each sentence is in the teacher's summary. */
    static final String CHOSEN = SentenceLabels.CHOSEN;

    /** Of evaluation rows: whether a person wrote what summaries are compared with. */
    static final String REFERENCED = "referenced";

    private static final String SENTENCES = "labelled$";

    /**
     * {@link SentenceLabels#LEARNING} of the corpus.
     *
     * @param pool documents at most; all where it is empty
     * @param seed the task's
     */
    Dataset<Row> rows(Optional<Integer> pool, long seed) {
        Dataset<Row> corpusDF = curate.read(spark, Datasets.CURATED, Curated.SCHEMA)
                .where(col(Curated.PART).equalTo(Curated.CORPUS));
        Dataset<Row> rowsDF = joined(corpusDF, Datasets.SENTENCE_LABELS);
        Dataset<Row> chosenDF = pool.map(
                        rows -> rowsDF.orderBy(TextOrder.of(seed), col(Curated.SOURCE), col(Curated.ID))
                                .limit(rows))
                .orElse(rowsDF);
        return chosenDF.select(
                col(Curated.SOURCE), col(Curated.ID), col(Curated.TEXT), col(Curated.TEXT_HASH), saliences(), aim());
    }

    /** The evaluation documents: the columns of {@link SentenceLabels#LEARNING}, and attributes, characters, {@link #CHOSEN} and {@link #REFERENCED}; those with a reference alone where some have one. */
    Dataset<Row> evaluation() {
        Dataset<Row> rowsDF = joined(
                        curate.read(spark, Datasets.EVALUATION, Evaluation.SCHEMA), Datasets.EVALUATION_SENTENCE_LABELS)
                .select(
                        col(Curated.SOURCE),
                        col(Curated.ID),
                        col(Curated.TEXT),
                        col(Curated.TEXT_HASH),
                        saliences(),
                        aim(),
                        col(Curated.ATTRIBUTES),
                        col(Curated.CHARS),
                        transform(col(SENTENCES), sentence -> sentence.getField(SentenceLabels.CHOSEN))
                                .as(CHOSEN),
                        ReferenceTeacher.isGiven(ReferenceTeacher.reference()).as(REFERENCED));
        return rowsDF.where(col(REFERENCED)).isEmpty() ? rowsDF : rowsDF.where(col(REFERENCED));
    }

    /** How many evaluation documents there are, those that nothing is said of too. */
    long evaluationDocuments() {
        return curate.read(spark, Datasets.EVALUATION, Evaluation.SCHEMA).count();
    }

    private Dataset<Row> joined(Dataset<Row> documentsDF, String labels) {
        Dataset<Row> labelsDF = label.read(spark, labels, SentenceLabels.SCHEMA)
                .groupBy(SentenceLabels.SOURCE, SentenceLabels.ID)
                .agg(array_sort(collect_list(struct(
                                SentenceLabels.BEGIN,
                                SentenceLabels.END,
                                SentenceLabels.SALIENCE,
                                SentenceLabels.CHOSEN)))
                        .as(SENTENCES));
        return documentsDF.join(labelsDF, new String[] {Curated.SOURCE, Curated.ID});
    }

    private static Column saliences() {
        return transform(col(SENTENCES), sentence -> sentence.getField(SentenceLabels.SALIENCE))
                .as(SentenceLabels.SALIENCES);
    }

    /** The reference, or else the teacher's summary. */
    private static Column aim() {
        Column reference = col(Curated.ATTRIBUTES).getItem(KeptColumn.REFERENCE);
        Column chosen = transform(
                filter(col(SENTENCES), sentence -> sentence.getField(SentenceLabels.CHOSEN)),
                sentence -> col(Curated.TEXT)
                        .substr(
                                sentence.getField(SentenceLabels.BEGIN).plus(lit(1)),
                                sentence.getField(SentenceLabels.END).minus(sentence.getField(SentenceLabels.BEGIN))));
        return coalesce(when(ReferenceTeacher.isGiven(reference), reference), concat_ws("\n", chosen))
                .as(SentenceLabels.AIM);
    }
}
