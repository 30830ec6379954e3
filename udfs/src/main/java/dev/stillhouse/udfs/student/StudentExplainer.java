package dev.stillhouse.udfs.student;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Says what every n-gram of a text adds to a student's logits. A student is a sum, so nothing is estimated: bias and {@link Evidence#added} of all evidence are the logits, which over the temperature go into the softmax. Safe for use by several threads; slower than {@link StudentKernel}, since it makes strings.
 */
public final class StudentExplainer {
    private final StudentModel model;
    private final FeatureExtractor extractor;
    private final FeatureExtractor singles = new FeatureExtractor(FeatureSpec.words(1));
    private final Map<String, Integer> words;
    private final Map<String, Integer> characters;
    private final Map<String, Integer> vectors;

    public StudentExplainer(StudentModel model) {
        this.model = model;
        this.extractor = new FeatureExtractor(model.features());
        this.words = rows(model.words());
        this.characters = rows(model.characters());
        this.vectors = rows(model.vectors().entries());
    }

    /** What an n-gram is known by. */
    public enum Part {
        WORDS,
        CHARACTERS,
        VECTOR
    }

    /**
     * An n-gram that a student found in a text.
     *
     * @param count how often
     * @param added what all occurrences together add to the logits, {@code double[labels]}, before temperature
     */
    public record Evidence(String ngram, Part part, int count, double[] added) {}

    /** The evidence of a text, in the order of first occurrence, words before characters before vectors; empty where the student knows nothing of it. */
    public List<Evidence> explain(String text) {
        List<Evidence> evidence = new ArrayList<>();
        addSums(evidence, Part.WORDS, model.words(), counts(words, hit -> extractor.words(text, hit)));
        addSums(
                evidence,
                Part.CHARACTERS,
                model.characters(),
                counts(characters, hit -> extractor.characters(text, hit)));
        addVectors(evidence, counts(vectors, hit -> singles.words(text, hit)));
        return evidence;
    }

    private void addSums(List<Evidence> evidence, Part part, StudentModel.Block block, Map<Integer, Integer> counts) {
        double norm = Math.sqrt(
                Math.max(1, counts.values().stream().mapToInt(Integer::intValue).sum()));
        counts.forEach((row, count) -> {
            double[] added = new double[model.labels().size()];
            for (int label = 0; label < added.length; label++) {
                added[label] = count * block.weights().at(row, label) / norm;
            }
            evidence.add(new Evidence(block.keys()[row], part, count, added));
        });
    }

    private void addVectors(List<Evidence> evidence, Map<Integer, Integer> counts) {
        StudentModel.Block entries = model.vectors().entries();
        int dimensions = entries.weights().columns();
        double[] sum = new double[dimensions];
        counts.forEach((row, count) -> {
            for (int i = 0; i < dimensions; i++) {
                sum[i] += count * entries.weights().at(row, i);
            }
        });
        double square = StudentModel.POOLING_FLOOR * StudentModel.POOLING_FLOOR;
        for (double value : sum) {
            square += value * value;
        }
        double norm = Math.sqrt(square);
        counts.forEach((row, count) ->
                evidence.add(new Evidence(entries.keys()[row], Part.VECTOR, count, projected(row, count / norm))));
    }

    private double[] projected(int row, double factor) {
        StudentModel.Weights vector = model.vectors().entries().weights();
        float[] projection = model.vectors().projection();
        double[] added = new double[model.labels().size()];
        for (int i = 0; i < vector.columns(); i++) {
            double value = factor * vector.at(row, i);
            for (int label = 0; label < added.length; label++) {
                added[label] += value * projection[i * added.length + label];
            }
        }
        return added;
    }

    private static Map<String, Integer> rows(StudentModel.Block block) {
        Map<String, Integer> rows = new HashMap<>(2 * block.keys().length);
        for (String key : block.keys()) {
            rows.put(key, rows.size());
        }
        return rows;
    }

    private static Map<Integer, Integer> counts(Map<String, Integer> rows, Consumer<Consumer<String>> ngrams) {
        Map<Integer, Integer> counts = new LinkedHashMap<>();
        if (!rows.isEmpty()) {
            ngrams.accept(ngram -> {
                Integer row = rows.get(ngram);
                if (row != null) {
                    counts.merge(row, 1, Integer::sum);
                }
            });
        }
        return counts;
    }
}
