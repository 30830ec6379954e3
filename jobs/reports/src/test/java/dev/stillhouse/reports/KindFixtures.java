package dev.stillhouse.reports;

import dev.stillhouse.reports.record.Histogram;
import dev.stillhouse.reports.record.Interval;
import dev.stillhouse.reports.record.LabelFigures;
import dev.stillhouse.reports.record.ModelFigures;
import dev.stillhouse.reports.record.ScoreEvidence;
import dev.stillhouse.reports.record.ScoreFigures;
import dev.stillhouse.reports.record.TrainFigures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Records of runs that give any number of labels, and of runs that give scores. */
final class KindFixtures {
    private static final Histogram SPREAD = new Histogram(List.of(0.0, 1.0, 2.0, 3.0), List.of(200L, 500L, 300L));

    private KindFixtures() {}

    /** Topics of tickets: of 1,000 scored documents 900 are about billing, 300 about refunds, and 50 about neither. */
    static Report multilabel() {
        Map<String, Long> labels = topics();
        return report(
                "ticket-topics",
                label(labels, Optional.empty()),
                multilabelFigures(),
                new ScoreFigures(
                        1000,
                        Map.of(),
                        labels,
                        Map.of("lake", 1000L),
                        Optional.of(SPREAD),
                        Optional.of(SPREAD),
                        Optional.empty(),
                        "20250602-0914-a3f9",
                        "onnx",
                        0,
                        0,
                        9000,
                        Map.of("student", 1000L),
                        Optional.empty(),
                        ScoreEvidence.NONE));
    }

    /** The quality of pages, 0 to 3. */
    static Report regress() {
        Map<String, Double> quantiles = new LinkedHashMap<>();
        quantiles.put("p000", 0.1);
        quantiles.put("p050", 1.4);
        quantiles.put("p100", 2.9);
        return report(
                "page-quality",
                label(Map.of(), Optional.of(new LabelFigures.UnseenScores(400, 0.81, 0.33))),
                regressFigures(),
                new ScoreFigures(
                        1000,
                        Map.of(),
                        Map.of(),
                        Map.of("lake", 1000L),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new ScoreFigures.Scores(SPREAD, quantiles, Map.of("good", 250L))),
                        "20250602-0914-a3f9",
                        "onnx",
                        0,
                        0,
                        9000,
                        Map.of("student", 1000L),
                        Optional.empty(),
                        ScoreEvidence.NONE));
    }

    private static Report report(String task, LabelFigures label, TrainFigures train, ScoreFigures score) {
        return new Report(
                task,
                Optional.of(Fixtures.stage("curate", Fixtures.curate("a"), 41.7, 24.1, "")),
                Optional.of(Fixtures.stage("label", label, 1904.2, 1011.6, "")),
                Optional.of(Fixtures.stage("train", train, 322.4, 181.9, "")),
                Optional.of(Fixtures.stage("score", score, 96.3, 52.4, "")),
                "2025-06-02 09:14 UTC");
    }

    private static LabelFigures label(Map<String, Long> labels, Optional<LabelFigures.UnseenScores> unseen) {
        return new LabelFigures(
                "minilm-fp32-head-1f0c",
                "embedding-head",
                List.of(new LabelFigures.Member(
                        "embedding-head", "minilm", Optional.of("fp32"), Optional.of(128), 1, 1)),
                400,
                labels,
                labels.isEmpty() ? List.of("score") : List.of("billing", "refund"),
                8000,
                labels,
                1,
                "C = 10",
                Optional.empty(),
                unseen,
                Optional.empty(),
                Map.of(),
                new LabelFigures.Inference(0, 8000, 0, 310_000, 0.012, 210.5, Optional.empty()),
                15.3);
    }

    private static TrainFigures multilabelFigures() {
        return figures(
                "multilabel",
                List.of("billing", "refund"),
                Map.of("billing", 0.42, "refund", 0.31),
                new Models(labels(0.88), labels(0.86), labels(0.79)),
                List.of(),
                List.of(
                        new TrainFigures.LabelQuality("billing", 700, 0.91, 0.90),
                        new TrainFigures.LabelQuality("refund", 200, 0.80, 0.76)));
    }

    private static TrainFigures regressFigures() {
        return figures(
                "regress",
                List.of("score"),
                Map.of("good", 2.0),
                new Models(scores(0.82), scores(0.78), scores(0.66)),
                List.of(new TrainFigures.ScoreSlice("source", "pages", 1000, around(0.31), around(0.35), 0.82, 0.78)),
                List.of());
    }

    private static TrainFigures figures(
            String goal,
            List<String> labels,
            Map<String, Double> thresholds,
            Models models,
            List<TrainFigures.ScoreSlice> slices,
            List<TrainFigures.LabelQuality> byLabel) {
        return new TrainFigures(
                goal,
                labels,
                thresholds,
                new TrainFigures.Learning(400, 8000, 7560, 840, 1000, 12, 5000, 1, 0),
                List.of(new TrainFigures.Variant("lexical", "words", 5000, 12, 0.2, 0.9, true)),
                List.of(rung()),
                List.of(),
                models.teacher,
                models.student,
                models.student,
                models.baseline,
                List.of(new TrainFigures.Difference("student", "teacher", new Interval(-0.02, -0.03, -0.01))),
                List.of(),
                slices,
                List.of(),
                Optional.empty(),
                byLabel,
                List.of(),
                List.of(),
                List.of(new TrainFigures.TopFeatures(labels.get(0), List.of("invoice", "charged twice"))),
                List.of());
    }

    private static TrainFigures.Rung rung() {
        return new TrainFigures.Rung(
                "lexical", "words", 5000, 900_000, 48_000, 0.4, 0.2, 0.9, 0.97, 0.01, Map.of(), 3, List.of(), true);
    }

    private static ModelFigures labels(double f1) {
        return model(
                Optional.of(new ModelFigures.Labels(
                        around(f1),
                        f1 - 0.04,
                        Optional.of(around(f1 + 0.01)),
                        around(f1 - 0.1),
                        Optional.of(around(0.9)),
                        new ModelFigures.Calibration(0.01, 0.004, 0.017, 0.2, 0.4, 0.05))),
                Optional.empty());
    }

    private static ModelFigures scores(double spearman) {
        return model(
                Optional.empty(),
                Optional.of(new ModelFigures.Scores(
                        around(spearman), around(0.35), 0.47, Optional.of(0.95), Map.of("good", 0.81))));
    }

    private static ModelFigures model(Optional<ModelFigures.Labels> labels, Optional<ModelFigures.Scores> scores) {
        return new ModelFigures(
                "lexical",
                labels,
                scores,
                Optional.of(0.97),
                Optional.of(900_000L),
                Optional.of(5000L),
                Optional.empty());
    }

    private static Interval around(double value) {
        return new Interval(value, value - 0.01, value + 0.01);
    }

    private static Map<String, Long> topics() {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("billing", 900L);
        counts.put("refund", 300L);
        counts.put("(none)", 50L);
        return counts;
    }

    private record Models(ModelFigures teacher, ModelFigures student, ModelFigures baseline) {}
}
