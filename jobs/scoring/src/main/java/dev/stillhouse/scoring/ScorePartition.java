package dev.stillhouse.scoring;

import dev.stillhouse.datasets.schema.Scores;
import dev.stillhouse.udfs.student.StudentKernel;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
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
        float[] probabilities = kernel.probabilities(utf8, 0, utf8.length);
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
        float margin = probabilities[first] - probabilities[second];
        return RowFactory.create(
                row.getString(1),
                row.getString(0),
                kernel.labels().get(first),
                probabilities[first],
                margin,
                Scores.STUDENT,
                model);
    }
}
