package dev.stillhouse.teacher.sentences;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.udfs.summary.Budget;
import dev.stillhouse.udfs.summary.SentenceSplitter;
import dev.stillhouse.udfs.summary.Sentences;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Teachers of sentences that vote. */
class EnsembleTeacherTest {
    private static final Budget ONE = new Budget(Budget.Unit.SENTENCES, 1);
    private static final String TEXT =
            "The harbour was quiet all day. A storm sank three ships at night. Nobody knew the old cook.";
    private static final String REFERENCE = "Three ships sank in a storm at night.";

    private final Dataset<Row> documentsDF = new SentenceDocuments()
            .with("both", TEXT, REFERENCE)
            .with("last", TEXT)
            .with("mute, read", "It is mute here. Three ships sank in a storm.", REFERENCE)
            .with("mute", "It is mute here. Nobody came.")
            .toDF();

    @Test
    void theHeavierMemberDecidesAndDocumentsOfOneAloneAreItsOwn() {
        Dataset<Row> labelsDF = ensemble(3, 1).label(documentsDF);
        assertThat(SentenceDocuments.chosen(labelsDF, "both", TEXT))
                .containsExactly("A storm sank three ships at night.");
        assertThat(SentenceDocuments.chosen(labelsDF, "last", TEXT)).containsExactly("Nobody knew the old cook.");
        assertThat(SentenceDocuments.chosen(ensemble(1, 3).label(documentsDF), "both", TEXT))
                .containsExactly("Nobody knew the old cook.");
        assertThat(saliences(labelsDF, "last")).containsExactly(0f, 0.25f, 1f);
        // The reference's vote is (r, 1, r), and the last's (0, 0.25, 1).
        List<Float> both = saliences(labelsDF, "both");
        assertThat(both.get(1)).isEqualTo(0.75f + 0.25f * 0.25f);
        assertThat(labelsDF.select("teacher").distinct().collectAsList().stream()
                        .map(row -> row.getString(0)))
                .containsExactly(ensemble(3, 1).identity());
    }

    @Test
    void whatNoneSaysAnythingOfIsARejectAndTheSilentAreCounted() {
        EnsembleTeacher ensemble = ensemble(1, 1);
        assertThat(SentenceDocuments.reasons(ensemble.rejects(documentsDF))).isEqualTo(Map.of("mute", "no_reference"));
        assertThat(ensemble.label(documentsDF).select("id").distinct().collectAsList().stream()
                        .map(row -> row.getString(0)))
                .containsExactlyInAnyOrder("both", "last", "mute, read");
        assertThat(ensemble.warnings(documentsDF))
                .containsExactly(
                        "Documents of which reference says nothing, so that the other members alone decide: 1",
                        "Documents of which last says nothing, so that the other members alone decide: 1");
    }

    @Test
    void itIsAllOfItsMembers() {
        EnsembleTeacher ensemble = ensemble(1, 2);
        assertThat(ensemble.name()).isEqualTo("reference + last");
        assertThat(ensemble.identity())
                .contains("1.0 reference-1", "2.0 last-1")
                .isNotEqualTo(ensemble(2, 1).identity());
        assertThat(ensemble.needsReferences()).isFalse();
        assertThat(ensemble.members()).hasSize(2);
    }

    @Test
    void labelsDoNotDependOnThePartitioning() {
        List<Row> one = ensemble(1, 1)
                .label(documentsDF.coalesce(1))
                .orderBy("id", "begin")
                .collectAsList();
        assertThat(ensemble(1, 1)
                        .label(documentsDF.repartition(7))
                        .orderBy("id", "begin")
                        .collectAsList())
                .isEqualTo(one);
    }

    private static EnsembleTeacher ensemble(double reference, double last) {
        return new EnsembleTeacher(
                List.of(
                        new EnsembleTeacher.Member(new ReferenceTeacher(ONE), reference),
                        new EnsembleTeacher.Member(new Last(), last)),
                ONE);
    }

    private static List<Float> saliences(Dataset<Row> labelsDF, String id) {
        return labelsDF.where(col("id").equalTo(id)).orderBy("begin").collectAsList().stream()
                .map(row -> row.getFloat(4))
                .toList();
    }

    /** Says that the last sentence says the most, and nothing of documents that are mute. */
    private record Last() implements SentenceTeacher {
        @Override
        public String name() {
            return "last";
        }

        @Override
        public String identity() {
            return "last-1";
        }

        @Override
        public boolean needsReferences() {
            return false;
        }

        @Override
        public Dataset<Row> label(Dataset<Row> documentsDF) {
            FlatMapFunction<Row, Row> last = row -> {
                Sentences sentences = new SentenceSplitter().split(row.getString(2));
                float[] saliences = new float[sentences.size()];
                for (int i = 0; i < saliences.length; i++) {
                    saliences[i] = i / 100f;
                }
                return new Labelled(row.getString(2), sentences, saliences, new int[] {saliences.length - 1})
                        .rows(row.getString(0), row.getString(1), "last-1")
                        .iterator();
            };
            return documentsDF
                    .where(not(isMute()))
                    .select("source", "id", "text")
                    .flatMap(last, Encoders.row(dev.stillhouse.datasets.schema.SentenceLabels.SCHEMA));
        }

        @Override
        public Dataset<Row> rejects(Dataset<Row> documentsDF) {
            return documentsDF
                    .where(isMute())
                    .select(col("source"), col("id"), lit("mute").as("reason"));
        }

        private static org.apache.spark.sql.Column isMute() {
            return col("text").contains("mute");
        }
    }
}
