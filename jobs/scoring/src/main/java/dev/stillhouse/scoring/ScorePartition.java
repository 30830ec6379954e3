package dev.stillhouse.scoring;

import dev.stillhouse.udfs.student.Student;
import dev.stillhouse.udfs.student.StudentCache;
import java.util.ArrayList;
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
 * Scores the rows of a partition, whose last column is the text, a window of them at a time, so that a student which makes batches has texts of like length to choose from; the verdict takes the text's place. A row for which the student gives values that are not finite has no score: it is counted and left out.
 */
final class ScorePartition implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1L;

    static final int WINDOW_TEXTS = 512;
    static final int WINDOW_CHARACTERS = 1 << 20;

    private final ShippedStudent shipped;
    private final LongAccumulator notFinite;
    private final LongAccumulator run;

    /**
     * @param notFinite where rows without a score are counted
     * @param run where all rows are
     */
    ScorePartition(ShippedStudent shipped, LongAccumulator notFinite, LongAccumulator run) {
        this.shipped = shipped;
        this.notFinite = notFinite;
        this.run = run;
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
            String text = row.getString(row.length() - 1);
            window.add(row);
            texts.add(text);
            characters += text.length();
        }
        float[] @Nullable [] probabilities = student.finiteProbabilities(texts);
        List<Row> scored = new ArrayList<>(window.size());
        for (int i = 0; i < probabilities.length; i++) {
            float @Nullable [] outputs = probabilities[i];
            if (outputs != null) {
                scored.add(score(student, window.get(i), outputs));
            }
        }
        run.add(window.size());
        notFinite.add(window.size() - scored.size());
        return scored;
    }

    private static Row score(Student student, Row row, float[] outputs) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int column = 0; column < row.length() - 1; column++) {
            values.add(row.get(column));
        }
        new Verdict(student.decision(), student.labels()).of(outputs).forEach(values::add);
        return RowFactory.create(values.toArray());
    }
}
