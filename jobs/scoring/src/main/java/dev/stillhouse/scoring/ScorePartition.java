package dev.stillhouse.scoring;

import dev.stillhouse.datasets.schema.Scores;
import dev.stillhouse.udfs.student.Student;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/**
 * Scores the rows (source, id, text) of a partition, a window of them at a time, so that a student which makes batches has texts of like length to choose from. A row for which the student gives values that are not finite has no score: it is counted and left out.
 */
final class ScorePartition implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1L;

    static final int WINDOW_TEXTS = 512;
    static final int WINDOW_CHARACTERS = 1 << 20;

    private final ShippedStudent shipped;
    private final LongAccumulator notFinite;
    private final @Nullable LongAccumulator progress;

    /**
     * @param notFinite where rows without a score are counted
     * @param progress where all rows are counted
     */
    ScorePartition(ShippedStudent shipped, LongAccumulator notFinite, @Nullable LongAccumulator progress) {
        this.shipped = shipped;
        this.notFinite = notFinite;
        this.progress = progress;
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        if (!rows.hasNext()) {
            return Collections.emptyIterator();
        }
        StudentCache.Lease lease = shipped.lease();
        TaskContext task = TaskContext.get();
        if (task != null) {
            task.addTaskCompletionListener((TaskCompletionListener) ended -> lease.close());
        }
        return new Windows(rows, lease);
    }

    private final class Windows implements Iterator<Row> {
        private final Iterator<Row> rows;
        private final StudentCache.Lease lease;
        private Iterator<Row> scored = Collections.emptyIterator();

        private Windows(Iterator<Row> rows, StudentCache.Lease lease) {
            this.rows = rows;
            this.lease = lease;
        }

        /** {@inheritDoc} Scores windows up to the first that has a score. */
        @Override
        public boolean hasNext() {
            while (!scored.hasNext() && rows.hasNext()) {
                scored = score(lease.student(), rows).iterator();
            }
            if (!scored.hasNext()) {
                lease.close();
            }
            return scored.hasNext();
        }

        @Override
        public Row next() {
            if (!hasNext()) {
                throw new NoSuchElementException("no more rows in this partition");
            }
            return scored.next();
        }
    }

    private List<Row> score(Student student, Iterator<Row> rows) {
        List<Row> window = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        int characters = 0;
        while (rows.hasNext() && texts.size() < WINDOW_TEXTS && characters < WINDOW_CHARACTERS) {
            Row row = rows.next();
            window.add(row);
            texts.add(row.getString(2));
            characters += row.getString(2).length();
        }
        float[] @Nullable [] probabilities = student.finiteProbabilities(texts);
        List<Row> scored = new ArrayList<>(window.size());
        for (int i = 0; i < probabilities.length; i++) {
            float @Nullable [] outputs = probabilities[i];
            if (outputs != null) {
                scored.add(score(student, window.get(i), outputs));
            }
        }
        notFinite.add(window.size() - scored.size());
        if (progress != null) {
            progress.add(window.size());
        }
        return scored;
    }

    private Row score(Student student, Row row, float[] outputs) {
        List<Object> values = new ArrayList<>(List.of(row.getString(1), row.getString(0)));
        switch (student.decision().link()) {
            case SOFTMAX -> addLabel(values, outputs, student);
            case LOGISTIC -> addLabels(values, outputs, student);
            case IDENTITY -> values.add(outputs[0]);
        }
        values.add(Scores.STUDENT);
        values.add(shipped.model());
        return RowFactory.create(values.toArray());
    }

    private static void addLabel(List<Object> values, float[] probabilities, Student student) {
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
        values.add(student.labels().get(first));
        values.add(probabilities[first]);
        values.add(probabilities[first] - probabilities[second]);
    }

    private static void addLabels(List<Object> values, float[] probabilities, Student student) {
        float[] limits = student.decision().limits(student.labels());
        int[] given = student.decision().link().decide(probabilities, limits);
        float margin = 1;
        for (int label = 0; label < limits.length; label++) {
            margin = Math.min(margin, Math.abs(probabilities[label] - limits[label]));
        }
        values.add(Arrays.stream(given).mapToObj(student.labels()::get).toArray(String[]::new));
        values.add(probabilities);
        values.add(margin);
    }
}
