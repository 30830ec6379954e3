package dev.stillhouse.cli.pipeline;

import dev.stillhouse.reports.record.TrainFigures;
import dev.stillhouse.udfs.student.StudentModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The word n-grams that speak most for each label. */
final class TopNgrams {
    private static final int NGRAMS = 6;

    private TopNgrams() {}

    static List<TrainFigures.TopFeatures> of(StudentModel model) {
        List<TrainFigures.TopFeatures> top = new ArrayList<>();
        StudentModel.Block words = model.words();
        for (int label = 0; label < model.labels().size(); label++) {
            int column = label;
            List<String> ngrams = IntStream.range(0, words.keys().length)
                    .filter(row -> words.weights().at(row, column) > 0)
                    .boxed()
                    .sorted(Comparator.comparingDouble(
                                    (Integer row) -> -words.weights().at(row, column))
                            .thenComparing(row -> words.keys()[row]))
                    .limit(NGRAMS)
                    .map(row -> words.keys()[row])
                    .toList();
            top.add(new TrainFigures.TopFeatures(model.labels().get(label), ngrams));
        }
        return top;
    }
}
