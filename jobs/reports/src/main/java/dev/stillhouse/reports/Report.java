package dev.stillhouse.reports;

import dev.stillhouse.reports.record.CurateFigures;
import dev.stillhouse.reports.record.LabelFigures;
import dev.stillhouse.reports.record.ScoreFigures;
import dev.stillhouse.reports.record.SentenceLabelFigures;
import dev.stillhouse.reports.record.StageRecord;
import dev.stillhouse.reports.record.SummarizeFigures;
import dev.stillhouse.reports.record.SummaryFigures;
import dev.stillhouse.reports.record.TrainFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a report is made of: the records of the stages that have run.
 *
 * @param task name of the task
 * @param curate what curation did; absent if it has not run
 * @param label what labelling did; absent if it has not run
 * @param train how the student was trained and judged; absent if it has not run
 * @param score what was scored; absent if it has not run
 * @param summaries what the stages of a task that summarises did
 * @param created when the report was made, as it is to be shown
 */
public record Report(
        String task,
        Optional<StageRecord<CurateFigures>> curate,
        Optional<StageRecord<LabelFigures>> label,
        Optional<StageRecord<TrainFigures>> train,
        Optional<StageRecord<ScoreFigures>> score,
        Summaries summaries,
        String created) {

    /** Of a task that does not summarise. */
    public Report(
            String task,
            Optional<StageRecord<CurateFigures>> curate,
            Optional<StageRecord<LabelFigures>> label,
            Optional<StageRecord<TrainFigures>> train,
            Optional<StageRecord<ScoreFigures>> score,
            String created) {
        this(task, curate, label, train, score, Summaries.NONE, created);
    }

    /**
     * The stages of a task that summarises, which has others in the place of label, train and score.
     *
     * @param label what labelling sentences did; absent if it has not run
     * @param train how the student was trained and judged; absent if it has not run
     * @param summarize what was summarised; absent if it has not run
     */
    public record Summaries(
            Optional<StageRecord<SentenceLabelFigures>> label,
            Optional<StageRecord<SummaryFigures>> train,
            Optional<StageRecord<SummarizeFigures>> summarize) {
        /** Of a task that does not summarise. */
        public static final Summaries NONE = new Summaries(Optional.empty(), Optional.empty(), Optional.empty());

        /** Whether any of them has run. */
        boolean isAny() {
            return label.isPresent() || train.isPresent() || summarize.isPresent();
        }
    }

    /** Whether a student has been trained and published. */
    public boolean isPublished() {
        return train.map(StageRecord::refusal)
                .or(() -> summaries.train().map(StageRecord::refusal))
                .map(String::isEmpty)
                .orElse(false);
    }

    /** The records of the stages that have run, in the order of the pipeline. */
    public List<StageRecord<?>> stages() {
        List<StageRecord<?>> stages = new ArrayList<>();
        curate.ifPresent(stages::add);
        label.ifPresent(stages::add);
        train.ifPresent(stages::add);
        score.ifPresent(stages::add);
        summaries.label().ifPresent(stages::add);
        summaries.train().ifPresent(stages::add);
        summaries.summarize().ifPresent(stages::add);
        return stages;
    }
}
