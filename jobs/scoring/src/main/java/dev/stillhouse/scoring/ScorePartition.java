package dev.stillhouse.scoring;

import dev.stillhouse.datasets.schema.Scores;
import dev.stillhouse.udfs.student.Student;
import dev.stillhouse.udfs.student.StudentFiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.LongAccumulator;
import org.jspecify.annotations.Nullable;

/** Scores the rows (source, id, text) of a partition, a window of them at a time, so that a student which makes batches has texts of like length to choose from. */
final class ScorePartition implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1L;

    private static final int WINDOW_TEXTS = 512;
    private static final int WINDOW_CHARACTERS = 1 << 20;

    private final Broadcast<StudentFiles> files;
    private final String identity;
    private final String model;
    private final @Nullable LongAccumulator progress;

    /**
     * @param identity of the files
     */
    ScorePartition(Broadcast<StudentFiles> files, String identity, String model, @Nullable LongAccumulator progress) {
        this.files = files;
        this.identity = identity;
        this.model = model;
        this.progress = progress;
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        if (!rows.hasNext()) {
            return Collections.emptyIterator();
        }
        Student student = StudentCache.student(identity, files.value(), model);
        return new Iterator<>() {
            private Iterator<Row> scored = Collections.emptyIterator();

            @Override
            public boolean hasNext() {
                return scored.hasNext() || rows.hasNext();
            }

            @Override
            public Row next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("no more rows in this partition");
                }
                if (!scored.hasNext()) {
                    scored = score(student, rows).iterator();
                }
                return scored.next();
            }
        };
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
        float[][] probabilities = student.probabilities(texts);
        List<Row> scored = new ArrayList<>(window.size());
        for (int i = 0; i < window.size(); i++) {
            scored.add(score(student, window.get(i), probabilities[i]));
        }
        if (progress != null) {
            progress.add(scored.size());
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
        values.add(model);
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
