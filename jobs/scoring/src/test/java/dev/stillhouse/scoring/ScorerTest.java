package dev.stillhouse.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.datasets.schema.Rejects;
import dev.stillhouse.datasets.schema.Scores;
import dev.stillhouse.udfs.student.StudentFiles;
import dev.stillhouse.udfs.testing.SharedSpark;
import dev.stillhouse.udfs.testing.TinyStudent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final Scorer scorer = new Scorer(spark.sparkContext(), FILES, "run", Optional.empty());

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
            rows.add(RowFactory.create("tiny", "d" + number, text, null, Map.of(), "file", 10L * number));
        }
        return spark.createDataFrame(rows, Documents.SCHEMA).repartition(2);
    }
}
