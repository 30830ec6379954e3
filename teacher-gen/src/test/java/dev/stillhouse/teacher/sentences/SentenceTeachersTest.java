package dev.stillhouse.teacher.sentences;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.datasets.schema.SentenceLabels;
import dev.stillhouse.udfs.summary.Budget;
import dev.stillhouse.udfs.summary.SentenceSplitter;
import dev.stillhouse.udfs.summary.Sentences;
import dev.stillhouse.udfs.testing.SharedSpark;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import scala.collection.immutable.Map;
import scala.collection.immutable.Map$;

class SentenceTeachersTest {
    private static final Budget ONE = new Budget(Budget.Unit.SENTENCES, 1);
    private static final String TEXT =
            "😀 The harbour was quiet. A storm sank three ships at night. Nobody knew the cook.";

    @Test
    void whatThePersonWroteIsChosenAndWhatItHoldsIsSalient() {
        List<Row> rows = label(document("a", TEXT, "Three ships sank in a storm at night."));
        assertThat(rows).hasSize(3);
        assertThat(rows).extracting(row -> row.getBoolean(5)).containsExactly(false, true, false);
        assertThat(rows.get(1).getFloat(4)).isGreaterThan(0.7f).isLessThanOrEqualTo(1f);
        assertThat(rows.get(0).getFloat(4)).isLessThan(0.1f);
        int[] codePoints = TEXT.codePoints().toArray();
        assertThat(new String(
                        codePoints,
                        rows.get(1).getInt(2),
                        rows.get(1).getInt(3) - rows.get(1).getInt(2)))
                .isEqualTo("A storm sank three ships at night.");
        assertThat(rows.get(0).getString(6)).startsWith("reference");
    }

    @Test
    void documentsWithoutAReferenceHaveNoLabels() {
        assertThat(label(document("a", TEXT, null), document("b", TEXT, "  "))).isEmpty();
    }

    @Test
    void referencesOfOtherScriptsTell() {
        List<Row> rows =
                label(document("a", "Море было тихим. Буря потопила три корабля.", "Три корабля потопила буря."));
        assertThat(rows).extracting(row -> row.getBoolean(5)).containsExactly(false, true);
    }

    @Test
    void theSentenceNearestToAllIsTheMostSalient() {
        Sentences sentences = new SentenceSplitter().split(TEXT);
        float[][] vectors = {{1, 0, 0}, {0.7f, 0.7f, 0}, {0, 1, 0}};
        Labelled labelled = new Centrality(ONE).label(TEXT, sentences, vectors);
        assertThat(labelled.chosen()).containsExactly(1);
        assertThat(labelled.saliences()[1]).isGreaterThan(labelled.saliences()[0]);
        for (float salience : labelled.saliences()) {
            assertThat(salience).isBetween(0f, 1f);
        }
    }

    @Test
    void sentencesWithoutAVectorAreTheLeastSalient() {
        Sentences sentences = new SentenceSplitter().split(TEXT);
        Labelled labelled = new Centrality(ONE).label(TEXT, sentences, new float[][] {{}, {1, 1}, {1, 0}});
        assertThat(labelled.saliences()[0]).isLessThan(labelled.saliences()[1]);
        Labelled none = new Centrality(ONE).label(TEXT, sentences, new float[][] {{}, {}, {}});
        assertThat(none.saliences()).hasSize(3);
        assertThat(new Centrality(ONE)
                        .label("", new SentenceSplitter().split(""), new float[0][])
                        .saliences())
                .isEmpty();
    }

    private static List<Row> label(Row... documents) {
        Dataset<Row> documentsDF = SharedSpark.session().createDataFrame(Arrays.asList(documents), Documents.SCHEMA);
        return new ReferenceTeacher(ONE)
                .label(documentsDF)
                .orderBy(SentenceLabels.ID, SentenceLabels.BEGIN)
                .collectAsList();
    }

    private static Row document(String id, String text, @Nullable String reference) {
        Map<String, String> attributes = Map$.MODULE$.<String, String>empty();
        return RowFactory.create(
                "s",
                id,
                text,
                null,
                reference == null ? attributes : attributes.updated("reference", reference),
                "p",
                0L);
    }
}
