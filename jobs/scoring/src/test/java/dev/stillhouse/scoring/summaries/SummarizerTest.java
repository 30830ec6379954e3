package dev.stillhouse.scoring.summaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.datasets.schema.Scores;
import dev.stillhouse.datasets.schema.Summaries;
import dev.stillhouse.scoring.cascade.OnTeacherFailure;
import dev.stillhouse.student.export.SalienceWriter;
import dev.stillhouse.udfs.Decision;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.student.FeatureSpec;
import dev.stillhouse.udfs.student.StudentModel;
import dev.stillhouse.udfs.summary.FeatureBins;
import dev.stillhouse.udfs.summary.SalienceFeature;
import dev.stillhouse.udfs.summary.SalienceModel;
import dev.stillhouse.udfs.testing.SharedSpark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.jdk.javaapi.CollectionConverters;

class SummarizerTest {
    private static final int LONGEST = 1_000_000;
    private static final Offset<Float> EXACT = within(1e-6f);
    private static final String RUN = "run-of-the-student";
    private static final byte[] STUDENT = SalienceWriter.write(student());

    private static final List<String> WORDS = List.of(
            "important",
            "storm",
            "ship",
            "the",
            "harbour",
            "sank",
            "old",
            "captain",
            "море",
            "船",
            "😀",
            "1999",
            "night");

    @ParameterizedTest
    @ValueSource(ints = {4, 16})
    void summariesAreTheSameForAnyPartitioning(int partitions) {
        List<Row> documents = new ArrayList<>();
        Random random = new Random(20260401);
        for (int i = 0; i < 50; i++) {
            documents.add(document("d%02d".formatted(i), text(random), Map.of("sea", "sea " + i % 3)));
        }
        SummarizeConfig config = config(LONGEST, List.of(), List.of("sea"), 4);
        List<Row> one = summarize(config, 1, documents);
        assertThat(one).hasSize(50);
        assertThat(one).extracting(row -> row.<String>getAs(Summaries.SUMMARY)).doesNotHaveDuplicates();
        assertThat(one)
                .filteredOn(row -> row.<Integer>getAs(Summaries.WORDS) < row.<Integer>getAs(Summaries.DOCUMENT_WORDS))
                .hasSizeGreaterThan(30);
        assertThat(one)
                .filteredOn(
                        row -> row.getList(row.fieldIndex(Summaries.KEYWORDS)).size() == 4)
                .hasSizeGreaterThan(30);

        assertThat(summarize(config, partitions, documents)).isEqualTo(one);
    }

    @Test
    void aRowSaysWhatTheStudentChoseAndWhoseChoiceItIs() {
        String text = "😀 The ship left. An important storm sank it. Nobody knew the cook.";
        Row row = summarize(config(LONGEST, List.of(), List.of(), 0), 2, List.of(document("a", text, Map.of())))
                .get(0);

        assertThat(row.schema().fieldNames())
                .containsExactly(Summaries.schema(List.of()).fieldNames());
        assertThat(row.<String>getAs(Summaries.SOURCE)).isEqualTo("s");
        assertThat(row.<String>getAs(Summaries.ID)).isEqualTo("a");
        assertThat(row.<String>getAs(Summaries.SUMMARY)).isEqualTo("An important storm sank it.");
        Row sentence = row.<Row>getList(row.fieldIndex(Summaries.SENTENCES)).get(0);
        assertThat(sentence.<Integer>getAs(Summaries.BEGIN)).isEqualTo("* The ship left. ".length());
        assertThat(sentence.<Integer>getAs(Summaries.END))
                .isEqualTo("* The ship left. An important storm sank it.".length());
        double chosen = 1 / (1 + Math.exp(1 - 4));
        double left = 1 / (1 + Math.exp(1));
        assertThat(sentence.<Float>getAs(Summaries.SCORE)).isCloseTo((float) chosen, EXACT);
        assertThat(row.<Float>getAs(Summaries.MARGIN)).isCloseTo((float) (chosen - left), EXACT);
        assertThat(row.<Float>getAs(Summaries.SURENESS)).isCloseTo((float) (chosen / (left + chosen + left)), EXACT);
        assertThat(row.<Integer>getAs(Summaries.WORDS)).isEqualTo(5);
        assertThat(row.<Integer>getAs(Summaries.DOCUMENT_WORDS)).isEqualTo(4 + 5 + 4);
        assertThat(row.getList(row.fieldIndex(Summaries.KEYWORDS))).isEmpty();
        assertThat(row.<String>getAs(Summaries.HEADLINE)).isNull();
        assertThat(row.<String>getAs(Summaries.ROUTE)).isEqualTo(Scores.STUDENT);
        assertThat(row.<String>getAs(Summaries.MODEL)).isEqualTo(RUN);
    }

