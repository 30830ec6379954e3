package dev.stillhouse.cli.pipeline;

import dev.stillhouse.reports.record.TrainFigures;
import dev.stillhouse.udfs.student.StudentExplainer;
import dev.stillhouse.udfs.student.StudentExplainer.Evidence;
import dev.stillhouse.udfs.student.StudentExplainer.Part;
import dev.stillhouse.udfs.student.StudentModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The words and word n-grams that decided for each label: those that added most to the label's logit, above what they added to the labels on average, over the evaluation documents that got it. Large weights alone would name n-grams of single documents.
 */
final class TopNgrams {
    private static final int NGRAMS = 6;

    private TopNgrams() {}

    /**
     * The n-grams of each label, at most {@value #NGRAMS}, by what they added.
     *
     * @param texts the evaluation documents
     * @param predicted index of the label that each got
     */
    static List<TrainFigures.TopFeatures> of(StudentModel model, List<String> texts, int[] predicted) {
        StudentExplainer explainer = new StudentExplainer(model);
        List<Map<String, Double>> added = new ArrayList<>();
        model.labels().forEach(label -> added.add(new HashMap<>()));
        for (int document = 0; document < predicted.length; document++) {
            Map<String, Double> sums = added.get(predicted[document]);
            for (Evidence evidence : explainer.explain(texts.get(document))) {
                if (evidence.part() != Part.CHARACTERS) {
                    sums.merge(evidence.ngram(), advantage(evidence.added(), predicted[document]), Double::sum);
                }
            }
        }
        List<TrainFigures.TopFeatures> top = new ArrayList<>();
        for (int label = 0; label < added.size(); label++) {
            top.add(new TrainFigures.TopFeatures(model.labels().get(label), most(added.get(label))));
        }
        return top;
    }

    private static List<String> most(Map<String, Double> added) {
        return added.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(NGRAMS)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static double advantage(double[] added, int label) {
        return added[label] - Arrays.stream(added).average().orElse(0);
    }
}
