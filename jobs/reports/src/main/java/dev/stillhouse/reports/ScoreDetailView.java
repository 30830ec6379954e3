package dev.stillhouse.reports;

import static dev.stillhouse.reports.NumberText.count;
import static dev.stillhouse.reports.NumberText.score;

import dev.stillhouse.reports.Block.Cell;
import dev.stillhouse.reports.Block.Column;
import dev.stillhouse.reports.Block.Row;
import dev.stillhouse.reports.record.TrainFigures;
import java.util.ArrayList;
import java.util.List;

/** Where a student of scores is weak. */
final class ScoreDetailView {
    private ScoreDetailView() {}

    static Block slices(TrainFigures figures) {
        List<Row> rows = new ArrayList<>();
        for (TrainFigures.ScoreSlice slice : figures.scoreSlices()) {
            rows.add(Row.of(
                    Cell.of(slice.slice()),
                    Cell.of(slice.value()),
                    Cell.of(count(slice.documents())),
                    QualityView.interval(slice.teacherMae()),
                    QualityView.interval(slice.studentMae()),
                    Cell.of(score(slice.teacherSpearman())),
                    Cell.of(score(slice.studentSpearman()))));
        }
        return new Block.Table(
                "Groups",
                "Mean error, with its 95 % interval, and rank correlation on parts of the evaluation documents.",
                List.of(
                        Column.text("group by"),
                        Column.text("value"),
                        Column.number("documents"),
                        Column.number("teacher error"),
                        Column.number("student error"),
                        Column.number("teacher correlation"),
                        Column.number("student correlation")),
                rows,
                12);
    }
}
