package dev.stillhouse.cli.pipeline;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import dev.stillhouse.datasets.publish.PublishedRun;
import dev.stillhouse.datasets.schema.CrossFitted;
import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.Evaluation;
import dev.stillhouse.datasets.schema.SoftLabels;
import dev.stillhouse.teacher.outputs.TextOrder;
import dev.stillhouse.udfs.errors.DataException;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What a student learns from and is judged on: documents with the teacher's probabilities. */
record LearningSet(SparkSession spark, PublishedRun curate, PublishedRun label) {
    /** Refuses labels of another kind of task. */
    LearningSet {
        if (!label.holds(Datasets.SOFT_LABELS)) {
            throw new DataException("Cannot learn from run " + label.manifest().run()
                    + " of label: its labels are of sentences, for kind: summarize; run ./stillhouse label first");
        }
    }

    /**
     * Gold rows and, in the same order after them, the pool; only gold rows keep their label.
     *
     * @param pool rows of the pool at most; all where it is empty
     * @param seed the task's
     */
    Dataset<Row> rows(Optional<Integer> pool, long seed) {
        Dataset<Row> labelsDF = label.read(spark, Datasets.SOFT_LABELS, SoftLabels.SCHEMA)
                .drop(SoftLabels.TEXT_HASH, SoftLabels.TEACHER, SoftLabels.DISAGREEMENT);
        Dataset<Row> rowsDF = curate.read(spark, Datasets.CURATED, Curated.SCHEMA)
                .where(col(Curated.PART).equalTo(Curated.CORPUS))
                .drop(Curated.LABEL)
                // Probabilities of many labels, nearly all of them alike, are a small file and a large table: as a
                // broadcast, which Spark would choose, a thousand labels of 100,000 documents stay in memory as 0.5 GB.
                .join(labelsDF.hint("merge"), new String[] {Curated.SOURCE, Curated.ID});
        Dataset<Row> poolDF = rowsDF.where(not(col(SoftLabels.GOLD)));
        Dataset<Row> chosenDF = pool.map(
                        rows -> poolDF.orderBy(TextOrder.of(seed), col(Curated.SOURCE), col(Curated.ID))
                                .limit(rows))
                .orElse(poolDF);
        return crossFitted(rowsDF.where(col(SoftLabels.GOLD)).union(chosenDF));
    }

    /** With what the teachers say that had not seen a fold of gold, where there are such. */
    private Dataset<Row> crossFitted(Dataset<Row> rowsDF) {
        return label.holds(Datasets.CROSS_FITTED)
                ? rowsDF.join(
                        broadcast(label.read(spark, Datasets.CROSS_FITTED, CrossFitted.SCHEMA)),
                        new String[] {Curated.SOURCE, Curated.ID},
                        "left_outer")
                : rowsDF;
    }

    /** The evaluation documents that the teacher gave probabilities for. */
    Dataset<Row> evaluation() {
        Dataset<Row> labelsDF = label.read(spark, Datasets.EVALUATION_LABELS, SoftLabels.SCHEMA)
                .select(SoftLabels.SOURCE, SoftLabels.ID, SoftLabels.PROBABILITIES);
        return curate.read(spark, Datasets.EVALUATION, Evaluation.SCHEMA)
                .join(labelsDF, new String[] {Curated.SOURCE, Curated.ID});
    }
}
