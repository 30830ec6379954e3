package dev.stillhouse.student;

import dev.stillhouse.udfs.errors.DataException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
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

    /** Collects the documents of a shard. */
    private static final class Builder {
        private final int number;
        private final int labels;
        private final List<Map<Integer, Float>> documents = new ArrayList<>();
        private final List<float[]> targets = new ArrayList<>();

        Builder(int number, List<String> labels) {
            this.number = number;
            this.labels = labels.size();
        }

        void add(Map<Integer, Float> features, float[] target) {
            documents.add(features);
            targets.add(target);
        }

        ShardEpochs.Shard build() {
            int entries = documents.stream().mapToInt(Map::size).sum();
            int[] starts = new int[documents.size() + 1];
            int[] features = new int[entries];
            float[] values = new float[entries];
            float[] flat = new float[documents.size() * labels];
            int next = 0;
            for (int document = 0; document < documents.size(); document++) {
                for (Map.Entry<Integer, Float> entry : documents.get(document).entrySet()) {
                    features[next] = entry.getKey();
                    values[next++] = entry.getValue();
                }
                starts[document + 1] = next;
                System.arraycopy(targets.get(document), 0, flat, document * labels, labels);
            }
            return new ShardEpochs.Shard(number, new Examples(starts, features, values, flat, labels));
        }
    }
}
