package dev.stillhouse.datasets.quality;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Figures of predicted numbers, in the unit of gold.
 *
 * @param gold {@code double[documents]}, finite
 * @param predicted {@code double[documents]}, finite
 */
public record Regression(double[] gold, double[] predicted) {

    public Regression {
        if (gold.length != predicted.length) {
            throw new IllegalArgumentException("Invalid predictions: " + predicted.length
                    + " (must be as many as gold scores, " + gold.length + ")");
        }
    }

    /** Spearman's rank correlation, equal values sharing the mean of their ranks; 0 where either side is all one value. */
    public double spearman() {
        return spearman(null);
    }

    /** Mean of the absolute errors; 0 without documents. */
    public double meanAbsoluteError() {
        return meanAbsoluteError(null);
    }

    /** Root of the mean squared error; 0 without documents. */
    public double rootMeanSquaredError() {
        double squares = 0;
        for (int i = 0; i < gold.length; i++) {
            double error = predicted[i] - gold[i];
            squares += error * error;
        }
        return gold.length == 0 ? 0 : Math.sqrt(squares / gold.length);
    }

    /** F1 of "at least the threshold"; 0 where neither side has a document of that kind. */
    public double f1At(double threshold) {
        // In float32, as a published score is: 0.3 in float32 is above 0.3.
        float limit = (float) threshold;
        long right = 0;
        long both = 0;
        for (int i = 0; i < gold.length; i++) {
            boolean wanted = (float) gold[i] >= limit;
            boolean given = (float) predicted[i] >= limit;
            right += wanted && given ? 1 : 0;
            both += (wanted ? 1 : 0) + (given ? 1 : 0);
        }
        return both == 0 ? 0 : 2.0 * right / both;
    }

    /** The same of a resample: {@code sample} holds indices of documents, null for each once. */
    double spearman(int @Nullable [] sample) {
        return pearson(ranks(drawn(gold, sample)), ranks(drawn(predicted, sample)));
    }

    double meanAbsoluteError(int @Nullable [] sample) {
        int size = sample == null ? gold.length : sample.length;
        double sum = 0;
        for (int i = 0; i < size; i++) {
            int document = sample == null ? i : sample[i];
            sum += Math.abs(predicted[document] - gold[document]);
        }
        return size == 0 ? 0 : sum / size;
    }

    private static double[] drawn(double[] values, int @Nullable [] sample) {
        return sample == null
                ? values
                : Arrays.stream(sample)
                        .mapToDouble(document -> values[document])
                        .toArray();
    }

    private static double[] ranks(double[] values) {
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] ranks = new double[values.length];
        for (int from = 0; from < order.length; ) {
            int to = from + 1;
            while (to < order.length && values[order[to]] == values[order[from]]) {
                to++;
            }
            for (int i = from; i < to; i++) {
                ranks[order[i]] = (from + to - 1) / 2.0;
            }
            from = to;
        }
        return ranks;
    }

    private static double pearson(double[] left, double[] right) {
        double leftMean = Arrays.stream(left).average().orElse(0);
        double rightMean = Arrays.stream(right).average().orElse(0);
        double both = 0;
        double leftSquares = 0;
        double rightSquares = 0;
        for (int i = 0; i < left.length; i++) {
            double x = left[i] - leftMean;
            double y = right[i] - rightMean;
            both += x * y;
            leftSquares += x * x;
            rightSquares += y * y;
        }
        return leftSquares == 0 || rightSquares == 0 ? 0 : both / Math.sqrt(leftSquares * rightSquares);
    }
}
