package dev.stillhouse.student;

import dev.stillhouse.datasets.numeric.LinkRegression;
import dev.stillhouse.datasets.quality.TemperatureScaling;
import dev.stillhouse.datasets.quality.TemperatureScaling.Prediction;
import dev.stillhouse.student.export.EncoderHead;
import dev.stillhouse.udfs.Link;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A calibrated head on an encoder's layer, and what it says of the select part.
 *
 * @param probabilities of its rows, {@code double[rows][labels]}
 */
record LayerHead(EncoderHead head, double[][] probabilities) {
    /** Weights of the rows against the penalty, from the strongest penalty to the weakest, each fitted from where the last one ended. */
    private static final double[] GRID = {100, 1_000};

    private static final int ITERATIONS = 30;

    /** Fits a head, whose penalty the select part chooses; its temperature is 1. */
    static EncoderHead fit(LayerRows fit, LayerRows select, int layer) {
        LinkRegression regression = new LinkRegression(Link.SOFTMAX, fit.vectors(layer), fit.trained());
        float[][] held = select.vectors(layer);
        LinkRegression.Fit last = null;
        EncoderHead best = null;
        double least = Double.POSITIVE_INFINITY;
        for (double c : GRID) {
            last = last == null ? regression.fit(c, ITERATIONS) : regression.fit(c, ITERATIONS, last.point());
            EncoderHead head = new EncoderHead(last.weights(), last.bias(), 1);
            List<Prediction> predictions = predictions(head, held, select.trained());
            double loss = TemperatureScaling.loss(
                    Link.SOFTMAX, predictions, TemperatureScaling.fit(Link.SOFTMAX, predictions));
            if (best != null && !(loss < least)) {
                return best;
            }
            best = head;
            least = loss;
        }
        if (best == null) {
            throw new IllegalStateException("Cannot fit a head: the grid of penalties is empty");
        }
        return best;
    }

    /** A head with the temperature that fits the select part best, gold labels and soft targets counting alike, or gold alone where all is gold. */
    static LayerHead calibrated(EncoderHead head, LayerRows select, int layer) {
        float[][] vectors = select.vectors(layer);
        LayerRows.Part soft = select.soft();
        LayerRows.Part gold = select.gold();
        List<Prediction> golden = predictions(head, gold.of(vectors), gold.targets());
        float temperature = (float) TemperatureScaling.fit(
                Link.SOFTMAX,
                select.allGold() ? golden : Held.together(predictions(head, soft.of(vectors), soft.targets()), golden));
        double[][] probabilities = Arrays.stream(vectors)
                .map(vector -> Link.SOFTMAX.outputs(head.logits(vector), temperature))
                .toArray(double[][]::new);
        return new LayerHead(head.withTemperature(temperature), probabilities);
    }

    private static List<Prediction> predictions(EncoderHead head, float[][] vectors, double[][] targets) {
        return IntStream.range(0, vectors.length)
                .mapToObj(row -> new Prediction(head.logits(vectors[row]), targets[row], 1))
                .toList();
    }

    /** How a student does that says this of the select part. */
    static SelectFigures figures(double[][] probabilities, LayerRows select) {
        return SelectLabels.chosen(new SelectLabels.Believed(
                said(probabilities, select.soft()),
                SelectLabels.USUAL_SHARE,
                select.allGold() ? said(probabilities, select.gold()) : List.of()));
    }

    private static List<Prediction> said(double[][] probabilities, LayerRows.Part part) {
        return IntStream.of(part.indices())
                .mapToObj(row -> new Prediction(probabilities[row], part.all()[row], 1))
                .toList();
    }

    /** Share of the select part that has the other's label. */
    double agreement(LayerHead other) {
        return agreement(probabilities, other.probabilities);
    }

    /** Share of rows with one label, 0 of none. */
    static double agreement(double[][] one, double[][] other) {
        return IntStream.range(0, one.length)
                .mapToDouble(row -> Link.first(one[row]) == Link.first(other[row]) ? 1 : 0)
                .average()
                .orElse(0);
    }
}
