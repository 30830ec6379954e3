package dev.stillhouse.cli.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode_outer;
import static org.apache.spark.sql.functions.lit;

import dev.stillhouse.cli.measures.Counts;
import dev.stillhouse.cli.measures.ScoredExamples;
import dev.stillhouse.datasets.publish.PublishedRun;
import dev.stillhouse.datasets.schema.Scores;
import dev.stillhouse.reports.record.DriftFigures;
import dev.stillhouse.reports.record.ScoreEvidence;
import dev.stillhouse.reports.record.ScoreFigures;
import dev.stillhouse.reports.record.StageJson;
import dev.stillhouse.scoring.Scorer;
import dev.stillhouse.scoring.drift.ScoredValues;
import dev.stillhouse.udfs.Link;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What there is to see of scores that were written, beside their figures. */
final class ScoreEvidenceMeasures {
    private final StageContext context;
    private final Scorer scorer;
    private final Dataset<Row> scoresDF;
    private final Dataset<Row> studentDF;

    /**
     * @param scorer that has scored
     * @param scoresDF as they were written
     * @param studentDF what the student said of those that this run has scored
     */
    ScoreEvidenceMeasures(StageContext context, Scorer scorer, Dataset<Row> scoresDF, Dataset<Row> studentDF) {
        this.context = context;
        this.scorer = scorer;
        this.scoresDF = scoresDF;
        this.studentDF = studentDF;
    }

    /** Gathers. */
    ScoreEvidence of(Optional<DriftFigures> drift) {
        Link link = scorer.decision().link();
        boolean showsText = context.task().report().examples() > 0;
        return new ScoreEvidence(
                drift,
                link == Link.IDENTITY ? Map.of() : labelsBySource(link),
                link == Link.IDENTITY ? Optional.empty() : before(),
                new ScoredExamples(link)
                        .of(studentDF, showsText ? scorer.sample().excerpts() : new TreeMap<>()));
    }

    private Map<String, Map<String, Long>> labelsBySource(Link link) {
        Map<String, Map<String, Long>> counts = new TreeMap<>();
        scoresDF.select(
                        col(Scores.SOURCE),
                        explode_outer(new ScoredValues(link).labels()).as(Scores.LABEL))
                .groupBy(Scores.SOURCE, Scores.LABEL)
                .agg(count(lit(1)))
                .collectAsList()
                .forEach(row -> counts.computeIfAbsent(row.getString(0), source -> new LinkedHashMap<>())
                        .put(row.isNullAt(1) ? ScoredValues.NONE : row.getString(1), row.getLong(2)));
        counts.replaceAll((source, byLabel) -> Counts.sorted(byLabel));
        return counts;
    }

    /** Of the run that is served until this one is. */
    private Optional<ScoreEvidence.Before> before() {
        return context.workspace().current(Datasets.SCORE).flatMap(this::before);
    }

    private Optional<ScoreEvidence.Before> before(PublishedRun served) {
        String run = served.manifest().run();
        return context.workspace().stageRecord(Datasets.SCORE, run).flatMap(content -> {
            try {
                ScoreFigures figures =
                        StageJson.read(content, ScoreFigures.class).figures();
                return figures.byLabel().isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                new ScoreEvidence.Before(run, figures.model(), figures.documents(), figures.byLabel()));
            } catch (IOException e) {
                // A record of another version cannot be compared with.
                return Optional.empty();
            }
        });
    }
}
