package dev.stillhouse.teacher;

import dev.stillhouse.udfs.Decision;
import dev.stillhouse.udfs.Link;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * The heads of a teacher's members as one function from their outputs to probabilities. One head: its own. Several, each with its own temperature: {@code p = softmax(log(sum of w_m p_m) / T)}, the linear opinion pool (M. Stone, The Opinion Pool, 1961), made as sure as it should be. Immutable, safe for use by several threads, serialisable.
 *
 * @param heads of the members, at least one; a label that a head does not know has probability 0 by it
 * @param weights of the members, greater than 0, summing to 1
 * @param temperature of the pool, greater than 0; 1 where there is one head, which has its own
 */
public record Mixture(List<Head> heads, List<Double> weights, double temperature) implements Serializable {
    /** Keeps the logarithm finite where no member gives a label any probability. */
    private static final double LEAST = 1e-9;

    public Mixture {
        heads = List.copyOf(heads);
        double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
        boolean mixes = heads.size() == 1
                || heads.stream().allMatch(head -> head.decision().link() == Link.SOFTMAX);
        if (heads.isEmpty() || !mixes || heads.size() != weights.size() || !(sum > 0)) {
            throw new IllegalArgumentException("Invalid mixture: " + heads.size() + " heads, weights " + weights
                    + " (must be equal numbers, at least 1, of a sum > 0; several of one label of several)");
        }
        weights = weights.stream().map(weight -> weight / sum).toList();
    }

    /** The mixture of one. */
    public static Mixture of(Head head) {
        return new Mixture(List.of(head), List.of(1.0), 1);
    }

    /** How outputs are read; several heads give one label of several. */
    public Decision decision() {
        return heads.size() == 1 ? heads.get(0).decision() : Decision.by(Link.SOFTMAX);
    }

    /** The labels that any head knows, in the order of the probabilities: sorted by their UTF-16 units. */
    public List<String> labels() {
        if (heads.size() == 1) {
            return heads.get(0).labels();
        }
        TreeSet<String> all = new TreeSet<>();
        heads.forEach(head -> all.addAll(head.labels()));
        return List.copyOf(all);
    }

    /** What a prediction is divided by before its softmax: the head's temperature, or the pool's. */
    public double lastTemperature() {
        return heads.size() == 1 ? heads.get(0).temperature() : temperature;
    }

    /** The same mixture with another temperature of the pool. */
    Mixture withTemperature(double newTemperature) {
        return new Mixture(heads, weights, newTemperature);
    }

    /**
     * The outputs of one document.
     *
     * @param outputs what each member's model returned, {@code float[members][dimensions]}
     * @return {@code float[labels]}, summing to 1 where there are several heads
     */
    public float[] probabilities(float[][] outputs) {
        if (heads.size() == 1) {
            return heads.get(0).probabilities(outputs[0]);
        }
        double[] exact = Link.SOFTMAX.outputs(pooled(members(outputs)), temperature);
        float[] probabilities = new float[exact.length];
        for (int label = 0; label < exact.length; label++) {
            probabilities[label] = (float) exact[label];
        }
        return probabilities;
    }

    /**
     * How much the members differ on one document: the Jensen-Shannon divergence of their probabilities, in units of its greatest value, 0 (all the same) to 1 (each sure of another label). 0 for one member.
     */
    public float disagreement(float[][] outputs) {
        if (heads.size() == 1) {
            return 0;
        }
        double[][] members = members(outputs);
        double[] mean = new double[labels().size()];
        double entropies = 0;
        double most = 0;
        for (int m = 0; m < members.length; m++) {
            double weight = weights.get(m);
            entropies += weight * entropy(members[m]);
            most -= weight * Math.log(weight);
            for (int label = 0; label < mean.length; label++) {
                mean[label] += weight * members[m][label];
            }
        }
        return (float) Math.min(1, Math.max(0, entropy(mean) - entropies) / most);
    }

    /** Logarithms of the members' pooled probabilities; {@code members} is {@code double[members][labels]}. */
    double[] pooled(double[][] members) {
        double[] logits = new double[members[0].length];
        for (int label = 0; label < logits.length; label++) {
            double sum = 0;
            for (int m = 0; m < members.length; m++) {
                sum += weights.get(m) * members[m][label];
            }
            logits[label] = Math.log(Math.max(LEAST, sum));
        }
        return logits;
    }

    /** A member's probabilities in the order of all labels. */
    double[] spread(int member, double[] probabilities) {
        List<String> all = labels();
        double[] spread = new double[all.size()];
        List<String> known = heads.get(member).labels();
        for (int label = 0; label < known.size(); label++) {
            spread[all.indexOf(known.get(label))] = probabilities[label];
        }
        return spread;
    }

    private double[][] members(float[][] outputs) {
        List<double[]> members = new ArrayList<>();
        for (int m = 0; m < outputs.length; m++) {
            Head head = heads.get(m);
            members.add(spread(m, Link.SOFTMAX.outputs(head.logits(outputs[m]), head.temperature())));
        }
        return members.toArray(double[][]::new);
    }

    private static double entropy(double[] probabilities) {
        return Arrays.stream(probabilities)
                .filter(p -> p > 0)
                .map(p -> -p * Math.log(p))
                .sum();
    }
}
