package dev.stillhouse.curation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.datasets.schema.Removed;
import dev.stillhouse.udfs.errors.DataException;
import dev.stillhouse.udfs.testing.Records;
import dev.stillhouse.udfs.testing.SharedSpark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CuratorTest {
    private static final CurateConfig DEFAULTS = Configs.curate();

    @Test
    void ofEqualTextsTheSmallestIdStaysAndTheOthersNameIt() {
        Dataset<Row> documents = documents(
                document("b", "two  words\n"),
                document("a", "two words"),
                document("c", "\u200btwo\twords"),
                document("d", "Two words"));

        try (Curator.Result result =
                new Curator(DEFAULTS, EvaluationCut.NONE, List.of()).curate(documents, documents())) {
            assertThat(ids(result.curated())).containsExactlyInAnyOrder("a", "d");
            assertThat(result.removed()
                            .select(Removed.ID, Removed.REASON, Removed.KEPT_SOURCE, Removed.KEPT_ID)
                            .collectAsList())
                    .extracting(Row::toString)
                    .containsExactlyInAnyOrder("[b,exact_duplicate,s,a]", "[c,exact_duplicate,s,a]");
        }
    }

    @Test
    void thePublishedTextIsTheUsersAndSignalsAreOfIt() {
        Dataset<Row> documents = documents(document("a", "  two\u0000\u00a0words \n"));

        try (Curator.Result result =
                new Curator(DEFAULTS, EvaluationCut.NONE, List.of()).curate(documents, documents())) {
            Row row = result.curated().head();
            assertThat(row.<String>getAs(Curated.TEXT)).isEqualTo("  two\u0000\u00a0words \n");
            assertThat(row.<Long>getAs(Curated.CHARS)).isEqualTo(14);
            assertThat(row.<Long>getAs(Curated.WORDS)).isEqualTo(2);
        }
    }

    @Test
    void lengthBoundsSayRuleAndValue() {
        CurateConfig config = Records.with(Records.with(DEFAULTS, "maxCharacters", 5), "minCharacters", 3);
        Dataset<Row> documents =
                documents(document("short", "ab"), document("fits", "abcd"), document("long", "abcdef"));

        try (Curator.Result result =
                new Curator(config, EvaluationCut.NONE, List.of()).curate(documents, documents())) {
            assertThat(ids(result.curated())).containsExactly("fits");
            assertThat(result.removed()
                            .select(Removed.ID, Removed.REASON, Removed.RULE, Removed.VALUE)
                            .collectAsList())
                    .extracting(Row::toString)
                    .containsExactlyInAnyOrder(
                            "[short,too_short,normalised characters < 3,2.0]",
                            "[long,too_long,normalised characters > 5,6.0]");
        }
    }

    @Test
    void everyCopyOfAnEvaluationTextIsContaminatedAndNamesIt() {
        Dataset<Row> documents =
                documents(document("a", "seen  before"), document("b", "seen before"), document("c", "new"));
        Dataset<Row> evaluation = documents(RowFactory.create("test", "t1", "seen before", "x", Map.of(), "f", 0L));

        try (Curator.Result result =
                new Curator(DEFAULTS, EvaluationCut.NONE, List.of()).curate(documents, evaluation)) {
            assertThat(ids(result.curated())).containsExactly("c");
            assertThat(result.removed()
                            .select(Removed.ID, Removed.REASON, Removed.KEPT_SOURCE, Removed.KEPT_ID)
                            .collectAsList())
                    .extracting(Row::toString)
                    .containsExactlyInAnyOrder("[a,contaminated,test,t1]", "[b,contaminated,test,t1]");
            assertThat(ids(result.evaluation())).containsExactly("t1");
        }
    }

    @Test
    void duplicatesStayWhereTheTaskSaysSo() {
        CurateConfig config = Records.with(DEFAULTS, "exactDuplicates", CurateConfig.Duplicates.OFF);

        try (Curator.Result result = new Curator(config, EvaluationCut.NONE, List.of())
                .curate(documents(document("a", "x"), document("b", "x")), documents())) {
            assertThat(result.curated().count()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void theCutIsTheSameForAnyPartitioningAndNeverStraddlesEqualTexts(int partitions) {
        Dataset<Row> documents = documents(many(200)).repartition(partitions);

        try (Curator.Result result =
                new Curator(DEFAULTS, EvaluationCut.ofRows(30), List.of()).curate(documents, documents())) {
            Set<String> cut = ids(result.evaluation());
            assertThat(cut).hasSize(30).isEqualTo(expectedCut());
            assertThat(result.curated()
                            .where("part = 'corpus'")
                            .select(Curated.TEXT_HASH)
                            .collectAsList())
                    .doesNotContainAnyElementsOf(
                            result.evaluation().select(Curated.TEXT_HASH).collectAsList());
            assertThat(result.curated().count() + result.removed().count()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void copiesThatStayGoToOneSideOfTheCutTogether(int partitions) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String text = "text number " + i / 3;
            rows.add(RowFactory.create("s", "d" + i, text, i % 3 == 0 ? "label" : null, Map.of(), "f", 0L));
        }
        CurateConfig config = Records.with(DEFAULTS, "exactDuplicates", CurateConfig.Duplicates.OFF);
        Dataset<Row> documents = documents(rows.toArray(Row[]::new)).repartition(partitions);

        try (Curator.Result result =
                new Curator(config, EvaluationCut.ofRows(5), List.of()).curate(documents, documents())) {
            assertThat(result.evaluation().count()).isEqualTo(15);
            assertThat(result.evaluation().where("label is not null").count()).isEqualTo(5);
            assertThat(result.evaluation()
                            .select(Curated.TEXT_HASH)
                            .intersect(result.curated().where("part = 'corpus'").select(Curated.TEXT_HASH))
                            .count())
                    .isZero();
        }
    }

    @Test
    void aTenthIsCutOfTheLabelledDocuments() {
        List<Row> rows = new ArrayList<>(Arrays.asList(many(100)));
        IntStream.range(0, 50)
                .forEach(i ->
                        rows.add(RowFactory.create("s", "unlabelled" + i, "no label " + i, null, Map.of(), "f", 0L)));

        try (Curator.Result result = new Curator(DEFAULTS, EvaluationCut.ofShare(0.1), List.of())
                .curate(documents(rows.toArray(Row[]::new)), documents())) {
            assertThat(result.evaluation().count()).isEqualTo(10);
            assertThat(result.evaluation().where("label is null").count()).isZero();
        }
    }

    @Test
    void aShareOfCopiesOfOneTextIsNoneAndOneOfTwoTextsIsOne() {
        CurateConfig copiesStay = Records.with(DEFAULTS, "exactDuplicates", CurateConfig.Duplicates.OFF);
        List<Row> rows = new ArrayList<>();
        IntStream.range(0, 10)
                .forEach(i -> rows.add(RowFactory.create("s", "a" + i, "the same text", "x", Map.of(), "f", 0L)));

        try (Curator.Result result = new Curator(copiesStay, EvaluationCut.ofShare(0.1), List.of())
                .curate(documents(rows.toArray(Row[]::new)), documents())) {
            assertThat(result.evaluation().count()).isZero();
        }
        IntStream.range(0, 10)
                .forEach(i -> rows.add(RowFactory.create("s", "b" + i, "another text", "y", Map.of(), "f", 0L)));
        try (Curator.Result result = new Curator(copiesStay, EvaluationCut.ofShare(0.1), List.of())
                .curate(documents(rows.toArray(Row[]::new)), documents())) {
            assertThat(result.evaluation().count()).isEqualTo(10);
            assertThat(result.evaluation().select(Curated.TEXT_HASH).distinct().count())
                    .isEqualTo(1);
        }
    }

    @Test
    void aShareOfOneDocumentIsNone() {
        try (Curator.Result result =
                new Curator(DEFAULTS, EvaluationCut.ofShare(0.1), List.of()).curate(documents(many(1)), documents())) {
            assertThat(result.evaluation().count()).isZero();
            assertThat(result.curated().count()).isEqualTo(1);
        }
    }

    @Test
    void aCutThatLeavesNothingToLearnFromIsRefused() {
        assertThatThrownBy(() -> new Curator(DEFAULTS, EvaluationCut.ofRows(5), List.of())
                        .curate(documents(many(5)), documents()))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("Cannot cut 5 evaluation rows from the corpus: 5 labelled documents");
    }

    private static Set<String> expectedCut() {
        try (Curator.Result result = new Curator(DEFAULTS, EvaluationCut.ofRows(30), List.of())
                .curate(documents(many(200)).coalesce(1), documents())) {
            return ids(result.evaluation());
        }
    }

    private static Row[] many(int rows) {
        return IntStream.range(0, rows)
                .mapToObj(i ->
                        RowFactory.create("s", "id" + i, "text number " + i, "label" + i % 3, Map.of(), "f", (long) i))
                .toArray(Row[]::new);
    }

    private static Row document(String id, String text) {
        return RowFactory.create("s", id, text, null, Map.of(), "f", 0L);
    }

    private static Dataset<Row> documents(Row... rows) {
        return SharedSpark.session().createDataFrame(List.of(rows), Documents.SCHEMA);
    }

    private static Set<String> ids(Dataset<Row> data) {
        return data.select(Documents.ID).collectAsList().stream()
                .map(row -> row.getString(0))
                .collect(Collectors.toSet());
    }
}
