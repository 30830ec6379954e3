package dev.stillhouse.datasets.quality;

import java.util.Arrays;
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
     * Measures probabilities of one label a document, which sum to 1.
     *
     * @param probabilities {@code float[documents][labels]}
     * @param judged what is so, and what was predicted; labels that the model does not know are beyond its labels
     */
    public static ProbabilityQuality of(float[][] probabilities, Classification judged) {
        double brier = 0;
        double loss = 0;
        float[] confidences = new float[probabilities.length];
        for (int i = 0; i < probabilities.length; i++) {
            float[] row = probabilities[i];
            int gold = judged.gold()[i][0];
            double truth = gold < row.length ? row[gold] : 0;
            double squares = 0;
            for (float probability : row) {
                squares += (double) probability * probability;
            }
            brier += squares + 1 - 2 * truth;
            loss -= Math.log(Math.max(truth, LEAST));
            confidences[i] = row[judged.predicted()[i][0]];
        }
        int documents = Math.max(1, probabilities.length);
        return new ProbabilityQuality(brier / documents, loss / documents, riskCoverage(confidences, judged));
    }

    /**
     * Measures independent probabilities; loss is the sum of the labels' binary cross-entropies.
     *
     * @param probabilities {@code float[documents][labels]}
     * @param judged what is so, and what was predicted; labels that the model does not know are beyond its labels
     * @param confidences how sure the model is of each document
     */
    public static ProbabilityQuality independent(float[][] probabilities, Classification judged, float[] confidences) {
        double brier = 0;
        double loss = 0;
        for (int i = 0; i < probabilities.length; i++) {
            for (int label = 0; label < probabilities[i].length; label++) {
                boolean has = Arrays.binarySearch(judged.gold()[i], label) >= 0;
                double truth = has ? probabilities[i][label] : 1 - probabilities[i][label];
                brier += (1 - truth) * (1 - truth);
                loss -= Math.log(Math.max(truth, LEAST));
            }
        }
        int documents = Math.max(1, probabilities.length);
        return new ProbabilityQuality(brier / documents, loss / documents, riskCoverage(confidences, judged));
    }

    private static double riskCoverage(float[] confidences, Classification judged) {
        int[] surestFirst = IntStream.range(0, confidences.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -confidences[i])
                        .thenComparing(Comparator.naturalOrder()))
                .mapToInt(Integer::intValue)
                .toArray();
        double area = 0;
        int wrong = 0;
        for (int kept = 1; kept <= surestFirst.length; kept++) {
            int document = surestFirst[kept - 1];
            wrong += Arrays.equals(judged.predicted()[document], judged.gold()[document]) ? 0 : 1;
            area += (double) wrong / kept;
        }
        return area / Math.max(1, surestFirst.length);
    }
}
