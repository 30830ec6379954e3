package dev.stillhouse.student;

import dev.stillhouse.udfs.errors.DataException;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a student is taught about a document. With {@code q_l} the teacher's probabilities softened, {@code p_l^(1/T) / sum over labels of p^(1/T)}: of a gold row {@code goldWeight * onehot(label) + (1 - goldWeight) * q}, of others {@code hardWeight * onehot(argmax p) + (1 - hardWeight) * q}.
 *
 * <p>See G. Hinton, O. Vinyals, J. Dean, Distilling the Knowledge in a Neural Network, 2015. There the student's logits are divided by the same {@code T}; here what calibrates the student does that.
 *
 * @param labels the labels, in the order of the probabilities
 * @param goldWeight 0 to 1
 * @param hardWeight 0 to 1
 * @param temperature {@code T}, greater than 0; 1 leaves the probabilities as they are
 */
record SoftTargets(List<String> labels, float goldWeight, float hardWeight, float temperature) implements Serializable {
    private static final long serialVersionUID = 1L;
    /** How far from 1 a sum of probabilities may be: a thousand labels in float32 are off by less. */
    private static final double TOLERANCE = 1e-3;

    private static final int MOST_SHOWN = 5;

    SoftTargets {
        labels = List.copyOf(labels);
    }

    /** What is trained on. */
    static SoftTargets trained(List<String> labels, StudentConfig config) {
        return new SoftTargets(
                labels,
                (float) config.weightOfGold(),
                (float) config.distillation().hardWeight(),
                (float) config.distillation().temperature());
    }

    /** Gold labels where they are known, the teacher's probabilities elsewhere: what a student is judged by. */
    static SoftTargets judged(List<String> labels, float goldWeight) {
        return new SoftTargets(labels, goldWeight, 0, 1);
    }

    /**
     * The target of a row.
     *
     * @param gold the label, if it may be known
     * @param probabilities the teacher's
     * @throws DataException if the probabilities are no distribution over the labels, or the gold label is none of them
     */
    float[] of(@Nullable String gold, List<Float> probabilities) {
        check(probabilities);
        float weight = gold == null ? hardWeight : goldWeight;
        float[] target = softened(probabilities);
        int hard = gold == null ? argmax(probabilities) : index(gold);
        for (int label = 0; label < target.length; label++) {
            target[label] *= 1 - weight;
        }
        target[hard] += weight;
        return target;
    }

    private float[] softened(List<Float> probabilities) {
        float[] softened = new float[probabilities.size()];
        double sum = 0;
        for (int label = 0; label < softened.length; label++) {
            softened[label] = temperature == 1
                    ? probabilities.get(label)
                    : (float) Math.pow(probabilities.get(label), 1 / temperature);
            sum += softened[label];
        }
        for (int label = 0; label < softened.length && temperature != 1; label++) {
            softened[label] /= (float) sum;
        }
        return softened;
    }

    private int index(String gold) {
        int label = labels.indexOf(gold);
        if (label < 0) {
            throw new DataException("Cannot train on gold label " + gold + ": the teacher's " + labels.size()
                    + " labels do not hold it. Run label again");
        }
        return label;
    }

    private static int argmax(List<Float> probabilities) {
        int best = 0;
        for (int label = 1; label < probabilities.size(); label++) {
            best = probabilities.get(label) > probabilities.get(best) ? label : best;
        }
        return best;
    }

    private void check(List<Float> probabilities) {
        double sum = 0;
        for (Float probability : probabilities) {
            sum += probability == null || probability < 0 ? Double.NaN : probability;
        }
        if (probabilities.size() != labels.size() || !(Math.abs(sum - 1) <= TOLERANCE)) {
            throw new DataException("Cannot train on probabilities "
                    + probabilities.subList(0, Math.min(MOST_SHOWN, probabilities.size()))
                    + (probabilities.size() > MOST_SHOWN ? "..." : "") + ": they are " + probabilities.size()
                    + " and sum to " + sum + " (must be "
                    + labels.size() + " from 0 to 1 that sum to 1). Run label again");
        }
    }
}
