package dev.stillhouse.cli.pipeline;

import dev.stillhouse.datasets.quality.Bootstrap;
import dev.stillhouse.datasets.quality.Classification;
import dev.stillhouse.reports.record.TrainFigures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Quality by slice and label, and the mistakes that are made most. */
final class Breakdown {
    private static final int[] LENGTHS = {0, 50, 100, 200, 500, 1_000, 5_000};
    private static final int MOST_CONFUSIONS = 15;

    private final EvaluationRows evaluation;
    private final List<String> labels;
    private final Bootstrap bootstrap;

    Breakdown(EvaluationRows evaluation, List<String> labels, Bootstrap bootstrap) {
        this.evaluation = evaluation;
        this.labels = labels;
        this.bootstrap = bootstrap;
    }

    List<TrainFigures.Slice> slices(Classification teacher, Classification student, List<String> names) {
        List<TrainFigures.Slice> slices = new ArrayList<>();
        for (String name : names) {
            IntFunction<String> value = name.equals("source")
                    ? evaluation.sources()::get
                    : document -> length(evaluation.characters()[document]);
            Map<String, List<Integer>> members = new TreeMap<>();
            for (int document = 0; document < evaluation.size(); document++) {
                members.computeIfAbsent(value.apply(document), missing -> new ArrayList<>())
                        .add(document);
            }
            members.forEach((slice, documents) ->
                    slices.add(slice(name, slice, new Pair(part(teacher, documents), part(student, documents)))));
        }
        return slices;
    }

    private TrainFigures.Slice slice(String name, String value, Pair pair) {
        Bootstrap.Interval agreement =
                bootstrap.agreement(pair.teacher().predicted(), pair.student().predicted());
        return new TrainFigures.Slice(
                name,
                value.strip(),
                pair.student().gold().length,
                pair.teacher().f1Weighted(),
                pair.student().f1Weighted(),
                TrainMeasures.interval(agreement));
    }

    private Classification part(Classification all, List<Integer> documents) {
        int[] gold =
                documents.stream().mapToInt(document -> all.gold()[document]).toArray();
        int[] predicted = documents.stream()
                .mapToInt(document -> all.predicted()[document])
                .toArray();
        return new Classification(gold, predicted, labels.size());
    }

    /** The band of lengths a document is in; padded so that bands sort by length. */
    private static String length(int characters) {
        int band = 0;
        while (band + 1 < LENGTHS.length && characters > LENGTHS[band + 1]) {
            band++;
        }
        String bound =
                band + 1 < LENGTHS.length ? (LENGTHS[band] + 1) + " to " + LENGTHS[band + 1] : "over " + LENGTHS[band];
        return " ".repeat(LENGTHS.length - band) + bound + " characters";
    }

    List<TrainFigures.LabelQuality> byLabel(Classification teacher, Classification student) {
        int[] support = student.support();
        double[] teacherF1 = teacher.f1ByLabel();
        double[] studentF1 = student.f1ByLabel();
        return IntStream.range(0, labels.size())
                .filter(label -> support[label] > 0)
                .mapToObj(label -> new TrainFigures.LabelQuality(
                        labels.get(label), support[label], teacherF1[label], studentF1[label]))
                .sorted(Comparator.comparingDouble(TrainFigures.LabelQuality::studentF1)
                        .thenComparing(TrainFigures.LabelQuality::label))
                .toList();
    }

    List<TrainFigures.Confusion> confusions(Classification student) {
        Map<List<Integer>, Long> counts = new HashMap<>();
        for (int document = 0; document < student.gold().length; document++) {
            if (student.gold()[document] != student.predicted()[document]) {
                counts.merge(List.of(student.gold()[document], student.predicted()[document]), 1L, Long::sum);
            }
        }
        return counts.entrySet().stream()
                .map(entry -> new TrainFigures.Confusion(
                        labels.get(entry.getKey().get(0)),
                        labels.get(entry.getKey().get(1)),
                        entry.getValue()))
                .sorted(Comparator.comparingLong(TrainFigures.Confusion::documents)
                        .reversed()
                        .thenComparing(TrainFigures.Confusion::gold)
                        .thenComparing(TrainFigures.Confusion::student))
                .limit(MOST_CONFUSIONS)
                .toList();
    }

    private record Pair(Classification teacher, Classification student) {}
}
