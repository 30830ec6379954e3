package dev.stillhouse.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.datasets.schema.Rejects;
import dev.stillhouse.datasets.schema.Scores;
import dev.stillhouse.scoring.drift.DriftConfig;
import dev.stillhouse.udfs.errors.ConfigurationException;
import dev.stillhouse.udfs.student.StudentFiles;
import dev.stillhouse.udfs.testing.SharedSpark;
import dev.stillhouse.udfs.testing.TinyStudent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.junit.jupiter.api.Test;

class ScorerTest {
    private static final StudentFiles FILES = TinyStudent.files(
            List.of("cold", "warm"),
            Map.of("ice", new float[] {2, 0}, "sun", new float[] {0, 2}, "nan", new float[] {Float.NaN, Float.NaN}));

    private final SparkSession spark = SharedSpark.session();
    private final Scorer scorer = scorer(ScoreConfig.Engine.AUTO, 1_000);

    @Test
    void aDocumentWithoutFiniteValuesIsRejectedWithItsPlaceAndTheReason() {
        Dataset<Row> documentsDF = documents("ice", "nan", "sun", "sun nan", "x");

        Dataset<Row> scoresDF = written(scorer.score(documentsDF));
        Dataset<Row> rejectsDF = scorer.rejects(documentsDF, scoresDF);

        assertThat(scoresDF.orderBy(Scores.ID).collectAsList())
                .extracting(row -> row.getAs(Scores.ID) + " " + row.getAs(Scores.LABEL))
                .containsExactly("d0 cold", "d2 warm", "d4 cold");
        assertThat(rejectsDF.columns()).isEqualTo(Rejects.SCHEMA.fieldNames());
        assertThat(rejectsDF.orderBy(Rejects.ID).collectAsList())
                .containsExactly(
                        RowFactory.create("tiny", "file", 10L, "d1", Rejects.NOT_FINITE),
                        RowFactory.create("tiny", "file", 30L, "d3", Rejects.NOT_FINITE));
    }

    @Test
    void whereEveryDocumentIsScoredNoneIsReadAgain() {
        Dataset<Row> documentsDF = documents("ice", "sun", "");

        Dataset<Row> scoresDF = written(scorer.score(documentsDF));
        Dataset<Row> rejectsDF = scorer.rejects(documentsDF, scoresDF);

        assertThat(scoresDF.count()).isEqualTo(3);
        assertThat(rejectsDF.collectAsList()).isEmpty();
        assertThat(rejectsDF.queryExecution().optimizedPlan().toString()).doesNotContain("Join");
    }

    @Test
    void keptColumnsStandBesideTheVerdict() {
        Scorer keeping = new Scorer(
                spark,
                ScoredStudent.of(FILES, "run"),
                new ScoreConfig(List.of(), ScoreConfig.Engine.ONNX, List.of("url", "day"), 9, DriftConfig.warning()));

        Dataset<Row> scoresDF = keeping.score(documents("ice", "sun"));

        assertThat(scoresDF.columns()).isEqualTo(keeping.schema().fieldNames());
        assertThat(scoresDF.orderBy(Scores.ID)
                        .select("id", "url", "day", "label")
                        .collectAsList())
                .containsExactly(
                        RowFactory.create("d0", "u0", null, "cold"), RowFactory.create("d1", "u1", null, "warm"));
    }

    @Test
    void longTextsAreReadToTheirLimitInCharactersAndCounted() {
        Scorer short5 = scorer(ScoreConfig.Engine.AUTO, 5);

        Dataset<Row> scoresDF =
                written(short5.score(documents("x sun", "\u00e9\u00e9\u00e9\u00e9\u00e9", "xx sun", "x     sun")));

        assertThat(scoresDF.orderBy(Scores.ID).select(Scores.LABEL).collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactly("warm", "cold", "cold", "cold");
        assertThat(short5.truncated()).isEqualTo(2);
    }

    @Test
    void theKernelCannotRunWhatIsCutFromAnEncoder() {
        assertThat(scorer.engine()).isEqualTo(ScoreConfig.Engine.ONNX);
        assertThatThrownBy(() -> scorer(ScoreConfig.Engine.KERNEL, 5))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("must be auto or onnx");
    }

    private Scorer scorer(ScoreConfig.Engine engine, int maxChars) {
        return new Scorer(
                spark,
                ScoredStudent.of(FILES, "run"),
                new ScoreConfig(List.of(), engine, List.of(), maxChars, DriftConfig.warning()));
    }

    /** As from a file: computed once. */
    private static Dataset<Row> written(Dataset<Row> scoresDF) {
        Dataset<Row> writtenDF = scoresDF.persist(StorageLevel.MEMORY_ONLY());
        writtenDF.count();
        return writtenDF;
    }

    private Dataset<Row> documents(String... texts) {
        List<Row> rows = new ArrayList<>();
        for (String text : texts) {
            int number = rows.size();
            rows.add(RowFactory.create(
                    "tiny", "d" + number, text, null, Map.of("url", "u" + number), "file", 10L * number));
        }
        return spark.createDataFrame(rows, Documents.SCHEMA).repartition(2);
    }
}
