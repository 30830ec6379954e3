package dev.stillhouse.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillhouse.udfs.student.StudentFiles;
import dev.stillhouse.udfs.testing.SharedSpark;
import dev.stillhouse.udfs.testing.TinyStudent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.Test;

class ScorePartitionTest {
    private static final StudentFiles FILES = TinyStudent.files(
            List.of("cold", "warm"),
            Map.of("ice", new float[] {2, 0}, "sun", new float[] {0, 2}, "nan", new float[] {Float.NaN, Float.NaN}));

    private final SparkContext spark = SharedSpark.session().sparkContext();
    private final LongAccumulator notFinite = spark.longAccumulator();
    private final LongAccumulator run = spark.longAccumulator();
    private final AtomicInteger read = new AtomicInteger();

    @Test
    void rowsAreReadAWindowAtATimeAndComeOutInOrder() {
        int rows = 2 * ScorePartition.WINDOW_TEXTS + 1;

        Iterator<Row> scores = partition()
                .call(rows(IntStream.range(0, rows)
                        .mapToObj(i -> i % 2 == 0 ? "ice" : "sun and sun")
                        .toList()));

        assertThat(read).hasValue(0);
        assertThat(scores.next().getString(2)).isEqualTo("cold");
        assertThat(read).hasValue(ScorePartition.WINDOW_TEXTS);
        List<Row> others = new ArrayList<>();
        scores.forEachRemaining(others::add);
        assertThat(others).extracting(row -> row.getString(0)).containsExactlyElementsOf(ids(1, rows));
        assertThat(others.get(0).getString(2)).isEqualTo("warm");
        assertThatThrownBy(scores::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void longTextsEndAWindowSooner() {
        String half = "ice ".repeat(ScorePartition.WINDOW_CHARACTERS / 8);

        partition().call(rows(List.of(half, half, "sun", "sun"))).next();

        assertThat(read).hasValue(2);
    }

    @Test
    void aRowWithoutFiniteValuesIsCountedAndLeftOut() {
        List<String> texts = new ArrayList<>(List.of("ice", "sun nan", "sun", "nan"));
        texts.addAll(Collections.nCopies(ScorePartition.WINDOW_TEXTS, "nan"));

        List<Row> scores = new ArrayList<>();
        partition().call(rows(texts)).forEachRemaining(scores::add);

        assertThat(scores).extracting(row -> row.getString(0)).containsExactly("d0", "d2");
        assertThat(notFinite.value()).isEqualTo(ScorePartition.WINDOW_TEXTS + 2L);
    }

    @Test
    void aPartitionWithoutRowsNeedsNoStudent() {
        ShippedStudent none = new ShippedStudent(
                JavaSparkContext.fromSparkContext(spark).broadcast(StudentFiles.ofText(new byte[] {1})), "none", "m");

        assertThat(new ScorePartition(none, notFinite, run).call(rows(List.of())))
                .isExhausted();
    }

    @Test
    void whatExecutorsGetScoresAlike() throws Exception {
        List<Row> expected = new ArrayList<>();
        partition().call(rows(List.of("ice", "sun", "nan", "x"))).forEachRemaining(expected::add);

        List<Row> found = new ArrayList<>();
        read.set(0);
        copy(partition()).call(rows(List.of("ice", "sun", "nan", "x"))).forEachRemaining(found::add);

        assertThat(found).isEqualTo(expected).hasSize(3);
    }

    private ScorePartition partition() {
        ShippedStudent student =
                new ShippedStudent(JavaSparkContext.fromSparkContext(spark).broadcast(FILES), FILES.identity(), "run");
        return new ScorePartition(student, notFinite, run);
    }

    private Iterator<Row> rows(List<String> texts) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return read.get() < texts.size();
            }

            @Override
            public Row next() {
                int row = read.getAndIncrement();
                return RowFactory.create("d" + row, "source", texts.get(row));
            }
        };
    }

    private static List<String> ids(int first, int last) {
        return IntStream.range(first, last).mapToObj(i -> "d" + i).toList();
    }

    private static ScorePartition copy(ScorePartition partition) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(partition);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (ScorePartition) in.readObject();
        }
    }
}
