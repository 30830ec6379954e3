package dev.stillhouse.cli.pipeline;

import dev.stillhouse.datasets.quality.Bootstrap;
import dev.stillhouse.datasets.quality.Calibration;
import dev.stillhouse.datasets.quality.Classification;
import dev.stillhouse.datasets.quality.ProbabilityQuality;
import dev.stillhouse.datasets.schema.GoldLabel;
import dev.stillhouse.reports.record.Interval;
import dev.stillhouse.reports.record.ModelFigures;
import dev.stillhouse.udfs.Decision;
import dev.stillhouse.udfs.Link;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Judges models of labels on the same evaluation documents: what each got right, and how sure it was. */
final class Judge {
    private final Bootstrap bootstrap;
    private final List<String> known;
    private final List<String> labels;
    private final int[][] gold;
    private final long seed;

    /**
     * @param link of one label a document or of any number
     * @param known the student's labels
     */
    Judge(EvaluationRows evaluation, Link link, List<String> known, long seed) {
        this.bootstrap = Bootstrap.standard(seed);
        this.known = known;
        this.seed = seed;
        // Gold labels that the teacher never saw come after those it knows, and count as missed.
        List<SortedSet<String>> names = evaluation.gold().stream()
                .map(label -> GoldLabel.names(link, label))
                .toList();
        TreeSet<String> unknown = new TreeSet<>();
        names.forEach(unknown::addAll);
        known.forEach(unknown::remove);
        this.labels = new ArrayList<>(known);
        labels.addAll(unknown);
        Map<String, Integer> indices = new LinkedHashMap<>();
        labels.forEach(label -> indices.put(label, indices.size()));
        this.gold = names.stream()
                .map(set -> set.stream().mapToInt(indices::get).sorted().toArray())
                .toArray(int[][]::new);
    }

    /** All labels: the student's, then those that only evaluation documents have. */
    List<String> labels() {
        return labels;
    }

    /** The gold labels as indices of {@link #labels}, of each document ascending. */
    int[][] gold() {
        return gold;
    }

    Bootstrap bootstrap() {
        return bootstrap;
    }

    long seed() {
        return seed;
    }

    /**
     * What a model got right.
     *
     * @param probabilities {@code float[documents][labels]}, in the order of the student's labels
     * @param decision how they are read
     */
    Judged judged(float[][] probabilities, Decision decision) {
        float[] limits = decision.limits(known);
        int[][] predicted = Arrays.stream(probabilities)
                .map(row -> decision.link().decide(row, limits))
                .toArray(int[][]::new);
        Classification quality = new Classification(gold, predicted, labels.size());
        return decision.link() == Link.SOFTMAX
                ? chosen(quality, probabilities)
                : decided(quality, probabilities, limits);
    }

    private Judged chosen(Classification quality, float[][] probabilities) {
        float[] confidences = new float[probabilities.length];
        boolean[] right = new boolean[probabilities.length];
        for (int i = 0; i < confidences.length; i++) {
            confidences[i] = probabilities[i][quality.predicted()[i][0]];
            right[i] = quality.predicted()[i][0] == gold[i][0];
        }
        return new Judged(
                quality,
                new Sureness(confidences, right),
                Calibration.of(confidences, right, seed),
                ProbabilityQuality.of(probabilities, quality),
                confidences);
    }

    private Judged decided(Classification quality, float[][] probabilities, float[] limits) {
        int columns = limits.length;
        float[] pooled = new float[probabilities.length * columns];
        boolean[] has = new boolean[pooled.length];
        float[] margins = new float[probabilities.length];
        for (int i = 0; i < margins.length; i++) {
            margins[i] = 1;
            for (int label = 0; label < columns; label++) {
                pooled[i * columns + label] = probabilities[i][label];
                has[i * columns + label] = Arrays.binarySearch(gold[i], label) >= 0;
                margins[i] = Math.min(margins[i], Math.abs(probabilities[i][label] - limits[label]));
            }
        }
        return new Judged(
                quality,
                new Sureness(pooled, has),
                Calibration.of(pooled, has, seed),
                ProbabilityQuality.independent(probabilities, quality, margins),
                margins);
    }

    static Interval interval(Bootstrap.Interval interval) {
        return new Interval(interval.value(), interval.low(), interval.high());
    }

    /**
     * A model's predictions.
     *
     * @param sureness what calibration is measured on
     * @param confidences how sure it is of each document: probability of its label, or smallest distance of a probability from its threshold
     */
    record Judged(
            Classification quality,
            Sureness sureness,
            Calibration calibration,
            ProbabilityQuality probabilities,
            float[] confidences) {
        ModelFigures.Calibration figures() {
            return new ModelFigures.Calibration(
                    calibration.ece(),
                    calibration.debiased(),
                    calibration.floor(),
                    probabilities.brier(),
                    probabilities.loss(),
                    probabilities.riskCoverage());
        }
    }

    /**
     * Probabilities, as many for each document, and whether what they are of is so.
     *
     * @param probabilities document by document
     */
    record Sureness(float[] probabilities, boolean[] right) {

        /** Those of some documents of {@code all}. */
        Sureness of(List<Integer> documents, int all) {
            int each = all == 0 ? 0 : probabilities.length / all;
            float[] some = new float[documents.size() * each];
            boolean[] so = new boolean[some.length];
            for (int i = 0; i < documents.size(); i++) {
                System.arraycopy(probabilities, documents.get(i) * each, some, i * each, each);
                System.arraycopy(right, documents.get(i) * each, so, i * each, each);
            }
            return new Sureness(some, so);
        }
    }
}
