package dev.stillhouse.cli.pipeline;

import dev.stillhouse.reports.record.TrainFigures;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.student.Student;
import dev.stillhouse.udfs.student.StudentExplainer;
import dev.stillhouse.udfs.student.StudentExplainer.Evidence;
import dev.stillhouse.udfs.student.StudentExplainer.Part;
import dev.stillhouse.udfs.student.StudentKernel;
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
     * The n-grams of each label, at most {@value #NGRAMS}, by what they added; none of a student without n-grams.
     *
     * @param texts the evaluation documents
     * @param predicted indices of the labels that each got
     */
    static List<TrainFigures.TopFeatures> of(Student student, List<String> texts, int[][] predicted) {
        return student instanceof StudentKernel kernel ? of(kernel.model(), texts, predicted) : List.of();
    }

    private static List<TrainFigures.TopFeatures> of(StudentModel model, List<String> texts, int[][] predicted) {
        StudentExplainer explainer = new StudentExplainer(model);
        List<Map<String, Double>> added = new ArrayList<>();
        model.labels().forEach(label -> added.add(new HashMap<>()));
        for (int document = 0; document < predicted.length; document++) {
            for (Evidence evidence : explainer.explain(texts.get(document))) {
                if (evidence.part() != Part.CHARACTERS) {
                    for (int label : predicted[document]) {
                        double advantage = advantage(model.decision().link(), evidence.added(), label);
                        added.get(label).merge(evidence.ngram(), advantage, Double::sum);
                    }
                }
            }
        }
        List<TrainFigures.TopFeatures> top = new ArrayList<>();
        for (int label = 0; label < added.size(); label++) {
            top.add(new TrainFigures.TopFeatures(model.labels().get(label), most(added.get(label))));
        }
        return top;
    }

    /** The n-grams that raised scores most, and those that lowered them most, over all documents; none of a student without n-grams. */
    static List<TrainFigures.TopFeatures> ofScores(Student student, List<String> texts) {
        return student instanceof StudentKernel kernel ? ofScores(kernel.model(), texts) : List.of();
    }

    private static List<TrainFigures.TopFeatures> ofScores(StudentModel model, List<String> texts) {
        StudentExplainer explainer = new StudentExplainer(model);
        Map<String, Double> raised = new HashMap<>();
        Map<String, Double> lowered = new HashMap<>();
        for (String text : texts) {
            for (Evidence evidence : explainer.explain(text)) {
                if (evidence.part() != Part.CHARACTERS) {
                    raised.merge(evidence.ngram(), evidence.added()[0], Double::sum);
                    lowered.merge(evidence.ngram(), -evidence.added()[0], Double::sum);
                }
            }
        }
        return List.of(
                new TrainFigures.TopFeatures("higher scores", most(raised)),
                new TrainFigures.TopFeatures("lower scores", most(lowered)));
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

    private static double advantage(Link link, double[] added, int label) {
        return link == Link.SOFTMAX
                ? added[label] - Arrays.stream(added).average().orElse(0)
                : added[label];
    }
}
