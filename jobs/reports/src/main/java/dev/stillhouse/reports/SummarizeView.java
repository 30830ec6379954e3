package dev.stillhouse.reports;

import static dev.stillhouse.reports.NumberText.count;
import static dev.stillhouse.reports.NumberText.share;

import dev.stillhouse.reports.Block.Column;
import dev.stillhouse.reports.Block.Row;
import dev.stillhouse.reports.PageView.Section;
import dev.stillhouse.reports.record.StageRecord;
import dev.stillhouse.reports.record.SummarizeFigures;
import java.util.ArrayList;
import java.util.List;

/** What was summarised, with summaries to look at. */
final class SummarizeView {
    private static final int SHOWN = 3;
    /** Of what stands between chosen sentences, enough to see what it is about, in code points. */
    private static final int BETWEEN = 160;

    private static final int MOST_OF_SENTENCE = 1_200;

    private SummarizeView() {}

    static Section section(Report.Summaries summaries) {
        if (summaries.summarize().isEmpty()) {
            return Section.missing("summaries", "Summaries", "summarize");
        }
        StageRecord<SummarizeFigures> stage = summaries.summarize().get();
        SummarizeFigures figures = stage.figures();
        String lead = count(figures.documents()) + " documents, "
                + NumberText.significant(figures.stageDocsPerSecond())
                + " a second of the whole stage, by the student of run " + figures.model() + ", each in "
                + figures.budget() + " at most."
                + (figures.reused() == 0
                        ? ""
                        : " Of " + count(figures.reused()) + " documents the summary was there already.");
        List<Block> blocks = new ArrayList<>();
        if (!stage.refusal().isEmpty()) {
            blocks.add(new Block.Notes("Not published", "", List.of(stage.refusal())));
        }
        figures.route()
                .ifPresent(route -> blocks.addAll(RouteView.blocks(route, figures.byRoute(), figures.documents())));
        blocks.add(volumes(figures));
        if (!figures.examples().isEmpty()) {
            blocks.add(examples(figures.examples()));
        }
        blocks.add(ScoringView.parts("Sources", "source", figures.bySource()));
        blocks.add(
                figures.rejectedByReason().isEmpty()
                        ? new Block.Prose("No row was rejected.")
                        : ScoringView.parts("Rejected rows", "reason", figures.rejectedByReason()));
        return new Section("summaries", "Summaries", lead, blocks);
    }

    private static Block volumes(SummarizeFigures figures) {
        long documents = Math.max(1, figures.documents());
        List<Row> rows = new ArrayList<>(List.of(
                LabelView.row("sentences chosen", count(figures.sentences())),
                LabelView.row(
                        "words kept",
                        count(figures.words()) + " of " + count(figures.documentWords()) + ", "
                                + share(figures.words(), figures.documentWords())),
                LabelView.row("words of a summary", NumberText.significant((double) figures.words() / documents)),
                LabelView.row("summaries without a sentence that fits", count(figures.empty())),
                LabelView.row("long documents of which the beginning was read", count(figures.truncated())),
                LabelView.row("rows rejected", count(CurationView.sum(figures.rejectedByReason())))));
        return new Block.Table("", "", List.of(Column.text("property"), Column.text("value")), rows);
    }

    private static Block examples(List<SummarizeFigures.Example> examples) {
        return new Block.Summaries(
                "Summaries in their documents",
                "Chosen by hash. The headline and keywords are the student’s, where the task asks for them; what is chosen is marked, and what stands between is cut short.",
                examples.stream().map(SummarizeView::summary).toList(),
                SHOWN);
    }

    private static Block.Summary summary(SummarizeFigures.Example example) {
        return new Block.Summary(
                example.source() + " / " + example.id(),
                Excerpt.beginning(example.headline(), MOST_OF_SENTENCE),
                example.keywords(),
                example.pieces().stream()
                        .map(piece -> new Block.Piece(
                                piece.chosen()
                                        ? Excerpt.beginning(piece.text(), MOST_OF_SENTENCE)
                                        : Excerpt.ends(piece.text(), BETWEEN),
                                piece.chosen()))
                        .toList());
    }
}
