package dev.stillhouse.reports;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillhouse.reports.record.CurateFigures;
import dev.stillhouse.reports.record.Interval;
import dev.stillhouse.reports.record.LabelFigures;
import dev.stillhouse.reports.record.ModelFigures;
import dev.stillhouse.reports.record.StageRecord;
import dev.stillhouse.reports.record.TrainFigures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Records of a run over 77 intents, with numbers as they occur. */
final class Fixtures {
    static final String HOSTILE = "</script><script>alert(\"x\")</script><img src=x onerror='alert(1)'>&amp;";

    private static final List<String> STEMS = List.of(
            "card_arrival",
            "exchange_rate",
            "cash_withdrawal_charge",
            "top_up_failed",
            "pending_transfer",
            "lost_or_stolen_card",
            "verify_my_identity",
            "declined_card_payment",
            "request_refund",
            "age_limit",
            "wrong_amount_of_cash_received");

    private Fixtures() {}

    static Report complete() {
        return report(STEMS.get(0), "");
    }

    static Report refused() {
        return report(
                STEMS.get(0),
                "Cannot publish the student of run 20250602-0915-a3f9: retained is 0.9480 (must be at least 0.97); raise student.pool");
    }

    static Report empty() {
        return new Report(
                "nothing-yet",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "2025-06-02 09:14 UTC");
    }

    static Report hostile() {
        return report(HOSTILE, HOSTILE);
    }

    /** A report in which one label, and every other text from data, is the given one. */
    private static Report report(String text, String refusal) {
        String task = text.equals(HOSTILE) ? HOSTILE : "banking-intents";
        return new Report(
                task,
                Optional.of(stage("curate", curate(text), 41.7, 24.1, "")),
                Optional.of(stage("label", label(text), 1904.2, 1011.6, "")),
                Optional.of(stage("train", train(text), 322.4, 181.9, refusal)),
                Optional.of(stage("score", ScoringFixtures.score(text), 96.3, 52.4, "")),
                "2025-06-02 09:14 UTC");
    }

    static <T> StageRecord<T> stage(String name, T figures, double cpu, double wall, String refusal) {
        ObjectNode provenance = JsonNodeFactory.instance.objectNode();
        provenance.put("version", "0.1.0").put("seed", 42);
        provenance.putObject("config").put("note", refusal.equals(HOSTILE) ? HOSTILE : "all defaults");
        provenance.putArray("inputs").addObject().put("path", "train.jsonl").put("bytes", 839_073);
        List<String> warnings = name.equals("train") ? List.of("3 labels have fewer than 5 gold documents") : List.of();
        return new StageRecord<>(
                name,
                "20250602-091" + name.length() + "-a3f9",
                new StageRecord.Cost(cpu, wall, Optional.of(new StageRecord.Energy(10 * cpu, true))),
                warnings,
                refusal,
                provenance,
                figures);
    }

    static List<String> labels(String first) {
        List<String> labels = new ArrayList<>(List.of(first));
        for (int i = 1; i < 77; i++) {
            labels.add(STEMS.get(i % STEMS.size()) + (i < STEMS.size() ? "" : "_" + i / STEMS.size()));
        }
        return labels;
    }

    static Map<String, Long> mix(String first, long whole) {
        Map<String, Long> mix = new LinkedHashMap<>();
        List<String> labels = labels(first);
        for (int i = 0; i < labels.size(); i++) {
            mix.put(labels.get(i), Math.max(0, whole / (38 + i)));
        }
        return mix;
    }

    static CurateFigures curate(String text) {
        return CurationFixtures.curate(text);
    }

