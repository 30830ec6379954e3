package dev.stillhouse.reports;

import dev.stillhouse.reports.record.Interval;
import dev.stillhouse.reports.record.LabelFigures;
import dev.stillhouse.reports.record.ModelFigures;
import dev.stillhouse.reports.record.SentenceLabelFigures;
import dev.stillhouse.reports.record.StageRecord;
import dev.stillhouse.reports.record.SummarizeFigures;
import dev.stillhouse.reports.record.SummaryFigures;
import dev.stillhouse.reports.record.SummaryFigures.Piece;
import dev.stillhouse.reports.record.SummaryFigures.SystemFigures;
import dev.stillhouse.reports.record.TrainFigures;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Records of a task that summarises, with numbers as they occur. */
final class SummaryFixtures {
    static final String SECRET = "the adrenal glands of the bison lie behind the artery";
    /** Sentences of the long document. */
    static final int SENTENCES = 40;

    static final String PLAIN = "source of the abstracts";
    static final String MODEL = "20250602-0914-a3f9";

    private SummaryFixtures() {}

    static Report complete() {
        return report(PLAIN, "reference", "");
    }

    static Report refused() {
        return report(
                PLAIN,
                "reference",
                "Cannot publish the student of run 20250602-0915-a3f9: retained is 0.8300 (must be at least 0.97)");
    }

    /** Without references: nothing to compare with but what the teacher chooses. */
    static Report judgedByTeacher() {
        return report(PLAIN, "teacher", "");
    }

    /** Every text from data is the one given. */
    static Report withTexts(String text) {
        return report(text, "reference", "");
    }

    /** What labelling alone leaves. */
    static Report labelled() {
        Report complete = complete();
        return with(new Report.Summaries(complete.summaries().label(), Optional.empty(), Optional.empty()));
    }

    /** All stages, and nothing in their lists. */
    static Report bare() {
        SummaryFigures full = complete().summaries().train().orElseThrow().figures();
        SummaryFigures train = new SummaryFigures(
                full.learning(),
                full.budget(),
                full.judgedBy(),
                Map.of(),
                List.of(),
                Double.NaN,
                new Interval(Double.NaN, Double.NaN, Double.NaN),
                new SummaryFigures.Calibration(0, List.of()),
                0,
                0,
                List.of(),
                List.of(),
                List.of(),
                List.of());
        SummarizeFigures summarize = new SummarizeFigures(
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                Map.of(),
                Map.of(),
                "200 words",
                MODEL,
                0,
                0,
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Optional.empty());
        return with(new Report.Summaries(
                Optional.of(Fixtures.stage(
                        "label",
                        new SentenceLabelFigures(
                                "reference-1", "reference", "200 words", 0, 0, 0, Map.of(), Optional.empty(), 0),
                        1,
                        1,
                        "")),
                Optional.of(Fixtures.stage("train", train, 1, 1, "")),
                Optional.of(Fixtures.stage("summarize", summarize, 1, 1, ""))));
    }

    /** The report without documents to look at. */
    static Report withExamples(int most) {
        Report.Summaries complete = complete().summaries();
        return with(new Report.Summaries(
                complete.label(),
                complete.train().map(stage -> stage.withFigures(stage.figures().withExamples(most))),
                complete.summarize()
                        .map(stage -> stage.withFigures(stage.figures().withExamples(most)))));
    }

    /** The report with a document of so many sentences, of which the last is chosen. */
    static Report withDocument(int sentences) {
        Report.Summaries complete = complete().summaries();
        StageRecord<SummaryFigures> train = complete.train().orElseThrow();
        SummaryFigures full = train.figures();
        List<Piece> pieces = IntStream.rangeClosed(1, sentences)
                .mapToObj(i -> new Piece("Sentence " + i + ".", 0.2, 0.1, false, i == sentences))
                .toList();
        SummaryFigures figures = new SummaryFigures(
                full.learning(),
                full.budget(),
                full.judgedBy(),
                full.systems(),
                full.differences(),
                full.retained(),
                full.agreement(),
                full.calibration(),
                full.bytes(),
                full.parameters(),
                full.slices(),
                full.weights(),
                List.of(new SummaryFigures.Example("test", "long", 40, pieces)),
                full.targets());
        return with(
                new Report.Summaries(complete.label(), Optional.of(train.withFigures(figures)), complete.summarize()));
    }

