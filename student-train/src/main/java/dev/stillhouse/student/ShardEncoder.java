package dev.stillhouse.student;

import dev.stillhouse.udfs.errors.DataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;

/**
 * Rows of {@link LearningRows#sharded} to {@link ShardEpochs.Shard}s. The soft target of a row whose gold label is known is {@code goldWeight * onehot(label) + (1 - goldWeight) * probabilities}, that of others the teacher's probabilities.
 *
 * @param vocabulary what texts are encoded by
 * @param labels the labels, in the order of the probabilities
 * @param goldWeight 0 to 1
 */
record ShardEncoder(Vocabulary vocabulary, List<String> labels, float goldWeight)
        implements MapPartitionsFunction<Row, byte[]> {
    private static final long serialVersionUID = 1L;
    /** How far from 1 a sum of probabilities may be: a thousand labels in float32 are off by less. */
    private static final double TOLERANCE = 1e-3;

    ShardEncoder {
        labels = List.copyOf(labels);
    }

    @Override
    public Iterator<byte[]> call(Iterator<Row> rows) {
        List<byte[]> shards = new ArrayList<>();
        Vocabulary.Encoder encoder = vocabulary.encoder();
        Builder builder = null;
        while (rows.hasNext()) {
            Row row = rows.next();
            if (builder == null || builder.number != row.getInt(0)) {
                if (builder != null) {
                    shards.add(builder.build().toBytes());
                }
                builder = new Builder(row.getInt(0), labels);
            }
            builder.add(encoder.encode(row.getString(1)), target(row));
        }
        if (builder != null) {
            shards.add(builder.build().toBytes());
        }
        return shards.iterator();
    }

    private float[] target(Row row) {
        List<Float> probabilities = row.getList(4);
        check(probabilities);
        boolean gold = row.getBoolean(3);
        float[] target = new float[labels.size()];
        for (int label = 0; label < target.length; label++) {
            target[label] = (gold ? 1 - goldWeight : 1) * probabilities.get(label);
        }
        if (gold) {
            int label = labels.indexOf(row.getString(2));
            if (label < 0) {
                throw new DataException("Cannot train on gold label " + row.getString(2) + ": the teacher's "
                        + labels.size() + " labels do not hold it. Run label again");
            }
            target[label] += goldWeight;
        }
        return target;
    }

    private void check(List<Float> probabilities) {
        double sum = 0;
        for (Float probability : probabilities) {
            sum += probability == null || probability < 0 ? Double.NaN : probability;
        }
        if (probabilities.size() != labels.size() || !(Math.abs(sum - 1) <= TOLERANCE)) {
            throw new DataException(
                    "Cannot train on probabilities " + probabilities.subList(0, Math.min(5, probabilities.size()))
                            + (probabilities.size() > 5 ? "..." : "") + ": they are " + probabilities.size()
                            + " and sum to " + sum + " (must be "
                            + labels.size() + " from 0 to 1 that sum to 1). Run label again");
        }
    }

    /** Collects the documents of a shard. */
    private static final class Builder {
        private final int number;
        private final int labels;
        private final Sparse.Builder ngrams = new Sparse.Builder();
        private final Sparse.Builder words = new Sparse.Builder();
        private float[] targets = new float[64];

        Builder(int number, List<String> labels) {
            this.number = number;
            this.labels = labels.size();
        }

        void add(Vocabulary.Encoded document, float[] target) {
            int end = (ngrams.size() + 1) * labels;
            if (end > targets.length) {
                targets = Arrays.copyOf(targets, Math.max(end, 2 * targets.length));
            }
            System.arraycopy(target, 0, targets, end - labels, labels);
            ngrams.add(document.ngrams());
            words.add(document.words());
        }

        ShardEpochs.Shard build() {
            float[] used = Arrays.copyOf(targets, ngrams.size() * labels);
            return new ShardEpochs.Shard(number, new Examples(ngrams.build(), words.build(), used, labels));
        }
    }
}