    static LabelFigures label(String text) {
        return new LabelFigures(
                "minilm-fp32-head-1f0c",
                "embedding-head",
                List.of(new LabelFigures.Member(
                        "embedding-head", "minilm", Optional.of("fp32"), Optional.of(128), 1, 1.184)),
                1000,
                mix(text, 1000),
                labels(text),
                15_522,
                mix(text, 12_442),
                1.184,
                "C = 10",
                Optional.of(new LabelFigures.Unseen(
                        998,
                        0.871,
                        new LabelFigures.Probabilities(0.081, 0.031, 0.21, 0.52),
                        new LabelFigures.Probabilities(0.022, 0.030, 0.19, 0.44),
                        List.of(new LabelFigures.Mistake("s", "d1", "a", "b", 0.97, text)))),
                Optional.empty(),
                Optional.of(new LabelFigures.Chosen(
                        "uncertainty",
                        14_522,
                        48_213,
                        List.of(
                                new LabelFigures.Round(1000, 0.712),
                                new LabelFigures.Round(7761, 0.861),
                                new LabelFigures.Round(14_522, 0.884)))),
                Map.of("not_finite", 1L),
                new LabelFigures.Inference(522, 15_000, 0, 310_000, 0.012, 210.5, Optional.empty()),
                15.3);
    }

    static TrainFigures train(String text) {
        List<String> labels = labels(text);
        return new TrainFigures(
                "classify",
                labels,
                Map.of(),
                new TrainFigures.Learning(1000, 8000, 8094, 906, 3080, 12, 65_536, 0.94, 1000),
                variants(),
                List.of(
                        rung("lexical", "words and characters", 4_200_000, 0.971, List.of("retained"), false),
                        rung("static", "tuned vectors", 3_600_000, 0.992, List.of(), true)),
                List.of(
                        new TrainFigures.CurvePoint(4_047, 0.861, 0.974, 0.644),
                        new TrainFigures.CurvePoint(8_094, 0.879, 0.992, 0.581)),
                teacher(),
                student(),
                model("lexical", 0.888, 0.010, Optional.of(0.9812), Optional.of(20_200_000L), Optional.empty()),
                model("lexical", 0.781, 0.041, Optional.of(0.863), Optional.empty(), Optional.empty()),
                differences(),
                slices(text),
                List.of(),
                gaps(text),
                Optional.of(new TrainFigures.OutOfScope(1000, 0.912, Optional.of(0.921))),
                byLabel(labels),
                List.of(reliability("teacher", 0.012), reliability("student", -0.015)),
                List.of(
                        new TrainFigures.Confusion(labels.get(0), "card_delivery_estimate", 6),
                        new TrainFigures.Confusion("top_up_failed", text, 5),
                        new TrainFigures.Confusion("pending_transfer", "transfer_timing", 4)),
                features(labels, text),
                targets());
    }

    private static List<TrainFigures.Variant> variants() {
        return List.of(
                new TrainFigures.Variant("lexical", "words", 32_768, 14, 0.612, 0.861, false),
                new TrainFigures.Variant("lexical", "words and characters", 65_536, 12, 0.548, 0.893, true),
                new TrainFigures.Variant("static", "tuned vectors", 25_036, 17, 0.581, 0.879, true));
    }

    private static ModelFigures teacher() {
        return model(
                "embedding-head",
                0.905,
                0.018,
                Optional.empty(),
                Optional.of(91_400_000L),
                Optional.of(new ModelFigures.Speed(212.4, 208.1, 214.9, 2, 94.2, Optional.of(1.0))));
    }

    private static ModelFigures student() {
        return model(
                "lexical",
                0.887,
                0.011,
                Optional.of(0.9801),
                Optional.of(1_940_000L),
                Optional.of(new ModelFigures.Speed(48_210, 47_002, 48_911, 2, 0.41, Optional.of(227.0))));
    }

    private static List<TrainFigures.Difference> differences() {
        return List.of(
                new TrainFigures.Difference("student", "teacher", new Interval(-0.018, -0.027, -0.009)),
                new TrainFigures.Difference("student", "uncompressed", new Interval(-0.001, -0.003, 0.001)),
                new TrainFigures.Difference("student", "baseline", new Interval(0.106, 0.092, 0.121)));
    }

