package dev.stillhouse.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.teacher.GoldSelection.GoldRow;
import dev.stillhouse.teacher.choice.Corrections;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.errors.DataException;
import dev.stillhouse.udfs.testing.SharedSpark;
import dev.stillhouse.udfs.text.TextNormalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GoldSelectionTest {

    @Test
    void goldRowsHaveTheSmallestHashesOfSeedAndTextHashForAnyPartitioning() {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            rows.add(row("d" + i, i % 2 == 0 ? "even" : "odd", Curated.CORPUS));
        }
        List<String> expected = rows.stream()
                .map(row -> row.getString(0))
                .sorted(Comparator.comparing(id -> TextNormalizer.md5("7:" + TextNormalizer.hash(id))))
                .limit(10)
                .toList();
        for (int partitions : new int[] {1, 2, 8}) {
            GoldSelection.Result result = GoldSelection.select(
                    curated(rows).repartition(partitions),
                    new GoldSelection.Request(Link.SOFTMAX, 10, 7, Corrections.none()));
            assertThat(result.rows()).extracting(GoldRow::id).containsExactlyElementsOf(expected);
            assertThat(result.warnings()).isEmpty();
        }
        assertThat(GoldSelection.select(
                                curated(rows), new GoldSelection.Request(Link.SOFTMAX, 10, 8, Corrections.none()))
                        .rows())
                .extracting(GoldRow::id)
                .isNotEqualTo(expected);
    }

    @Test
    void labelsThatAreIdsAreRefused() {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            rows.add(row("d" + i, "label " + Math.max(1, i), Curated.CORPUS));
        }
        assertThatThrownBy(() -> GoldSelection.select(
                        curated(rows), new GoldSelection.Request(Link.SOFTMAX, 100, 0, Corrections.none())))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("28 of 30 gold documents have a label that no other has")
                .hasMessageContaining("Is corpus[].label the column of the labels");
    }

    @Test
    void unlabelledAndEvaluationRowsAreNeverGold() {
        List<Row> rows = List.of(
                row("a", "x", Curated.CORPUS),
                row("b", null, Curated.CORPUS),
                row("c", "y", Curated.EVALUATE),
                row("d", "z", Curated.CORPUS));
        GoldSelection.Result result =
                GoldSelection.select(curated(rows), new GoldSelection.Request(Link.SOFTMAX, 10, 0, Corrections.none()));
        assertThat(result.rows())
                .extracting(GoldRow::source, GoldRow::id, GoldRow::textHash, GoldRow::label)
                .containsExactlyInAnyOrder(
                        tuple("test", "a", TextNormalizer.hash("a"), "x"),
                        tuple("test", "d", TextNormalizer.hash("d"), "z"));
        assertThat(result.warnings()).hasSize(2);
        assertThat(result.warnings().get(0)).contains("Only 2 documents");
        assertThat(result.warnings().get(1)).contains("2 of 2 labels have only one gold document: x, z");
    }

    @Test
    void whatPeopleSaidGoesBeforeTheCorpusAndIsNotInTheBudget() {
        List<Row> rows =
                List.of(row("a", "x", Curated.CORPUS), row("b", null, Curated.CORPUS), row("c", "y", Curated.EVALUATE));
        Corrections said = new Corrections(
                Map.of(
                        TextNormalizer.hash("a"), "z",
                        TextNormalizer.hash("b"), "z",
                        TextNormalizer.hash("c"), "z",
                        TextNormalizer.hash("gone"), "z"),
                "");
        GoldSelection.Result result =
                GoldSelection.select(curated(rows), new GoldSelection.Request(Link.SOFTMAX, 1, 0, said));
        assertThat(result.rows())
                .extracting(GoldRow::id, GoldRow::label)
                .containsExactlyInAnyOrder(tuple("a", "z"), tuple("b", "z"));
        assertThat(result.warnings())
                .containsExactly(
                        "2 of 4 texts in teacher.corrections are none of the corpus that was curated: they are left out");
    }

    @Test
    void noLabelAtAllIsADataError() {
        List<Row> rows = List.of(row("a", null, Curated.CORPUS), row("b", "x", Curated.EVALUATE));
        assertThatThrownBy(() -> GoldSelection.select(
                        curated(rows), new GoldSelection.Request(Link.SOFTMAX, 10, 0, Corrections.none())))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("none of the curated documents has a label");
    }

    private static Row row(String id, @Nullable String label, String part) {
        return RowFactory.create(id, id, "test", label, TextNormalizer.hash(id), part);
    }

    private static Dataset<Row> curated(List<Row> rows) {
        StructType schema = new StructType();
        for (String column :
                List.of(Curated.ID, Curated.TEXT, Curated.SOURCE, Curated.LABEL, Curated.TEXT_HASH, Curated.PART)) {
            schema = schema.add(Curated.SCHEMA.apply(column));
        }
        return SharedSpark.session().createDataFrame(rows, schema);
    }
}
