package dev.stillhouse.reports;

import static dev.stillhouse.reports.NumberText.count;
import static dev.stillhouse.reports.NumberText.share;

import dev.stillhouse.reports.Block.Cell;
import dev.stillhouse.reports.Block.Column;
import dev.stillhouse.reports.Block.Row;
import dev.stillhouse.reports.record.ScoreFigures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which documents student and teacher answered, and what was promised of that. */
final class RouteView {
    private static final Map<String, String> DECIDED = decided();

    private RouteView() {}

    private static Map<String, String> decided() {
        Map<String, String> decided = new LinkedHashMap<>();
        decided.put("student", "the student");
        decided.put("teacher", "the teacher, asked in this run");
        decided.put("cache", "the teacher, who had been asked before");
        decided.put("fallback", "the student, since the teacher gave nothing");
        return decided;
    }

    /**
     * The cascade of scores or summaries.
     *
     * @param byRoute documents by who decided
     * @param documents all of them
     */
    static List<Block> blocks(ScoreFigures.Route route, Map<String, Long> byRoute, long documents) {
        return List.of(promise(route), routes(byRoute, documents));
    }

    private static Block promise(ScoreFigures.Route route) {
        boolean isAgreement = route.label().isEmpty();
        List<Row> rows = new ArrayList<>();
        rows.add(row(promised(route), exact(route.promised()), "with confidence " + exact(route.confidence())));
        route.realisedBound()
                .ifPresent(bound -> rows.add(Row.strong(
                        Cell.of("this run's documents, at least"),
                        Cell.toned(exact(bound), bound >= route.promised() ? "good" : "bad"),
                        Cell.of(
                                route.sampleAgreement().isPresent()
                                        ? "Hoeffding-Bentkus bound"
                                        : "hypergeometric bound"))));
        rows.add(row(
                isAgreement ? "documents like these, at least" : "shown by the sample, at least",
                exact(route.expectedAgreement()),
                shown(route)));
        route.auditedAgreement()
                .ifPresent(agreement -> rows.add(
                        row("looked at afterwards", exact(agreement), count(route.audited()) + " random documents")));
        rows.addAll(work(route, isAgreement));
        return new Block.Table(
                "Cascade",
                route.failure().isEmpty() ? "" : "The teacher stopped answering: " + route.failure(),
                List.of(Column.text("what"), Column.number("figure"), Column.text("how")),
                rows);
    }

    private static String promised(ScoreFigures.Route route) {
        if (route.sampleAgreement().isPresent()) {
            return "promised: agreement with the teacher's summaries";
        }
        return route.label().isEmpty()
                ? "promised: the teacher's label"
                : "promised: " + route.target() + " of " + route.label();
    }

    private static String shown(ScoreFigures.Route route) {
        return route.sampleAgreement()
                .map(agreement -> "Hoeffding-Bentkus bound: " + exact(agreement) + " on average over a sample of "
                        + count(route.sample()))
                .orElse("Clopper-Pearson bound: " + count(route.wrong()) + " wrong of " + count(route.among()));
    }

    private static List<Row> work(ScoreFigures.Route route, boolean isAgreement) {
        List<Row> rows = new ArrayList<>();
        rows.add(row(
                isAgreement ? "answered by the student" : "answered by the student alone",
                exact(route.coverage()),
                route.threshold()
                        .map(threshold -> "from " + NumberText.decimal(threshold, 3) + " on")
                        .orElse("no threshold keeps the promise")));
        rows.add(row(
                "questions to the teacher",
                count(route.teacherCalls()),
                route.budget().map(budget -> "of at most " + count(budget)).orElse("without a limit")));
        route.selected().ifPresent(selected -> rows.add(row("documents selected", count(selected), route.label())));
        route.speedup()
                .ifPresent(speedup -> rows.add(row(
                        "beside the teacher alone",
                        NumberText.significant(speedup) + " times as fast",
                        "by the teacher's speed in this run")));
        return rows;
    }

    private static Row row(String what, String figure, String how) {
        return Row.of(Cell.of(what), Cell.of(figure), Cell.of(how));
    }

    /** Two digits below a percent: promises are near to 100. */
    private static String exact(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }

    private static Block routes(Map<String, Long> byRoute, long all) {
        List<Row> rows = new ArrayList<>();
        DECIDED.forEach((route, words) -> {
            Long documents = byRoute.get(route);
            if (documents != null) {
                rows.add(Row.of(
                        Cell.of(words),
                        Cell.of(count(documents)),
                        Cell.bar(share(documents, all), (double) documents / Math.max(1, all))));
            }
        });
        return new Block.Table(
                "Who decided",
                "",
                List.of(Column.text("by"), Column.number("documents"), Column.number("share")),
                rows);
    }
}
