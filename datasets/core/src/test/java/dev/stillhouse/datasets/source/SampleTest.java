package dev.stillhouse.datasets.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.udfs.testing.SharedSpark;
import dev.stillhouse.udfs.text.TextNormalizer;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleTest {
    private static final int ROWS = 600;

    @TempDir
    Path folder;

    private Sources sources;

    @BeforeEach
    void files() {
        sources = new Sources(folder);
        // Every third row is empty, every seventh half-written.
        sources.write(
                "a.jsonl", IntStream.range(0, ROWS).mapToObj(SampleTest::line).toArray(String[]::new));
    }

    private static String line(int i) {
        String text = i % 3 == 0 ? "" : "text " + i;
        return "{\"id\": " + i + ", \"text\": \"" + text + (i % 7 == 0 ? "" : "\"}");
    }

    @Test
    void rowsAreTheDocumentsWithTheSmallestHashOfSeedAndText() {
        List<String> expected = IntStream.range(0, ROWS)
                .filter(i -> i % 3 != 0 && i % 7 != 0)
                .mapToObj(i -> "text " + i)
                .sorted(Comparator.comparing(text -> TextNormalizer.md5("42:" + TextNormalizer.hash(text))))
                .limit(50)
                .sorted()
                .toList();
        SourceRows rows = sources.read(Sources.rows(Sources.withId(SourceKind.JSONL, "a.jsonl"), 50));
        assertThat(rows.documents().select(Documents.TEXT).collectAsList().stream()
                        .map(row -> row.getString(0))
                        .sorted()
                        .toList())
                .isEqualTo(expected);
    }

    @Test
    void rejectsAreSampledAtTheSameRate() {
        SourceConfig source = Sources.withId(SourceKind.JSONL, "a.jsonl");
        long all = sources.read(source).rejects().count();
        long documents = sources.read(source).documents().count();
        SourceRows tenth = sources.read(Sources.rows(source, documents / 10));
        assertThat(tenth.documents().count()).isEqualTo(documents / 10);
        assertThat(tenth.rejects().count()).isBetween(all / 25, all / 5);
        assertThat(sources.read(Sources.rows(source, documents)).documents().count())
                .isEqualTo(documents);
        assertThat(sources.read(Sources.rows(source, documents + 1)).rejects().count())
                .isEqualTo(all);
    }

    @Test
    void aFractionIsAShareAndASmallerOneIsPartOfIt() {
        SourceConfig source = Sources.withId(SourceKind.JSONL, "a.jsonl");
        List<String> half = Sources.texts(sources.read(fraction(source, 0.5)));
        List<String> fifth = Sources.texts(sources.read(fraction(source, 0.2)));
        assertThat(half).hasSizeBetween(130, 210).containsAll(fifth);
        assertThat(fifth).hasSizeBetween(40, 100);
        assertThat(sources.read(fraction(source, 1.0)).documents().count())
                .isEqualTo(sources.read(source).documents().count());
    }

    @Test
    void sameRowsForOneTwoAndEightPartitions() {
        SparkSession spark = SharedSpark.session();
        Dataset<Row> raw = spark.createDataFrame(
                IntStream.range(0, ROWS)
                        .mapToObj(i -> org.apache.spark.sql.RowFactory.create(
                                "f" + i % 5, (long) i, null, i % 50, "text " + i % 90, "l" + i % 2))
                        .toList(),
                RawRows.EMPTY.add("id", "int").add("text", "string").add("label", "string"));
        for (Optional<String> id : List.of(Optional.of("id"), Optional.<String>empty())) {
            SourceConfig source =
                    Sources.rows(Sources.change(SourceKind.JSONL, "a.jsonl", id, Optional.of("label")), 30);
            DocumentRows rows = new DocumentRows("s", source, 7);
            SourceRows one = rows.of(raw.repartition(1), SourceSection.of("corpus"), 0);
            for (int partitions : new int[] {2, 8}) {
                SourceRows other = rows.of(
                        raw.orderBy(org.apache.spark.sql.functions.rand(partitions))
                                .repartition(partitions),
                        SourceSection.of("corpus"),
                        0);
                assertThat(Sources.documents(other))
                        .isEqualTo(Sources.documents(one))
                        .hasSize(30);
                assertThat(Sources.rejects(other)).isEqualTo(Sources.rejects(one));
            }
        }
    }

    @Test
    void boundIsTheShareOfAllHashes() {
        assertThat(DocumentRows.bound(0.5)).isEqualTo("8" + "0".repeat(31));
        assertThat(DocumentRows.bound(1.0 / 16)).isEqualTo("1" + "0".repeat(31));
    }

    private static SourceConfig fraction(SourceConfig source, double fraction) {
        return Sources.sample(source, new SampleConfig(Optional.empty(), Optional.of(fraction)));
    }
}
