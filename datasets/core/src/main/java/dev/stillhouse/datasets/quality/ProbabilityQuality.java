package dev.stillhouse.datasets.quality;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How good probabilities are, beyond their most probable label. All are better the smaller they are.
 *
 * @param brier mean over documents of the sum over labels of (probability - truth) squared, 0 to 2 (G. Brier, Verification of Forecasts Expressed in Terms of Probability, 1950)
 * @param loss mean negative log-likelihood of the gold label, in nats; a probability of 0 counts as 1e-12
 * @param riskCoverage area under the risk-coverage curve: the share of wrong labels among the surest documents, averaged over how many of them are kept (Y. Geifman, R. El-Yaniv, Selective Classification for Deep Neural Networks, NIPS 2017)
 */
public record ProbabilityQuality(double brier, double loss, double riskCoverage) {
    private static final double LEAST = 1e-12;

    /**
     * Measures probabilities.
     *
     * @param probabilities {@code float[documents][labels]}
     * @param gold indices of labels; those that the model does not know are beyond its labels
     */
    public static ProbabilityQuality of(float[][] probabilities, int[] gold) {
        double brier = 0;
        double loss = 0;
        for (int i = 0; i < gold.length; i++) {
            float[] row = probabilities[i];
            boolean known = gold[i] < row.length;
            double truth = known ? row[gold[i]] : 0;
            double squares = 0;
            for (float probability : row) {
                squares += (double) probability * probability;
            }
            brier += squares + 1 - 2 * truth;
            loss -= Math.log(Math.max(truth, LEAST));
        }
        int documents = Math.max(1, gold.length);
        return new ProbabilityQuality(brier / documents, loss / documents, riskCoverage(probabilities, gold));
    }

    private static double riskCoverage(float[][] probabilities, int[] gold) {
        int[] predicted = Classification.argmax(probabilities);
        int[] surestFirst = IntStream.range(0, gold.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -probabilities[i][predicted[i]])
                        .thenComparing(Comparator.naturalOrder()))
                .mapToInt(Integer::intValue)
                .toArray();
        double area = 0;
        int wrong = 0;
        for (int kept = 1; kept <= surestFirst.length; kept++) {
            int document = surestFirst[kept - 1];
            wrong += predicted[document] == gold[document] ? 0 : 1;
            area += (double) wrong / kept;
        }
        return area / Math.max(1, surestFirst.length);
    }
}
