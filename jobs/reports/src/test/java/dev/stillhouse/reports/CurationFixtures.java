package dev.stillhouse.reports;

import dev.stillhouse.reports.record.CurateFigures;
import dev.stillhouse.reports.record.Histogram;
import dev.stillhouse.reports.record.Interval;
import dev.stillhouse.reports.record.NearDuplicateFigures;
import dev.stillhouse.reports.record.NearDuplicateFigures.Piece;
import dev.stillhouse.reports.record.NearDuplicateFigures.Side;
import dev.stillhouse.reports.record.Overhit;
import dev.stillhouse.reports.record.RuleFigures;
import dev.stillhouse.reports.record.RunDifference;
import dev.stillhouse.reports.record.SignalFigures;
import dev.stillhouse.reports.record.Volume;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Figures of a curation with everything in them; a text stands wherever a user's could. */
final class CurationFixtures {
    /** Stands in every text of a document, so that a page can be searched for it. */
    static final String SECRET = "SECRETTEXT";

    private CurationFixtures() {}

    static CurateFigures curate(String text) {
        Map<String, Long> removed = new LinkedHashMap<>();
        removed.put("near_duplicate", 1204L);
        removed.put("exact_duplicate", 311L);
        removed.put("own_rule", 96L);
        removed.put("contaminated", 14L);
        removed.put(text, 7L);
        return new CurateFigures(
                14_083,
                12_442,
                new Volume(12_442, 5_400_000, 880_000),
                3_080,
                false,
                removed,
                Map.of("empty_text", 9L),
                12,
                3,
                List.of(
                        new CurateFigures.SourceCounts("train.jsonl", 10_003, 8_700, 1_297, 6),
                        new CurateFigures.SourceCounts(text, 4_080, 3_742, 335, 3)),
                Fixtures.mix(text, 12_442),
                rules(text),
                signals(),
                Optional.of(near(text)),
                List.of(new Overhit(text, "words < 5", 120, 900, 0.02, new Interval(7.2, 4.1, 12.6))),
                examples(text),
                Optional.of(difference(text)));
    }

    private static List<RuleFigures> rules(String text) {
        List<RuleFigures> rules = new ArrayList<>();
        rules.add(rule("contaminated", "normalised text is in evaluate", true, 14));
        rules.add(rule("exact_duplicate", "normalised text again", true, 311));
        rules.add(rule("near_duplicate", "jaccard >= 0.8 of word 5-grams with a kept document", true, 1204));
        rules.add(rule(text, text, true, 103));
        rules.add(rule("very_few_words", "words < 5", false, 120));
        for (int i = 0; i < 20; i++) {
            rules.add(rule("gopher_" + i, "dup_" + i + "gram_chars > 0.1", false, 0));
        }
        return rules;
    }

    private static RuleFigures rule(String name, String condition, boolean drops, long documents) {
        Volume removed = drops ? new Volume(documents, documents * 400, documents * 60) : Volume.NONE;
        return new RuleFigures(name, name, condition, "words", "words-1", "Rae et al. 2021", drops, documents, removed);
    }

    private static Map<String, SignalFigures> signals() {
        Map<String, SignalFigures> signals = new LinkedHashMap<>();
        signals.put(
                "words",
                new SignalFigures(
                        "words",
                        "",
                        5,
                        12,
                        44,
                        120,
                        List.of(new SignalFigures.Threshold("words < 5", 5)),
                        14_000,
                        new Histogram(List.of(1.0, 20.0, 40.0, 60.0), List.of(9_000L, 4_000L, 1_000L))));
        signals.put(
                "letter_chars",
                new SignalFigures(
                        "letters",
                        "characters",
                        0.71,
                        0.79,
                        0.84,
                        0,
                        List.of(),
                        14_000,
                        new Histogram(List.of(0.5, 0.7, 0.9), List.of(4_000L, 10_000L))));
        signals.put(
                "dup_lines",
                new SignalFigures(
                        "lines that stood before",
                        "lines",
                        Double.NaN,
                        Double.NaN,
                        Double.NaN,
                        0,
                        List.of(),
                        0,
                        new Histogram(List.of(0.0), List.of())));
        return signals;
    }

    private static NearDuplicateFigures near(String text) {
        List<Double> curve = new ArrayList<>();
        for (int i = 0; i <= 50; i++) {
            curve.add(1 - Math.pow(1 - Math.pow(i / 50.0, 7), 15));
        }
        List<NearDuplicateFigures.Pair> pairs = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            pairs.add(new NearDuplicateFigures.Pair(
                    "00000000000000aa",
                    3,
                    new Side(
                            text,
                            "117",
                            List.of(
                                    new Piece("I still have not received " + SECRET, false),
                                    new Piece("my new card", true))),
                    new Side(
                            "train.jsonl",
                            text,
                            List.of(new Piece("I still have not received " + SECRET, false), new Piece(text, true))),
                    0.861,
                    0.97,
                    6));
        }
        return new NearDuplicateFigures(
                "jaccard >= 0.8 of word 5-grams with a kept document",
                "affine",
                0.8,
                0.97,
                15,
                7,
                curve,
                1_910,
                1_204,
                Map.of("below_threshold", 690L, "no_kept_partner", 16L),
                988,
                41,
                pairs);
    }

    private static List<CurateFigures.Example> examples(String text) {
        List<CurateFigures.Example> examples = new ArrayList<>();
        for (String reason : List.of("near_duplicate", "own_rule", CurateFigures.Example.KEPT, text)) {
            for (int i = 0; i < 5; i++) {
                examples.add(new CurateFigures.Example(
                        reason,
                        "train.jsonl",
                        "88" + i,
                        "The text " + SECRET,
                        text,
                        "and its end",
                        reason.equals(text) ? text : "words < 5",
                        Optional.of(3.0),
                        i == 0,
                        Optional.of(text),
                        Optional.of("train.jsonl"),
                        Optional.of(text)));
            }
        }
        return examples;
    }

    private static RunDifference difference(String text) {
        return new RunDifference(
                "20261101T020304Z-abcdef01-0a1b",
                12_500,
                40,
                8,
                Map.of("near_duplicate", 12L),
                Map.of(text, 90L),
                Map.of("own_rule → " + text, 3L),
                5,
                List.of("curate.rules[0]: (none) → " + text),
                List.of(new RunDifference.Document(text, text, "kept", text, Optional.of(text))));
    }
}