    private static Report with(Report.Summaries summaries) {
        return new Report(
                "abstracts",
                Fixtures.complete().curate(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                summaries,
                "2025-06-02 09:14 UTC");
    }

    private static Report report(String text, String judgedBy, String refusal) {
        return with(new Report.Summaries(
                Optional.of(Fixtures.stage("label", label(text), 9.1, 10.9, "")),
                Optional.of(Fixtures.stage("train", train(text, judgedBy), 83.2, 86.4, refusal)),
                Optional.of(Fixtures.stage("summarize", SummarizeFixtures.of(text), 18.1, 19.1, ""))));
    }

    private static SentenceLabelFigures label(String text) {
        return new SentenceLabelFigures(
                "salience-1 759c3cd2b7fe 200.0 words",
                text.equals(PLAIN) ? "salience by minilm" : text,
                "200 words",
                600,
                108_353,
                4_233,
                Map.of(text, 2L),
                Optional.of(new LabelFigures.Inference(522, 107_831, 0, 5_842_170, 0.017, 889, Optional.empty())),
                58.6);
    }

    private static SummaryFigures train(String text, String judgedBy) {
        boolean isReferenced = judgedBy.equals("reference");
        Map<String, SystemFigures> systems = new LinkedHashMap<>();
        systems.put("teacher", system(isReferenced ? 55.1 : 100, speed(15.4, Optional.of(1.0)), 2));
        systems.put("student", system(52.4, speed(909.3, Optional.of(59.0)), 2));
        systems.put("lead", system(38.8, speed(1_528, Optional.of(99.2)), 30));
        systems.put("tail", system(42.5, speed(1_599, Optional.of(103.8)), 30));
        systems.put("random", system(41.6, speed(1_580, Optional.of(102.6)), 1));
        systems.put("textrank", system(46.4, speed(523, Optional.of(34.0)), 1));
        systems.put("lexrank", system(45.6, speed(528, Optional.of(34.3)), 2));
        if (isReferenced) {
            systems.put("oracle", system(60, Optional.empty(), 2));
        }
        List<SummaryFigures.Difference> differences = new ArrayList<>();
        systems.forEach((name, system) -> {
            if (!name.equals("student")) {
                differences.add(difference(name, 52.4 - system.rouge1().value()));
            }
        });
        return new SummaryFigures(
                new SummaryFigures.Learning(400, 200, 200, 0, 68_190, 0.4125, 0.03, 0.992, 0.5),
                "200 words",
                judgedBy,
                systems,
                differences,
                isReferenced ? 0.951 : 0.502,
                new Interval(0.2124, 0.191, 0.232),
                calibration(),
                1_530_499,
                68_470,
                slices(text),
                weights(text),
                examples(text),
                List.of(
                        new TrainFigures.Target("retained", "at least 0.9", Optional.of(0.951), true),
                        new TrainFigures.Target("speedup", "at least 50", Optional.of(59.0), true)));
    }

    private static Optional<ModelFigures.Speed> speed(double rate, Optional<Double> speedup) {
        return Optional.of(new ModelFigures.Speed(rate, rate * 0.9, rate * 1.1, 2, 20_000 / rate, speedup));
    }

    /** With the first of ten shares so many times another. */
    private static SystemFigures system(double rouge1, Optional<ModelFigures.Speed> speed, double first) {
        List<Double> positions = new ArrayList<>(Collections.nCopies(10, 1 / (first + 9)));
        positions.set(0, first / (first + 9));
        return new SystemFigures(
                around(rouge1),
                around(rouge1 * 0.4),
                around(rouge1 * 0.5),
                around(rouge1 * 0.8),
                198.7,
                0.052,
                0.117,
                positions,
                speed);
    }

    /** ROUGE-2 of LexRank is not clear, and no figure of what is like it. */
    private static SummaryFigures.Difference difference(String right, double points) {
        Interval second = right.equals("lexrank") ? new Interval(0.4, -0.6, 1.4) : around(points / 2);
        return new SummaryFigures.Difference(
                "student", right, around(points), second, around(right.equals("teacher") ? 0.1 : points));
    }

    private static Interval around(double value) {
        return new Interval(value, value - 1, value + 1);
    }

    private static SummaryFigures.Calibration calibration() {
        List<SummaryFigures.Bin> bins = IntStream.range(0, 15)
                .mapToObj(i -> new SummaryFigures.Bin(0.03 + 0.02 * i, 0.03 + 0.021 * i, 2_667))
                .toList();
        return new SummaryFigures.Calibration(0.0047, bins);
    }

    private static List<SummaryFigures.Slice> slices(String text) {
        return List.of(
                slice("source", text, 200, 52.4),
                slice("length", "5001 to 20000 characters", 37, 54.8),
                slice("length", "20001 to 100000 characters", 163, 51.8));
    }

    private static SummaryFigures.Slice slice(String name, String value, long documents, double rouge1) {
        return new SummaryFigures.Slice(
                name,
                value,
                documents,
                around(rouge1 + 2.7),
                around(rouge1),
                around(rouge1 * 0.4),
                around(rouge1 * 0.8));
    }

    private static List<SummaryFigures.Weight> weights(String text) {
        return List.of(
                new SummaryFigures.Weight("“cit”", -1.11),
                new SummaryFigures.Weight("“" + text + "”", 0.71),
                new SummaryFigures.Weight("centroid from 0.326", 0.52),
                new SummaryFigures.Weight("rarity from 3.57", -0.67));
    }

    private static List<SummaryFigures.Example> examples(String text) {
        List<Piece> pieces = new ArrayList<>();
        for (int i = 1; i <= SENTENCES; i++) {
            pieces.add(new Piece(
                    i == 5 ? SECRET : text.equals(PLAIN) ? "Sentence number " + i + "." : text,
                    0.1,
                    0.48 * i / SENTENCES,
                    i == 5 || i == 30,
                    i == 5 || i == 20));
        }
        return List.of(
                new SummaryFigures.Example(text, text, 59.7, pieces),
                new SummaryFigures.Example(
                        "test", "short", 100, List.of(new Piece("No sentence is chosen.", 0, 0, false, false))));
    }
}
