package dev.stillhouse.cli.pipeline;

import dev.stillhouse.datasets.publish.PublishedRun;
import dev.stillhouse.datasets.source.KeptColumn;
import dev.stillhouse.scoring.ScoreConfig;
import dev.stillhouse.scoring.ScoredStudent;
import dev.stillhouse.scoring.Scorer;
import dev.stillhouse.scoring.drift.Reference;
import dev.stillhouse.scoring.drift.ScoredValues;
import dev.stillhouse.student.Contender;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What the documents are like that a student was chosen on: measured as those that it will score, by what scores them. */
final class ReferenceDocuments {
    static final String FILE = Datasets.MODEL + "/" + Reference.FILE;

    private final StageContext context;

    ReferenceDocuments(StageContext context) {
        this.context = context;
    }

    /**
     * Scores and counts.
     *
     * @param chosen the student
     * @param selectDF the select part, rows of {@link dev.stillhouse.datasets.schema.Curated}
     */
    Reference reference(Contender chosen, Dataset<Row> selectDF) {
        ScoredStudent student = ScoredStudent.of(chosen.compressed().files(Map.of()), Datasets.TRAIN);
        boolean tellsLanguage = KeptColumn.names(context.task().corpus()).contains(ScoredValues.LANGUAGE);
        ScoreConfig config = ScoreConfig.plain().withKeep(tellsLanguage ? List.of(ScoredValues.LANGUAGE) : List.of());
        Scorer scorer = new Scorer(context.spark(), student, config);
        return new ScoredValues(student.decision().link()).reference(scorer.score(selectDF), scorer::sample);
    }

    /**
     * What a run of training published.
     *
     * @return empty where it is of before there were references
     * @throws dev.stillhouse.udfs.errors.DataException if it is not what was published, or cannot be read
     */
    static Optional<Reference> of(PublishedRun train) {
        return train.holds(FILE)
                ? Optional.of(Reference.read(train.file(FILE), train.manifest().run()))
                : Optional.empty();
    }
}
