package dev.stillhouse.cli.pipeline;

import dev.stillhouse.cli.config.LoadedTask;
import dev.stillhouse.datasets.publish.PublishedRun;
import dev.stillhouse.datasets.publish.Workspace;
import dev.stillhouse.datasets.source.SourceReader;
import dev.stillhouse.scoring.ScoreConfig;
import dev.stillhouse.scoring.Scorer;
import dev.stillhouse.udfs.errors.ConfigurationException;
import dev.stillhouse.udfs.errors.DataException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.ExplainMode;

/**
 * How Spark would score a task's documents with its published student.
 *
 * @param engine that would run the student
 * @param scoresDF not computed
 */
public record ScorePlan(ScoreConfig.Engine engine, Dataset<Row> scoresDF) {
    /**
     * Plans; scores nothing. JSON lines and CSV are looked through for their columns.
     *
     * @throws ConfigurationException if the task scores nothing, or its engine cannot run the student
     * @throws DataException if no student is published
     */
    public static ScorePlan of(SparkSession spark, LoadedTask task, Workspace workspace) {
        ScoreConfig config = task.task().score();
        if (config.sources().isEmpty()) {
            throw new ConfigurationException("Missing required key: score (there must be sources to score)");
        }
        PublishedRun train = workspace
                .current(Datasets.TRAIN)
                .orElseThrow(() -> new DataException("Cannot plan scoring: stage " + Datasets.TRAIN
                        + " has no published run in " + workspace.root() + "; run ./stillhouse train first"));
        Scorer scorer = new Scorer(spark, PublishedStudent.scored(spark, train), config);
        Dataset<Row> documentsDF = new SourceReader(
                        spark, task.folder().toString(), task.task().seed())
                .read("score", config.keepingSources())
                .documents();
        return new ScorePlan(scorer.engine(), scorer.score(documentsDF));
    }

    /** The physical plan, as Spark formats it. */
    public String physical() {
        return scoresDF.queryExecution().explainString(ExplainMode.fromString("formatted"));
    }
}
