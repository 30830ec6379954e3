package dev.stillhouse.curation.spans;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.curation.spans.RepeatedSpansConfig.Unit;
import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.datasets.schema.Rewritten;
import dev.stillhouse.udfs.testing.SharedSpark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class RepeatedSpansTest {
    private static final String NOTICE = "Meant for one person alone, nobody else.";
    private static final RepeatedSpansConfig PARAGRAPHS = new RepeatedSpansConfig(Unit.PARAGRAPH, 5, 1, 1);

    private final List<Row> rows = new ArrayList<>();

    @Test
    void aCopyWithOtherBreaksKeepsWhatNobodyElseSays() {
        add("a", NOTICE);
        add("b", "a letter of mine\n\n" + NOTICE);
        add("c", "a letter of mine " + NOTICE);
        add("d", "a letter\n\nof mine " + NOTICE);

        assertThat(texts(cut(PARAGRAPHS, 2)))
                .containsEntry("a", NOTICE)
                .containsEntry("b", "a letter of mine\n\n")
                .containsEntry("c", "a letter of mine " + NOTICE)
                .containsEntry("d", "a letter\n\nof mine " + NOTICE);
    }

    @Test
    void copiesOfOneTextAreCutAlike() {
        add("a", NOTICE);
        add("b", "Some words of a letter.\n\n" + NOTICE);
        add("c", "Some words of a letter.\n\n" + NOTICE.replace(" ", "  "));

        assertThat(texts(cut(PARAGRAPHS, 2)))
                .containsEntry("b", "Some words of a letter.\n\n")
                .containsEntry("c", "Some words of a letter.\n\n");
    }

    @Test
    void linesMayStayInSeveralPlacesAndARefrainIsCutWithinOneDocument() {
        String refrain = "and the river flows on to the sea";
        add("a", refrain + "\nfirst verse\n" + refrain + "\nsecond verse\n" + refrain);
        add("b", "another song\n" + refrain);

        Map<String, String> texts = texts(cut(new RepeatedSpansConfig(Unit.LINE, 5, 2, 1), 2));
        assertThat(texts)
                .containsEntry("a", refrain + "\nfirst verse\n" + refrain + "\nsecond verse\n")
                .containsEntry("b", "another song\n");
    }

    @Test
    void whatIsCutNamesTheFirstDocumentThatHasItForAnyPartitioning() {
        for (int i = 0; i < 40; i++) {
            add(String.format("d%02d", i), "Letter number " + i + " says little.\n\n" + NOTICE + "\n\nYours, " + i % 3);
        }
        List<String> one = cuts(1);
        assertThat(one).hasSize(39).allSatisfy(cut -> assertThat(cut).endsWith("d00"));
        assertThat(cuts(4)).isEqualTo(one);
        assertThat(cuts(16)).isEqualTo(one);
    }

    private List<String> cuts(int partitions) {
        return cut(PARAGRAPHS, partitions)
                .where(Rewritten.CUTS + " is not null")
                .orderBy("id")
                .selectExpr("concat_ws(' ', id, text, cuts[0].begin, cuts[0].end, cuts[0].kept_id)")
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .toList();
    }

    private Dataset<Row> cut(RepeatedSpansConfig config, int partitions) {
        Dataset<Row> documents = SharedSpark.session()
                .createDataFrame(rows, Documents.SCHEMA)
                .withColumn(SpanCutter.PROTECTED, lit(false))
                .withColumn(SpanCutter.PASSES, lit(true))
                .repartition(partitions);
        return new RepeatedSpans(config).cut(documents);
    }

    private static Map<String, String> texts(Dataset<Row> documents) {
        Map<String, String> texts = new TreeMap<>();
        documents.select("id", "text").collectAsList().forEach(row -> texts.put(row.getString(0), row.getString(1)));
        return texts;
    }

    private void add(String id, String text) {
        rows.add(RowFactory.create("s", id, text, null, Map.of(), "f", 0L));
    }
}
