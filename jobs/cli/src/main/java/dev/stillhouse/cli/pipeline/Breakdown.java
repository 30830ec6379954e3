package dev.stillhouse.cli.pipeline;

import dev.stillhouse.datasets.quality.Classification;
import dev.stillhouse.reports.record.TrainFigures;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Quality by label, and the mistakes that are made most. */
final class Breakdown {
    private static final int MOST_CONFUSIONS = 15;

    private final List<String> labels;

    Breakdown(List<String> labels) {
        this.labels = labels;
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

    /** The most frequent mistakes of a model that gives one label. */
    List<TrainFigures.Confusion> confusions(Classification student) {
        Map<List<Integer>, Long> counts = new HashMap<>();
        for (int document = 0; document < student.gold().length; document++) {
            int gold = student.gold()[document][0];
            int predicted = student.predicted()[document][0];
            if (gold != predicted) {
                counts.merge(List.of(gold, predicted), 1L, Long::sum);
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
}
