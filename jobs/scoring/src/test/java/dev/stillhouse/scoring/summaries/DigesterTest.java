package dev.stillhouse.scoring.summaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillhouse.datasets.config.InvalidRecordException;
import dev.stillhouse.datasets.schema.Digests;
import dev.stillhouse.datasets.schema.Summaries;
import dev.stillhouse.scoring.cascade.OnTeacherFailure;
import dev.stillhouse.udfs.testing.SharedSpark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DigesterTest {
    private static final String SHIPS = "Three ships sank in the storm at night.";

    @Test
    void whatSeveralSayIsSaidOnceWithHowManySayIt() {
        Row digest = digest(
                        5,
                        summary("a", "north", SHIPS),
                        summary("b", "north", "three ships sank in the storm, at night!", "The harbour stays closed."),
                        summary("c", "north", "Three big ships sank in the storm at night."),
                        summary("d", "north", "A cook was elected mayor of the town."))
                .get("north");
        assertThat(digest.<Long>getAs(Digests.DOCUMENTS)).isEqualTo(4);
        List<Row> sentences = digest.getList(digest.fieldIndex(Digests.SENTENCES));
        assertThat(sentences).hasSize(3);
        Row first = sentences.get(0);
        assertThat(first.<String>getAs(Digests.TEXT)).isEqualTo(SHIPS);
        assertThat(first.<String>getAs(Digests.ID)).isEqualTo("a");
        assertThat(first.<Long>getAs(Digests.SAID_BY)).isEqualTo(3);
        assertThat(digest.<String>getAs(Digests.DIGEST).lines())
                .hasSize(3)
                .first()
                .isEqualTo(SHIPS);
    }

    @Test
    void sentencesThatDifferInANumberDoNotSayTheSame() {
        Row digest = digest(
                        5,
                        summary("a", "north", "Work on the new harbour will start in 2028 and take two years."),
                        summary("b", "north", "Work on the new harbour will start in 2034 and take two years."),
                        summary("c", "north", "Work on the new harbour will start in 2034, and take two years!"))
                .get("north");
        List<Row> sentences = digest.getList(digest.fieldIndex(Digests.SENTENCES));
        assertThat(sentences.stream().map(sentence -> sentence.<Long>getAs(Digests.SAID_BY)))
                .containsExactly(2L, 1L);
    }

    @Test
    void groupsAreApartAndAGroupOfOneOrOfNullHasItsDigest() {
        Map<String, Row> digests = digest(
                2, summary("a", "north", SHIPS), summary("b", null, "Only this.", "And that."), summary("c", "south"));
        assertThat(digests).containsOnlyKeys("north", "south", "null");
        assertThat(digests.get("null").<String>getAs(Digests.DIGEST)).contains("Only this.");
        assertThat(digests.get("south").<String>getAs(Digests.DIGEST)).isEmpty();
        assertThat(digests.get("south").<Long>getAs(Digests.DOCUMENTS)).isEqualTo(1);
    }

    @Test
    void aDigestIsNoLongerThanItMayBeAndTheSameForAnyPartitioning() {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            rows.add(summary(
                    "d" + i,
                    "north",
                    "Event " + i % 40 + " happened to crew " + i % 7 + ".",
                    "Line " + i + " of the log."));
        }
        Map<String, Row> one = digest(4, 1, rows);
        assertThat(one.get("north").getList(one.get("north").fieldIndex(Digests.SENTENCES)))
                .hasSize(4);
        assertThat(digest(4, 16, rows)).isEqualTo(one);
    }

    @Test
    void groupsThatAreNoneAreRefused() {
        assertThatThrownBy(() -> config(1, List.of("summary"))).isInstanceOf(InvalidRecordException.class);
        assertThatThrownBy(() -> config(0, List.of("source"))).isInstanceOf(InvalidRecordException.class);
    }

    private static Map<String, Row> digest(int most, Row... rows) {
        return digest(most, 2, List.of(rows));
    }

    private static Map<String, Row> digest(int most, int partitions, List<Row> rows) {
        Dataset<Row> summariesDF = SharedSpark.session()
                .createDataFrame(rows, Summaries.schema(List.of("sea")))
                .repartition(partitions);
        Map<String, Row> digests = new TreeMap<>();
        new Digester(config(most, List.of("sea")))
                .digest(summariesDF)
                .collectAsList()
                .forEach(row -> digests.put(String.valueOf(row.<String>getAs("sea")), row));
        return digests;
    }

    private static SummarizeConfig config(int most, List<String> groups) {
        return new SummarizeConfig(
                List.of(),
                Budgets.sentences(2),
                false,
                0,
                groups,
                most,
                List.of(),
                1000,
                Optional.empty(),
                OnTeacherFailure.STOP,
                Optional.empty(),
                false);
    }

    private static Row summary(String id, @Nullable String sea, String... lines) {
        List<Row> sentences = new ArrayList<>();
        int at = 0;
        for (String line : lines) {
            sentences.add(RowFactory.create(at, at + line.length(), 0.9f));
            at += line.length() + 1;
        }
        return RowFactory.create(
                id, "s", sea, String.join("\n", lines), sentences, null, List.of(), 5, 9, 0.5f, 0.5f, "student", "run");
    }
}
