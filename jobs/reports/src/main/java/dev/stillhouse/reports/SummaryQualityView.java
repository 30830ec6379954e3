package dev.stillhouse.reports;

import static dev.stillhouse.reports.NumberText.count;
import static dev.stillhouse.reports.NumberText.percent;
import static dev.stillhouse.reports.NumberText.rouge;
import static dev.stillhouse.reports.NumberText.score;
import static dev.stillhouse.reports.NumberText.signed;

import dev.stillhouse.reports.Block.Cell;
import dev.stillhouse.reports.Block.Column;
import dev.stillhouse.reports.Block.Row;
import dev.stillhouse.reports.PageView.Section;
import dev.stillhouse.reports.record.Interval;
import dev.stillhouse.reports.record.SummaryFigures;
import dev.stillhouse.reports.record.SummaryFigures.Difference;
import dev.stillhouse.reports.record.SummaryFigures.SystemFigures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** How good the student's summaries are beside other ways to summarise, and whether that is enough. */
final class SummaryQualityView {
    private static final String ID = "quality";
    private static final String TITLE = "Quality of summaries";

    private SummaryQualityView() {}

    static Section section(Report.Summaries summaries) {
        if (summaries.train().isEmpty()) {
            return Section.missing(ID, TITLE, "train");
        }
        SummaryFigures figures = summaries.train().get().figures();
        String judged = SummarySystems.isReferenced(figures)
                ? "by the summaries that people wrote of them."
                : "by the teacher’s own summaries, since no reference is there: the figures tell how well the student follows, and not how good either is.";
        String lead = "Judged once, on " + count(figures.learning().evaluation())
                + " documents that nothing was fitted on, " + judged + " A summary has " + figures.budget()
                + " at most. ROUGE is F1 in percent, of stemmed words; intervals hold 95 % of bootstrap samples.";
        return new Section(
                ID,
                TITLE,
                lead,
                List.of(
                        QualityView.targets(figures.targets()),
                        systems(figures),
                        shares(figures),
                        differences(figures)));
    }

    private static Block systems(SummaryFigures figures) {
        List<Row> rows = new ArrayList<>();
        figures.systems().forEach((key, system) -> {
            Cell[] cells = {
                Cell.of(SummarySystems.name(key), meaning(key, figures)),
                Cell.bar(
                        rouge(system.rouge1().value()),
                        range(system.rouge1()),
                        system.rouge1().value() / 100),
                interval(system.rouge2()),
                interval(system.rougeL()),
                interval(system.rougeLsum()),
                Cell.of(NumberText.significant(system.words())),
                Cell.of(percent(system.compression())),
                Cell.of(percent(system.repetition())),
                system.speed().map(QualityView::speed).orElse(Cell.toned(NumberText.ABSENT, "quiet"))
            };
            rows.add(key.equals(SummarySystems.STUDENT) ? Row.strong(cells) : Row.of(cells));
        });
        return new Block.Table(
                "Ways to summarise",
                "The bar draws ROUGE-1. All have the same budget, and are read in the same way." + oracle(figures),
                List.of(
                        Column.text("way"),
                        Column.number("ROUGE-1"),
                        Column.number("ROUGE-2"),
                        Column.number("ROUGE-L"),
                        Column.number("ROUGE-Lsum"),
                        Column.number("words"),
                        Column.number("compression"),
                        Column.number("repetition"),
                        Column.number("documents/s")),
                rows);
    }

    private static String meaning(String key, SummaryFigures figures) {
        return key.equals(SummarySystems.TEACHER) && !SummarySystems.isReferenced(figures)
                ? "the measure of all"
                : SummarySystems.meaning(key);
    }

    /** A teacher that has the references chooses what the oracle does. */
    private static String oracle(SummaryFigures figures) {
        Optional<Interval> teacher =
                SummarySystems.of(figures, SummarySystems.TEACHER).map(SystemFigures::rouge1);
        Optional<Interval> oracle =
                SummarySystems.of(figures, SummarySystems.ORACLE).map(SystemFigures::rouge1);
        return teacher.isPresent() && teacher.equals(oracle)
                ? " The teacher knows the references, as the oracle does."
                : "";
    }

