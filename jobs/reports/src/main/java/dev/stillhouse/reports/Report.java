package dev.stillhouse.reports;

import dev.stillhouse.reports.record.CurateFigures;
import dev.stillhouse.reports.record.LabelFigures;
import dev.stillhouse.reports.record.ScoreFigures;
import dev.stillhouse.reports.record.StageRecord;
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
 * @param created when the report was made, as it is to be shown
 */
public record Report(
        String task,
        Optional<StageRecord<CurateFigures>> curate,
        Optional<StageRecord<LabelFigures>> label,
        Optional<StageRecord<TrainFigures>> train,
        Optional<StageRecord<ScoreFigures>> score,
        String created) {

    /** Whether a student has been trained and published. */
    public boolean isPublished() {
        return train.isPresent() && train.get().refusal().isEmpty();
    }

    /** The records of the stages that have run, in the order of the pipeline. */
    List<StageRecord<?>> stages() {
        List<StageRecord<?>> stages = new ArrayList<>();
        curate.ifPresent(stages::add);
        label.ifPresent(stages::add);
        train.ifPresent(stages::add);
        score.ifPresent(stages::add);
        return stages;
    }
}
