package dev.stillhouse.student;

import dev.stillhouse.datasets.schema.GoldLabel;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.errors.DataException;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a student is taught about a document. With {@code q_l} the teacher's probabilities softened, {@code p_l^(1/T) / sum over labels of p^(1/T)}: of a gold row {@code goldWeight * onehot(label) + (1 - goldWeight) * q}, of others {@code hardWeight * onehot(argmax p) + (1 - hardWeight) * q}. Where documents have any number of labels, each is
 * softened against its absence, and 1 for those that gold has or the teacher decides for; a score is mixed with gold's, and scaled.
 *
 * <p>See G. Hinton, O. Vinyals, J. Dean, Distilling the Knowledge in a Neural Network, 2015. There the student's logits are divided by the same {@code T}; here what calibrates the student does that.
 *
 * @param goal what is learned
 * @param scale of scores
 * @param goldWeight 0 to 1
 * @param hardWeight 0 to 1
 * @param temperature {@code T}, greater than 0; 1 leaves the probabilities as they are
 */
record SoftTargets(Goal goal, Scale scale, float goldWeight, float hardWeight, float temperature)
        implements Serializable {
    private static final long serialVersionUID = 1L;
    /** How far from 1 a sum of probabilities may be: a thousand labels in float32 are off by less. */
    private static final double TOLERANCE = 1e-3;

    private static final int MOST_SHOWN = 5;

    /** What is trained on, scores unscaled. */
    static SoftTargets trained(Goal goal, StudentConfig config) {
        return new SoftTargets(
                goal,
                Scale.NONE,
                (float) config.weightOfGold(),
                (float) config.distillation().hardWeight(),
                (float) config.distillation().temperature());
    }

    /** Gold labels where they are known, what the teacher gives elsewhere: what a student is judged by. */
    SoftTargets judged(float newGoldWeight) {
        return new SoftTargets(goal, scale, newGoldWeight, 0, 1);
    }

    SoftTargets withGoldWeight(float newGoldWeight) {
        return new SoftTargets(goal, scale, newGoldWeight, hardWeight, temperature);
    }

    SoftTargets withScale(Scale newScale) {
        return new SoftTargets(goal, newScale, goldWeight, hardWeight, temperature);
    }

    /**
     * The target of a row.
     *
     * @param gold the label, if it may be known
     * @param outputs the teacher's
     * @throws DataException if the outputs are none for these labels, or the gold label is none of them
     */
    float[] of(@Nullable String gold, List<Float> outputs) {
        check(outputs);
        float weight = gold == null ? hardWeight : goldWeight;
        float[] target = goal.link() == Link.IDENTITY ? new float[] {outputs.get(0)} : softened(outputs);
        double[] hard = gold == null ? decided(outputs) : gold(gold);
        for (int label = 0; label < target.length; label++) {
            target[label] *= 1 - weight;
            target[label] += weight * (float) hard[label];
        }
        if (!scale.isNone()) {
            target[0] = scale.in(target[0]);
        }
        return target;
    }

    private double[] gold(String label) {
        if (goal.link() == Link.SOFTMAX && !goal.labels().contains(label)) {
            throw new DataException("Cannot train on gold label " + label + ": the teacher's " + goal.size()
                    + " labels do not hold it. Run label again");
        }
        return GoldLabel.target(goal.link(), goal.labels(), label);
    }

    /** 1 for what the teacher decides for; its score as it is. */
    private double[] decided(List<Float> outputs) {
        double[] decided = new double[outputs.size()];
        if (goal.link() == Link.IDENTITY) {
            decided[0] = outputs.get(0);
        } else if (hardWeight > 0) {
            float[] values = new float[decided.length];
            for (int label = 0; label < values.length; label++) {
                values[label] = outputs.get(label);
            }
            for (int label : goal.link().decide(values, goal.teacher().limits(goal.labels()))) {
                decided[label] = 1;
            }
        }
        return decided;
    }

    private float[] softened(List<Float> probabilities) {
        float[] softened = new float[probabilities.size()];
        double top = goal.link() == Link.SOFTMAX ? Collections.max(probabilities) : 1;
        double sum = 0;
        for (int label = 0; label < softened.length; label++) {
            double powered = powered(probabilities.get(label) / top);
            softened[label] = temperature == 1 ? probabilities.get(label) : (float) powered;
            sum += powered;
        }
        for (int label = 0; label < softened.length && temperature != 1; label++) {
            softened[label] = goal.link() == Link.SOFTMAX
                    ? (float) (softened[label] / sum)
                    : independent(Math.min(1, probabilities.get(label)));
        }
        return softened;
    }

    private float independent(double probability) {
        double has = powered(probability);
        return (float) (has / (has + powered(1 - probability)));
    }

    private double powered(double probability) {
        return Math.pow(probability, 1 / temperature);
    }

    private void check(List<Float> outputs) {
        double sum = 0;
        for (Float output : outputs) {
            boolean isFine = output != null
                    && (goal.link() == Link.IDENTITY ? Float.isFinite(output) : output >= 0 && output <= 1 + TOLERANCE);
            sum += isFine ? output : Double.NaN;
        }
        boolean sums = goal.link() == Link.SOFTMAX ? Math.abs(sum - 1) <= TOLERANCE : !Double.isNaN(sum);
        if (outputs.size() != goal.size() || !sums) {
            String rule =
                    switch (goal.link()) {
                        case SOFTMAX -> goal.size() + " from 0 to 1 that sum to 1";
                        case LOGISTIC -> goal.size() + " from 0 to 1";
                        case IDENTITY -> "1 finite number";
                    };
            throw new DataException(
                    "Cannot train on probabilities " + outputs.subList(0, Math.min(MOST_SHOWN, outputs.size()))
                            + (outputs.size() > MOST_SHOWN ? "..." : "") + ": they are " + outputs.size()
                            + " and sum to " + sum + " (must be " + rule + "). Run label again");
        }
    }
}