    static Cell interval(Interval interval) {
        return Cell.of(rouge(interval.value()), range(interval));
    }

    private static String range(Interval interval) {
        return rouge(interval.low()) + " – " + rouge(interval.high());
    }

    private static Block shares(SummaryFigures figures) {
        List<String> sentences = new ArrayList<>();
        Optional<SystemFigures> student = SummarySystems.of(figures, SummarySystems.STUDENT);
        Optional<SystemFigures> oracle = SummarySystems.of(figures, SummarySystems.ORACLE);
        if (student.isPresent() && oracle.isPresent()) {
            sentences.add("Of the oracle’s ROUGE, about the most that choosing sentences can reach, the student has "
                    + share(student.get().rouge1(), oracle.get().rouge1()) + " (ROUGE-1), "
                    + share(student.get().rouge2(), oracle.get().rouge2()) + " (ROUGE-2) and "
                    + share(student.get().rougeLsum(), oracle.get().rougeLsum()) + " (ROUGE-Lsum).");
        }
        sentences.add("Of the teacher’s ROUGE it keeps " + percent(figures.retained())
                + ", the mean of ROUGE-1, ROUGE-2 and ROUGE-Lsum.");
        Interval agreement = figures.agreement();
        sentences.add("It chooses the sentences that the teacher chooses with an F1 of " + score(agreement.value())
                + ", between " + score(agreement.low()) + " and " + score(agreement.high()) + ".");
        return new Block.Notes("How near the student comes", "", sentences);
    }

    private static String share(Interval part, Interval whole) {
        return percent(part.value() / whole.value());
    }

    private static Block differences(SummaryFigures figures) {
        List<Difference> differences = figures.differences().stream()
                .filter(difference -> SummarySystems.isReferenced(figures)
                        || !difference.right().equals(SummarySystems.TEACHER))
                .toList();
        double widest = 1e-9;
        for (Difference difference : differences) {
            Interval first = difference.rouge1();
            widest = Math.max(widest, Math.max(Math.abs(first.low()), Math.abs(first.high())));
        }
        List<Row> rows = new ArrayList<>();
        for (Difference difference : differences) {
            rows.add(Row.of(
                    Cell.of(SummarySystems.name(difference.left()) + " − " + SummarySystems.name(difference.right())),
                    points(difference.rouge1()),
                    QualityView.range(difference.rouge1(), -widest, widest),
                    points(difference.rouge2()),
                    points(difference.rougeLsum()),
                    verdict(difference)));
        }
        return new Block.Table(
                "Differences, paired",
                "Points of ROUGE on the same documents. The strip draws ROUGE-1 from " + signed(-widest, 1) + " to "
                        + signed(widest, 1) + ", with zero in the middle.",
                List.of(
                        Column.text("pair"),
                        Column.number("ROUGE-1"),
                        Column.text("interval"),
                        Column.number("ROUGE-2"),
                        Column.number("ROUGE-Lsum"),
                        Column.text("the first is")),
                rows);
    }

    private static Cell points(Interval interval) {
        return Cell.of(signed(interval.value(), 1), signed(interval.low(), 1) + " to " + signed(interval.high(), 1));
    }

    /** What of the three figures is clear: all of them, or which. */
    private static Cell verdict(Difference difference) {
        Map<String, Interval> figures = new LinkedHashMap<>();
        figures.put("ROUGE-1", difference.rouge1());
        figures.put("ROUGE-2", difference.rouge2());
        figures.put("ROUGE-Lsum", difference.rougeLsum());
        List<String> readings = new ArrayList<>();
        add(readings, "better", figures, interval -> interval.low() > 0);
        add(readings, "worse", figures, interval -> interval.high() < 0);
        return readings.isEmpty() ? Cell.toned("not clearly different", "quiet") : Cell.of(String.join(", ", readings));
    }

    private static void add(
            List<String> readings, String reading, Map<String, Interval> figures, Predicate<Interval> isClear) {
        List<String> clear = figures.entrySet().stream()
                .filter(figure -> isClear.test(figure.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        if (!clear.isEmpty()) {
            readings.add(clear.size() == figures.size() ? reading : reading + " by " + String.join(" and ", clear));
        }
    }
}
