package dev.stillhouse.cli.pipeline;

import dev.stillhouse.reports.record.TrainFigures;
import dev.stillhouse.udfs.student.FeatureExtractor;
import dev.stillhouse.udfs.student.StudentModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The word n-grams that decided for each label: those that added most to the label's logit, above what they added to the labels on average, over the evaluation documents that got it. Large weights alone would name n-grams of single documents.
 */
final class TopNgrams {
    private static final int NGRAMS = 6;

    private final StudentModel model;
    private final FeatureExtractor extractor;
    private final Map<String, Integer> rows = new HashMap<>();

    private TopNgrams(StudentModel model) {
        this.model = model;
        this.extractor = new FeatureExtractor(model.features());
        for (String ngram : model.words().keys()) {
            rows.put(ngram, rows.size());
        }
    }

    /**
     * The n-grams of each label, at most {@value #NGRAMS}, by what they added.
     *
     * @param texts the evaluation documents
     * @param predicted index of the label that each got
     */
    static List<TrainFigures.TopFeatures> of(StudentModel model, List<String> texts, int[] predicted) {
        TopNgrams ngrams = new TopNgrams(model);
        List<TrainFigures.TopFeatures> top = new ArrayList<>();
        for (int label = 0; label < model.labels().size(); label++) {
            int wanted = label;
            List<String> deciding = IntStream.range(0, predicted.length)
                    .filter(document -> predicted[document] == wanted)
                    .mapToObj(texts::get)
                    .toList();
            top.add(new TrainFigures.TopFeatures(model.labels().get(label), ngrams.of(wanted, deciding)));
        }
        return top;
    }

    private List<String> of(int label, List<String> texts) {
        double[] added = new double[rows.size()];
        for (String text : texts) {
            List<Integer> hits = new ArrayList<>();
            extractor.words(text, ngram -> {
                Integer row = rows.get(ngram);
                if (row != null) {
                    hits.add(row);
                }
            });
            double norm = Math.sqrt(Math.max(1, hits.size()));
            hits.forEach(row -> added[row] += advantage(row, label) / norm);
        }
        String[] keys = model.words().keys();
        return IntStream.range(0, added.length)
                .filter(row -> added[row] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer row) -> -added[row]).thenComparing(row -> keys[row]))
                .limit(NGRAMS)
                .map(row -> keys[row])
                .toList();
    }

    private double advantage(int row, int label) {
        int labels = model.labels().size();
        double sum = 0;
        for (int other = 0; other < labels; other++) {
            sum += model.words().weights().at(row, other);
        }
        return model.words().weights().at(row, label) - sum / labels;
    }
}
