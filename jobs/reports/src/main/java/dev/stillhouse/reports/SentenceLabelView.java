package dev.stillhouse.reports;

import static dev.stillhouse.reports.NumberText.count;
import static dev.stillhouse.reports.NumberText.share;

import dev.stillhouse.reports.Block.Column;
import dev.stillhouse.reports.Block.Row;
import dev.stillhouse.reports.PageView.Section;
import dev.stillhouse.reports.record.SentenceLabelFigures;
import java.util.ArrayList;
import java.util.List;

/** What the teacher of summaries is, and what it labelled. */
final class SentenceLabelView {
    private SentenceLabelView() {}

    static Section section(Report.Summaries summaries) {
        if (summaries.label().isEmpty()) {
            return Section.missing("labels", "Teacher", "label");
        }
        SentenceLabelFigures figures = summaries.label().get().figures();
        String lead = "The teacher labelled " + count(figures.sentences()) + " sentences of "
                + count(figures.documents()) + " documents, and would choose " + count(figures.chosen())
                + " of them for summaries of " + figures.budget() + ".";
        List<Block> blocks = new ArrayList<>(List.of(teacher(figures)));
        if (!figures.rejectedByReason().isEmpty()) {
            blocks.add(ScoringView.parts("Documents without labels", "reason", figures.rejectedByReason()));
        }
        return new Section("labels", "Teacher", lead, blocks);
    }

    private static Block teacher(SentenceLabelFigures figures) {
        double documents = Math.max(1, figures.documents());
        List<Row> rows = new ArrayList<>(List.of(
                LabelView.row("kind", figures.name()),
                LabelView.row("teacher", figures.teacher()),
                LabelView.row("longest summary", figures.budget()),
                LabelView.row("documents", count(figures.documents())),
                LabelView.row("sentences", count(figures.sentences())),
                LabelView.row("sentences a document", NumberText.significant(figures.sentences() / documents)),
                LabelView.row("chosen a document", NumberText.significant(figures.chosen() / documents)),
                LabelView.row("share chosen", share(figures.chosen(), figures.sentences()))));
        figures.inference().ifPresent(inference -> rows.addAll(LabelView.inference(inference)));
        rows.add(LabelView.row("documents without labels", count(CurationView.sum(figures.rejectedByReason()))));
        rows.add(
                LabelView.row("documents a second, whole stage", NumberText.significant(figures.stageDocsPerSecond())));
        return new Block.Table("", "", List.of(Column.text("property"), Column.text("value")), rows);
    }
}
