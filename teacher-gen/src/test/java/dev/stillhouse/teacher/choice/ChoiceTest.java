package dev.stillhouse.teacher.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillhouse.udfs.errors.ConfigurationException;
import dev.stillhouse.udfs.testing.SharedSpark;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ChoiceTest {
    private static final String[] TOPICS = {
        "the river runs to the sea", "bread and soup and cheese", "wolves hunt deer at night"
    };

    @Test
    void theFirstAreEqualForAnyPartitioningAndOthersForAnotherSeed() {
        Dataset<Row> texts = texts(300);
        List<String> one = ids(Choice.first(Choice.random(texts.repartition(1)), 20, 1));
        assertThat(one).hasSize(20).isEqualTo(ids(Choice.first(Choice.random(texts.repartition(7)), 20, 1)));
        assertThat(ids(Choice.first(Choice.random(texts), 20, 2))).isNotEqualTo(one);
    }

    @Test
    void asManyOfEachStratumUntilItIsUsedUp() {
        Dataset<Row> first = Choice.first(Choice.stratified(texts(300), List.of("source"), 1), 40, 1);
        assertThat(counts(first, row -> row.getAs("source"))).isEqualTo(Map.of("many", 20L, "few", 20L));
        Dataset<Row> most = Choice.first(Choice.stratified(texts(300), List.of("source"), 1), 100, 1);
        assertThat(counts(most, row -> row.getAs("source"))).isEqualTo(Map.of("many", 70L, "few", 30L));
    }

    @Test
    void aColumnThatSourcesKeepIsAStratumAndSoIsItsAbsence() {
        Dataset<Row> first = Choice.first(Choice.stratified(texts(300), List.of("language"), 1), 30, 1);
        assertThat(counts(
                        first,
                        row -> String.valueOf(row.<Object, Object>getJavaMap(row.fieldIndex("attributes"))
                                .get("language"))))
                .isEqualTo(Map.of("no", 15L, "null", 15L));
    }

    @Test
    void aColumnThatNoSourceKeepsIsAnError() {
        assertThatThrownBy(() -> Choice.stratified(texts(30), List.of("source", "nowhere"), 1))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "Invalid teacher.choose.strata: nowhere (must be source, or a column that corpus keeps: keep: [nowhere])");
    }

    @Test
    void clustersAreTextsOfAlikeWordsAndEqualForAnyPartitioning() {
        Dataset<Row> texts = texts(300);
        Dataset<Row> first = Choice.first(Choice.diverse(texts, 3, 1), 30, 1);
        assertThat(counts(first, row -> row.<String>getAs("text").replaceAll(" \\d+$", "")))
                .isEqualTo(Map.of(TOPICS[0], 10L, TOPICS[1], 10L, TOPICS[2], 10L));
        assertThat(ids(Choice.first(Choice.diverse(texts.repartition(5), 3, 1), 30, 1)))
                .isEqualTo(ids(first));
    }

    @Test
    void sketchesKeepWhatIsAlikeAlike() {
        Vector one = sketch(1, 2, 3, 4);
        assertThat(cosine(one, one)).isBetween(0.999999, 1.000001);
        assertThat(cosine(one, sketch(1, 2, 3, 5))).isBetween(0.5, 0.95);
        assertThat(cosine(one, sketch(11, 12, 13, 14))).isBetween(-0.4, 0.4);
        assertThat(TextClusters.sketch(Vectors.sparse(9, new int[0], new double[0]))
                        .numNonzeros())
                .isZero();
    }

    private static Vector sketch(int... words) {
        double[] ones = new double[words.length];
        java.util.Arrays.fill(ones, 1);
        return TextClusters.sketch(Vectors.sparse(100, words, ones));
    }

    private static double cosine(Vector left, Vector right) {
        return left.dot(right);
    }

    private static List<String> ids(Dataset<Row> rows) {
        return rows.select("id").collectAsList().stream()
                .map(row -> row.getString(0))
                .sorted()
                .toList();
    }

    private static Map<String, Long> counts(Dataset<Row> rows, Function<Row, String> group) {
        return rows.collectAsList().stream().collect(Collectors.groupingBy(group, Collectors.counting()));
    }

    /** A tenth of one source, half without a language, and topics of which one is rare. */
    private static Dataset<Row> texts(long texts) {
        return SharedSpark.session()
                .range(texts)
                .selectExpr(
                        "cast(id as string) as id",
                        "if(id % 10 = 0, 'few', 'many') as source",
                        "if(id % 2 = 0, map('language', 'no'), map()) as attributes",
                        "concat(case when id % 20 = 0 then '" + TOPICS[0] + "' when id % 3 = 0 then '" + TOPICS[1]
                                + "' else '" + TOPICS[2] + "' end, ' ', id) as text",
                        "md5(cast(id as string)) as text_hash");
    }
}
