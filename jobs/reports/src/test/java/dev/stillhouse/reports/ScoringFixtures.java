package dev.stillhouse.reports;

import dev.stillhouse.reports.record.DriftFigures;
import dev.stillhouse.reports.record.DriftFigures.Statistic;
import dev.stillhouse.reports.record.Histogram;
import dev.stillhouse.reports.record.ScoreEvidence;
import dev.stillhouse.reports.record.ScoreFigures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Records of scoring with all that there is to see. */
final class ScoringFixtures {
    static final String SECRET = "my account number is on the back of the letter";

    private ScoringFixtures() {}

    /** Of a lake that is in part of another language: refused. */
    static Report refused() {
        return report(
                "lost_card",
                "Cannot publish the scores of run 20250603-0914-b1c2: the documents differ from those that the student was chosen on: unseen_words has a population stability index of 1.684 (must be at most 0.25; chance makes up to 0.018), look at some texts: words that the student has never seen come of another language or subject; see the report, then train on documents like these, or raise score.drift.fail_above. Run 20250602-0914-a3f9 is served as before");
    }

    /** With texts from data that are no texts. */
    static Report hostile() {
        return report(Fixtures.HOSTILE, Fixtures.HOSTILE);
    }

    /** The figures alone, of a cascade. */
    static ScoreFigures score(String text) {
        return new ScoreFigures(
                1_204_331,
                Map.of("empty_text", 112L),
                Fixtures.mix(text, 1_204_331),
                Map.of(text.equals(Fixtures.HOSTILE) ? text : "lake", 1_204_331L),
                Optional.of(new Histogram(
                        List.of(0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0),
                        List.of(
                                120L, 3_100L, 14_210L, 31_008L, 48_411L, 66_012L, 88_120L, 121_340L, 201_010L,
                                631_000L))),
                Optional.of(new Histogram(
                        List.of(0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0),
                        List.of(
                                54_100L, 50_210L, 48_010L, 50_100L, 55_310L, 62_801L, 78_090L, 104_210L, 170_500L,
                                531_000L))),
                Optional.empty(),
                "20250602-0914-a3f9",
                "kernel",
                17,
                48_112,
                22_984.0,
                routes(),
                Optional.of(new ScoreFigures.Route(
                        "agreement",
                        "",
                        0.98,
                        0.95,
                        Optional.of(0.8125),
                        0.7132,
                        596,
                        6,
                        596,
                        Optional.empty(),
                        0.9802,
                        Optional.of(0.9804),
                        200,
                        Optional.of(0.995),
                        Optional.empty(),
                        341_204,
                        Optional.of(400_000),
                        Optional.of(3.1),
                        "")),
                ScoreEvidence.NONE);
    }

    private static Map<String, Long> routes() {
        Map<String, Long> routes = new LinkedHashMap<>();
        routes.put("student", 858_929L);
        routes.put("teacher", 340_601L);
        routes.put("cache", 4_801L);
        return routes;
    }

    private static Report report(String text, String refusal) {
        Report complete = Fixtures.complete();
        ScoreFigures figures = complete.score().orElseThrow().figures();
        return new Report(
                complete.task(),
                complete.curate(),
                complete.label(),
                complete.train(),
                Optional.of(Fixtures.stage("score", figures(figures, text), 96.3, 52.4, refusal)),
                complete.created());
    }

    private static ScoreFigures figures(ScoreFigures plain, String text) {
        Map<String, Long> before = new LinkedHashMap<>(plain.byLabel());
        before.replaceAll((label, documents) -> documents * (label.length() % 3 + 3) / 8);
        before.put("closed_account", 1_204L);
        Map<String, Map<String, Long>> bySource = new LinkedHashMap<>();
        bySource.put("lake", halves(plain.byLabel(), 0.7));
        bySource.put("support-mails", halves(plain.byLabel(), 0.3));
        return new ScoreFigures(
                        plain.documents(),
                        plain.rejectedByReason(),
                        plain.byLabel(),
                        Map.of("lake", 843_032L, "support-mails", 361_299L),
                        plain.probabilities(),
                        plain.margins(),
                        plain.scores(),
                        plain.model(),
                        plain.engine(),
                        plain.truncated(),
                        plain.reused(),
                        plain.stageDocsPerSecond(),
                        plain.byRoute(),
                        plain.route(),
                        ScoreEvidence.NONE)
                .withEvidence(new ScoreEvidence(
                        Optional.of(drift(text)),
                        bySource,
                        Optional.of(new ScoreEvidence.Before(
                                "20250526-0914-77aa",
                                plain.model(),
                                before.values().stream()
                                        .mapToLong(Long::longValue)
                                        .sum(),
                                before)),
                        examples(text)));
    }

    private static Map<String, Long> halves(Map<String, Long> counts, double share) {
        Map<String, Long> part = new LinkedHashMap<>();
        counts.forEach((label, documents) -> part.put(label, Math.round(documents * share)));
        return part;
    }

    private static DriftFigures drift(String text) {
        return new DriftFigures(
                2_000,
                0.25,
                true,
                List.of(
                        statistic(
                                "score",
                                0.312,
                                List.of(0.41, 0.55, 0.66, 0.74, 0.81, 0.87, 0.92, 0.95, 0.98),
                                List.of(200L, 200L, 200L, 200L, 200L, 200L, 200L, 200L, 200L, 200L),
                                List.of(430L, 320L, 250L, 210L, 160L, 150L, 140L, 130L, 110L, 100L)),
                        new Statistic(
                                "label",
                                0.021,
                                0.034,
                                0.004,
                                2_000,
                                1_204_331,
                                List.of(),
                                List.of(text, "card_arrival", "request_refund", "age_limit"),
                                List.of(500L, 400L, 300L, 300L, 500L),
                                List.of(310_000L, 240_000L, 170_000L, 190_000L, 294_331L)),
                        statistic(
                                "length",
                                0.141,
                                List.of(16.0, 32.0, 64.0, 128.0, 256.0, 512.0),
                                List.of(0L, 160L, 760L, 720L, 300L, 60L, 0L),
                                List.of(20L, 130L, 620L, 690L, 380L, 120L, 40L)),
                        statistic(
                                "unseen_words",
                                1.684,
                                List.of(0.02, 0.05, 0.08, 0.11, 0.15, 0.2),
                                List.of(300L, 280L, 290L, 280L, 290L, 280L, 280L),
                                List.of(60L, 70L, 90L, 100L, 130L, 200L, 1_350L))),
                Map.of("language", "corpus keeps no column language"));
    }

    private static Statistic statistic(String name, double psi, List<Double> edges, List<Long> then, List<Long> now) {
        return new Statistic(name, psi, 0.018, psi / 9, 2_000, 2_000, edges, List.of(), then, now);
    }

    private static List<ScoreEvidence.Example> examples(String text) {
        List<ScoreEvidence.Example> examples = new ArrayList<>();
        for (String confidence : List.of("low", "middle", "high")) {
            for (int i = 0; i < 5; i++) {
                examples.add(new ScoreEvidence.Example(
                        confidence,
                        "lake",
                        "mail-" + confidence + i,
                        confidence.equals("low") ? 0.21 + 0.02 * i : confidence.equals("middle") ? 0.83 : 0.999,
                        List.of(text),
                        text.equals(Fixtures.HOSTILE)
                                ? text
                                : "Hello, I would like to know when the replacement will be here, " + SECRET + " …"));
            }
        }
        return examples;
    }
}
