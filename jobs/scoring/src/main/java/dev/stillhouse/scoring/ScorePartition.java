package dev.stillhouse.scoring;

import dev.stillhouse.datasets.schema.Scores;
import dev.stillhouse.udfs.student.StudentKernel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.LongAccumulator;
import org.jspecify.annotations.Nullable;

/** Scores the rows (source, id, text) of a partition, one at a time. */
final class ScorePartition implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1L;

    private final Broadcast<byte[]> student;
    private final String model;
    private final @Nullable LongAccumulator progress;

    ScorePartition(Broadcast<byte[]> student, String model, @Nullable LongAccumulator progress) {
        this.student = student;
        this.model = model;
        this.progress = progress;
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        StudentKernel kernel = KernelCache.kernel(student.value(), model);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public Row next() {
                Row row = rows.next();
                if (progress != null) {
                    progress.add(1);
                }
                return score(kernel, row);
            }
        };
    }

    private Row score(StudentKernel kernel, Row row) {
        byte[] utf8 = row.getString(2).getBytes(StandardCharsets.UTF_8);
        float[] outputs = kernel.probabilities(utf8, 0, utf8.length);
        List<Object> values = new ArrayList<>(List.of(row.getString(1), row.getString(0)));
        switch (kernel.decision().link()) {
            case SOFTMAX -> addLabel(values, outputs, kernel);
            case LOGISTIC -> addLabels(values, outputs, kernel);
            case IDENTITY -> values.add(outputs[0]);
        }
        values.add(Scores.STUDENT);
        values.add(model);
        return RowFactory.create(values.toArray());
    }

    private static void addLabel(List<Object> values, float[] probabilities, StudentKernel kernel) {
        int first = 0;
        int second = -1;
        for (int label = 1; label < probabilities.length; label++) {
            if (probabilities[label] > probabilities[first]) {
                second = first;
                first = label;
            } else if (second < 0 || probabilities[label] > probabilities[second]) {
                second = label;
            }
        }
        values.add(kernel.labels().get(first));
        values.add(probabilities[first]);
        values.add(probabilities[first] - probabilities[second]);
    }

    private static void addLabels(List<Object> values, float[] probabilities, StudentKernel kernel) {
        float[] limits = kernel.decision().limits(kernel.labels());
        int[] given = kernel.decision().link().decide(probabilities, limits);
        float margin = 1;
        for (int label = 0; label < limits.length; label++) {
            margin = Math.min(margin, Math.abs(probabilities[label] - limits[label]));
        }
        values.add(Arrays.stream(given).mapToObj(kernel.labels()::get).toArray(String[]::new));
        values.add(probabilities);
        values.add(margin);
    }
}