    @Test
    void aTextThatIsTooLongGivesWhatItsBeginningGives() {
        String beginning = "😀 The ship left the harbour. Nobody knew the old cook.";
        int longest = beginning.codePointCount(0, beginning.length());
        String longer = beginning + " An important storm sank it.";
        List<Row> documents = List.of(document("a", longer, Map.of()), document("b", beginning, Map.of()));
        SummarizeConfig config = config(longest, List.of(), List.of(), 5);

        List<Row> rows = summarize(config, 2, documents);

        assertThat(columnsButId(rows.get(0))).isEqualTo(columnsButId(rows.get(1)));
        assertThat(rows.get(0).<String>getAs(Summaries.SUMMARY)).isEqualTo("Nobody knew the old cook.");
        assertThat(summarize(config(LONGEST, List.of(), List.of(), 5), 2, documents)
                        .get(0)
                        .<String>getAs(Summaries.SUMMARY))
                .isEqualTo("An important storm sank it.");
        Summarizer summarizer = summarizer(config);
        Dataset<Row> documentsDF = SharedSpark.session().createDataFrame(documents, Documents.SCHEMA);
        assertThat(summarizer.summarize(documentsDF).collectAsList()).hasSize(2);
        assertThat(summarizer.truncated()).isEqualTo(1);
        assertThat(summarizer.read(documentsDF).collectAsList())
                .extracting(row -> row.<String>getAs(Documents.TEXT))
                .containsExactly(beginning, beginning);
    }

    @Test
    void noDocumentsHaveNoSummaries() {
        SummarizeConfig config = config(LONGEST, List.of("year"), List.of("sea"), 4);
        assertThat(summarize(config, 4, List.of())).isEmpty();
        assertThat(summarizer(config)
                        .summarize(SharedSpark.session().createDataFrame(List.of(), Documents.SCHEMA))
                        .columns())
                .containsExactly(Summaries.schema(List.of("year", "sea")).fieldNames());
    }

    @Test
    void columnsToKeepAndToGroupByAreCarriedOnce() {
        SummarizeConfig config =
                config(LONGEST, List.of("year", "upper(sea) as loud"), List.of("source", "sea", "year"), 0);
        List<Row> rows = summarize(
                config,
                2,
                List.of(
                        document("a", "A storm sank it.", Map.of("sea", "north", "year", "1999", "loud", "NORTH")),
                        document("b", "A storm sank it.", Map.of("year", "2005", "other", "x"))));

        assertThat(rows.get(0).schema().fieldNames())
                .containsExactly(
                        Summaries.schema(List.of("year", "loud", "sea")).fieldNames());
        assertThat(rows)
                .extracting(row -> row.getAs("year"), row -> row.getAs("loud"), row -> row.getAs("sea"))
                .containsExactly(tuple("1999", "NORTH", "north"), tuple("2005", null, null));
    }

    private static Summarizer summarizer(SummarizeConfig config) {
        return new Summarizer(SharedSpark.session(), STUDENT, RUN, config);
    }

    private static List<Row> summarize(SummarizeConfig config, int partitions, List<Row> documents) {
        Dataset<Row> documentsDF = SharedSpark.session()
                .createDataFrame(documents, Documents.SCHEMA)
                .repartition(partitions);
        return summarizer(config).summarize(documentsDF).orderBy(Summaries.ID).collectAsList();
    }

    private static List<Object> columnsButId(Row row) {
        List<Object> columns = new ArrayList<>();
        for (int i = 1; i < row.size(); i++) {
            columns.add(String.valueOf(row.get(i)));
        }
        return columns;
    }

    /** One sentence, and a headline where keywords are asked for. */
    private static SummarizeConfig config(int maxChars, List<String> keep, List<String> groups, int keywords) {
        return new SummarizeConfig(
                List.of(),
                Budgets.sentences(1),
                keywords > 0,
                keywords,
                groups,
                5,
                keep,
                maxChars,
                Optional.empty(),
                OnTeacherFailure.STOP,
                Optional.empty(),
                false);
    }

    private static Row document(String id, String text, Map<String, String> attributes) {
        return RowFactory.create("s", id, text, null, CollectionConverters.asScala(attributes), "p", 0L);
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int sentence = 1 + random.nextInt(12); sentence > 0; sentence--) {
            text.append("The");
            for (int word = 3 + random.nextInt(9); word > 0; word--) {
                text.append(' ').append(WORDS.get(random.nextInt(WORDS.size())));
            }
            text.append(sentence % 4 == 0 ? ".\n\n" : ". ");
        }
        return text.toString();
    }

    /** Looks for what is important, or old, and for links to other sentences. */
    private static SalienceModel student() {
        float[][] edges = new float[SalienceFeature.size()][0];
        float[][] weights = new float[SalienceFeature.size()][1];
        edges[SalienceFeature.LINKS.column()] = new float[] {1};
        weights[SalienceFeature.LINKS.column()] = new float[] {0, 0.5f};
        StudentModel cues = new StudentModel(
                List.of(StudentModel.SCORE),
                FeatureSpec.words(2),
                new StudentModel.Block(
                        new String[] {"important", "old"}, new StudentModel.Float32(new float[] {4, 1}, 1)),
                StudentModel.Block.none(1),
                StudentModel.Vectors.none(),
                new float[] {-1},
                1,
                Decision.by(Link.IDENTITY),
                Map.of());
        return new SalienceModel(new FeatureBins(edges, weights), cues, 1, 0, new float[] {3, 1});
    }
}
