package dev.stillhouse.reports;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A page: the headline, then sections.
 *
 * @param task name of the task
 * @param created when the report was made
 */
record PageView(String task, String created, Headline headline, List<Section> sections) {

    /** A report as a page. */
    static PageView of(Report report) {
        List<Section> sections = new ArrayList<>();
        if (report.stages().stream().anyMatch(stage -> !stage.warnings().isEmpty())) {
            sections.add(EvidenceView.warnings(report));
        }
        sections.add(CurationView.section(report));
        sections.addAll(report.summaries().isAny() ? summarizing(report.summaries()) : scoring(report));
        sections.add(EvidenceView.cost(report));
        sections.add(EvidenceView.provenance(report));
        sections.add(Words.section(report));
        gatherMissing(sections, report);
        return new PageView(report.task(), report.created(), HeadlineView.of(report), sections);
    }

    private static List<Section> scoring(Report report) {
        List<Section> sections = new ArrayList<>();
        sections.add(LabelView.section(report));
        sections.add(QualityView.section(report));
        report.train().ifPresent(train -> sections.add(LadderView.section(train.figures())));
        sections.add(DetailView.section(report));
        sections.add(ScoringView.section(report));
        return sections;
    }

    private static List<Section> summarizing(Report.Summaries summaries) {
        List<Section> sections = new ArrayList<>();
        sections.add(SentenceLabelView.section(summaries));
        sections.add(SummaryQualityView.section(summaries));
        summaries.train().ifPresent(train -> {
            sections.add(SummaryDetailView.section(train.figures()));
            if (!train.figures().examples().isEmpty()) {
                sections.add(SummaryDocumentsView.section(train.figures()));
            }
        });
        sections.add(SummarizeView.section(summaries));
        summaries
                .summarize()
                .filter(stage -> !stage.figures().digests().isEmpty())
                .ifPresent(stage -> sections.add(DigestsView.section(stage.figures())));
        return sections;
    }

    /** Where some stages have run, those that have not share one section, so that a report of curation alone is about curation. */
    private static void gatherMissing(List<Section> sections, Report report) {
        if (report.stages().isEmpty()) {
            return;
        }
        List<Block> missing = new ArrayList<>();
        for (Section section : sections) {
            section.blocks().stream()
                    .filter(Block.Missing.class::isInstance)
                    .filter(block -> !missing.contains(block))
                    .forEach(missing::add);
        }
        sections.removeIf(section -> section.blocks().stream().anyMatch(Block.Missing.class::isInstance));
        if (!missing.isEmpty()) {
            String commands = missing.stream()
                    .map(block -> ((Block.Missing) block).command())
                    .collect(Collectors.joining(", "));
            sections.add(
                    sections.size() - 1,
                    new Section("missing", "Not run yet", "", List.of(new Block.Missing("Other stages:", commands))));
        }
    }

    /** What the charts of all sections draw. */
    List<ChartData> charts() {
        List<ChartData> charts = new ArrayList<>();
        for (Section section : sections) {
            for (Block block : section.blocks()) {
                if (block instanceof Block.Chart chart) {
                    charts.add(chart.data());
                }
            }
        }
        return charts;
    }

    /**
     * What matters most.
     *
     * @param tone good, bad or open
     * @param badge one word on the state
     * @param verdict one sentence
     */
    record Headline(String tone, String badge, String verdict, List<Tile> tiles) {}

    /** A number with what it says. */
    record Tile(String number, String meaning, String detail, String tone) {}

    /** A section; its id is the target of links. */
    record Section(String id, String title, String lead, List<Block> blocks) {
        /** A section in place of a stage that has not run. */
        static Section missing(String id, String title, String stage) {
            return new Section(id, title, "", List.of(new Block.Missing("Not run yet:", "./stillhouse " + stage)));
        }
    }
}