    private static List<TrainFigures.LabelQuality> byLabel(List<String> labels) {
        List<TrainFigures.LabelQuality> byLabel = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            double teacher = 0.99 - 0.004 * (i * 37 % 77);
            byLabel.add(
                    new TrainFigures.LabelQuality(labels.get(i), 40, teacher, teacher - 0.06 + 0.0015 * (i * 13 % 60)));
        }
        return byLabel;
    }

    private static List<TrainFigures.TopFeatures> features(List<String> labels, String text) {
        String fourth = text.equals(HOSTILE) ? text : "track";
        return labels.stream()
                .map(label -> new TrainFigures.TopFeatures(
                        label, List.of("card arriv", "my new card", "deliver", fourth, "in the mail")))
                .toList();
    }

    private static List<TrainFigures.Target> targets() {
        return List.of(
                new TrainFigures.Target("retained", "at least 0.97", Optional.of(0.9801), true),
                new TrainFigures.Target("speedup", "at least 50", Optional.of(227.0), true),
                new TrainFigures.Target("bytes", "at most 5,000,000", Optional.of(1_940_000.0), true),
                new TrainFigures.Target("ece", "at most 0.0112", Optional.empty(), true));
    }

    private static List<TrainFigures.Slice> slices(String text) {
        return List.of(
                slice("source", text.equals(HOSTILE) ? text : "test.jsonl", 3080, 0.905, 0.887),
                slice("length", "up to 39 characters", 1011, 0.921, 0.914),
                slice("length", "40 to 62 characters", 1044, 0.907, 0.894),
                slice("length", "63 characters and more", 1025, 0.886, 0.852));
    }

    private static TrainFigures.Slice slice(String name, String value, long documents, double teacher, double student) {
        return new TrainFigures.Slice(
                name,
                value,
                documents,
                around(teacher),
                around(student),
                around(student),
                new Interval(0.921, 0.908, 0.934),
                0.024,
                0.031);
    }

    private static Interval around(double value) {
        return new Interval(value, value - 0.01, value + 0.01);
    }

    private static List<TrainFigures.RateGap> gaps(String text) {
        return List.of(new TrainFigures.RateGap(
                "length",
                text,
                "up to 39 characters",
                0.113,
                "63 characters and more",
                0.041,
                new Interval(0.072, 0.049, 0.095),
                0.068));
    }

    private static ModelFigures model(
            String kind,
            double f1,
            double ece,
            Optional<Double> retained,
            Optional<Long> bytes,
            Optional<ModelFigures.Speed> speed) {
        return new ModelFigures(
                kind,
                Optional.of(new ModelFigures.Labels(
                        new Interval(f1, f1 - 0.010, f1 + 0.010),
                        f1 - 0.004,
                        Optional.empty(),
                        new Interval(f1 + 0.001, f1 - 0.009, f1 + 0.011),
                        retained.map(share -> new Interval(share - 0.06, share - 0.072, share - 0.048)),
                        new ModelFigures.Calibration(ece, Math.max(0, ece - 0.009), 0.017, 0.31, 0.62, 0.08))),
                Optional.empty(),
                retained,
                bytes,
                Optional.of(kind.equals("lexical") ? 5_046_272L : 22_742_861L),
                speed);
    }

    private static TrainFigures.Reliability reliability(String model, double tilt) {
        List<TrainFigures.Bin> bins = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            double confidence = 1 - Math.pow(1 - (i + 1) / 16.0, 1.6) * 0.75;
            bins.add(new TrainFigures.Bin(
                    confidence, Math.min(1, confidence + tilt + 0.03 * Math.sin(i * 2.1)), i < 5 ? 206 : 205));
        }
        return new TrainFigures.Reliability(model, bins);
    }

    private static TrainFigures.Rung rung(
            String kind, String variant, long bytes, double retained, List<String> missed, boolean chosen) {
        return new TrainFigures.Rung(
                kind,
                variant,
                65_536,
                bytes,
                48_000,
                0.42,
                0.581,
                0.879,
                retained,
                0.004,
                Map.of("accuracy", 0.86, "ece", 0.021),
                12.5,
                missed,
                chosen);
    }
}
