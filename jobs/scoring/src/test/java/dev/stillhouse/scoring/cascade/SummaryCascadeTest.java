package dev.stillhouse.scoring.cascade;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.datasets.schema.Scores;
import dev.stillhouse.datasets.schema.Summaries;
import dev.stillhouse.teacher.outputs.InferenceMeter;
import dev.stillhouse.teacher.outputs.Outputs;
import dev.stillhouse.teacher.sentences.EnsembleTeacher;
import dev.stillhouse.teacher.sentences.SentenceTeacher;
import dev.stillhouse.udfs.errors.DataException;
import dev.stillhouse.udfs.onnx.TextEncoder;
import dev.stillhouse.udfs.testing.SharedSpark;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.Test;

/** Summaries of four sentences each, of which the teacher chooses the first two; the less sure the student, the fewer of them. */
class SummaryCascadeTest {
    private static final int DOCUMENTS = 600;
    private static final String SENTENCE = "Line %d of it. ";
    private static final StructType DOCUMENT = new StructType()
            .add(Documents.SOURCE, DataTypes.StringType)
            .add(Documents.ID, DataTypes.StringType)
            .add(Documents.TEXT, DataTypes.StringType)
            .add(Documents.ATTRIBUTES, DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType));

    private final SparkSession spark = SharedSpark.session();
    private final StoppingTeacher teacher = new StoppingTeacher();
    private final LongAccumulator rows = spark.sparkContext().longAccumulator();
    private Dataset<Row> firstDF = first();

    /** A model that is run on the four sentences of each document, and says what another teacher does. */
    private record Reader(SentenceTeacher like, List<Long> metered) implements SentenceTeacher {
        @Override
        public String name() {
            return "reader";
        }

        @Override
        public String identity() {
            return name();
        }

        @Override
        public Outputs.Result fill(List<Dataset<Row>> documents, String segment, InferenceMeter meter) {
            meter.add(new TextEncoder.Batch((int) (4 * documents.get(0).count()), 1_000_000, 0));
            metered.add(meter.texts());
            return Outputs.Result.NONE;
        }

        @Override
        public Dataset<Row> rejects(Dataset<Row> documentsDF) {
            return like.rejects(documentsDF);
        }

        @Override
        public Dataset<Row> label(Dataset<Row> documentsDF) {
            return like.label(documentsDF);
        }
    }

    private Dataset<Row> documents() {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < DOCUMENTS; i++) {
            // Equal lengths, so that the places are known; the texts differ.
            String text = SENTENCE.formatted(1)
                    + SENTENCE.formatted(2)
                    + SENTENCE.formatted(3)
                    + "Page %04d of it.".formatted(i);
            rows.add(RowFactory.create("s", "d%04d".formatted(i), text, null));
        }
        return spark.createDataFrame(rows, DOCUMENT);
    }

    /** The share of documents for which the student is right, half right or wrong falls with its sureness. */
    private static int common(int document) {
        int hash = Math.floorMod(document * 7919, 100);
        double sureness = sureness(document);
        return hash < 100 * sureness ? 2 : hash < 50 + 50 * sureness ? 1 : 0;
    }

    private static double sureness(int document) {
        return (document + 1) / (double) DOCUMENTS;
    }

    private Dataset<Row> first() {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < DOCUMENTS; i++) {
            int from = 2 - common(i);
            List<Row> places = IntStream.of(from, from + 1)
                    .mapToObj(place -> RowFactory.create(14 * place, 14 * place + 13, 0.5f))
                    .toList();
            rows.add(RowFactory.create(
                    "d%04d".formatted(i),
                    "s",
                    "own",
                    places,
                    null,
                    List.of("word"),
                    8,
                    16,
                    0.1f,
                    (float) sureness(i),
                    Scores.STUDENT,
                    "student-run"));
        }
        return spark.createDataFrame(rows, Summaries.schema(List.of()));
    }

    private static RouteConfig config(double agreement, Optional<Integer> budget, Optional<Integer> sample) {
        return new RouteConfig(
                Optional.of(agreement), Optional.empty(), Optional.empty(), Optional.empty(), 0.95, budget, sample, 50);
    }

    private Cascade cascade(RouteConfig config, boolean goesOn) {
        Cascade.Run run = new Cascade.Run(
                "run", 42, () -> new InferenceMeter(spark.sparkContext(), rows), System::nanoTime, "label-run", goesOn);
        return Cascade.ofSummaries(config, teacher, true, run);
    }

    private record Result(List<Row> rows, Outcome outcome) {
        Map<String, Long> byRoute() {
            Map<String, Long> counts = new HashMap<>();
            rows.forEach(row -> counts.merge(row.getAs(Summaries.ROUTE), 1L, Long::sum));
            return counts;
        }
    }

    private Result route(RouteConfig config, boolean goesOn, int partitions) {
        try (Cascade cascade = cascade(config, goesOn)) {
            Cascade.Routed routed =
                    cascade.route(documents().repartition(partitions), firstDF.repartition(partitions), DOCUMENTS);
            return new Result(routed.answersDF().orderBy(Summaries.ID).collectAsList(), routed.outcome());
        }
    }

    @Test
    void whatTheStudentIsNotSureOfIsSummarisedByTheTeacherAndThePromiseHolds() {
        teacher.answered.add("d0003");

        Result result = route(config(0.8, Optional.of(1_000), Optional.of(200)), false, 3);

        double agreement = 0;
        for (int i = 0; i < DOCUMENTS; i++) {
            Row row = result.rows().get(i);
            assertThat(row.<Float>getAs(Summaries.SURENESS)).isEqualTo((float) sureness(i));
            assertThat(row.getList(row.fieldIndex(Summaries.KEYWORDS))).isEqualTo(List.of("word"));
            if (row.getAs(Summaries.ROUTE).equals(Scores.STUDENT)) {
                agreement += common(i) / 2.0;
                assertThat(row.<String>getAs(Summaries.MODEL)).isEqualTo("student-run");
                assertThat(row.<String>getAs(Summaries.SUMMARY)).isEqualTo("own");
            } else {
                agreement++;
                assertThat(row.<String>getAs(Summaries.MODEL)).isEqualTo("label-run");
                assertThat(row.<String>getAs(Summaries.SUMMARY)).isEqualTo("Line 1 of it.\nLine 2 of it.");
                assertThat(row.<String>getAs(Summaries.HEADLINE)).isEqualTo("Line 1 of it.");
                assertThat(row.<Integer>getAs(Summaries.WORDS)).isEqualTo(8);
                assertThat(row.<Integer>getAs(Summaries.DOCUMENT_WORDS)).isEqualTo(16);
            }
        }
        Outcome outcome = result.outcome();
        assertThat(result.rows().get(3).<String>getAs(Summaries.ROUTE)).isEqualTo(Scores.CACHE);
        assertThat(result.byRoute()).containsOnlyKeys(Scores.STUDENT, Scores.TEACHER, Scores.CACHE);
        assertThat(result.byRoute().get(Scores.STUDENT)).isBetween(100L, 400L);
        assertThat(agreement / DOCUMENTS)
                .isGreaterThanOrEqualTo(outcome.realised(0).orElseThrow());
        assertThat(outcome.realised(0).orElseThrow())
                .isGreaterThan(outcome.choice().expected())
                .isGreaterThanOrEqualTo(0.8);
        assertThat(outcome.questions()).isEqualTo(teacher.asked);
        assertThat(outcome.audited()).isEqualTo(50);
        assertThat(outcome.auditedAgreement().orElseThrow()).isBetween(0.7, 1.0);
        assertThat(outcome.sampleAgreement().orElseThrow()).isBetween(0.8, 0.99);
    }

    @Test
    void whatWasAnsweredInTheRunIsNotTakenForWhatWasThereAndKeptColumnsStay() {
        firstDF = firstDF.withColumn("explained", col(Summaries.ID));

        Result result = route(config(0.8, Optional.empty(), Optional.of(100)), false, 2);

        assertThat(result.byRoute()).containsOnlyKeys(Scores.STUDENT, Scores.TEACHER);
        assertThat(result.rows())
                .allSatisfy(row -> assertThat(row.<String>getAs("explained")).isEqualTo(row.getAs(Summaries.ID)));
    }

    @Test
    void membersAreMeteredEachByItselfOverTheRun() {
        List<Long> metered = new ArrayList<>();
        EnsembleTeacher ensemble = new EnsembleTeacher(
                List.of(
                        new EnsembleTeacher.Member(teacher, 2),
                        new EnsembleTeacher.Member(new Reader(teacher, metered), 1)),
                new dev.stillhouse.udfs.summary.Budget(dev.stillhouse.udfs.summary.Budget.Unit.SENTENCES, 2));
        SummaryAnswers answers = new SummaryAnswers(ensemble, true);
        try (Asked asked = new Asked(answers, () -> new InferenceMeter(spark.sparkContext(), rows), System::nanoTime)) {
            for (String some : List.of("id < 'd0010'", "id < 'd0030'")) {
                Asked.Texts texts = asked.documents(documents(), documents().where(some), true);
                assertThat(asked.ask(texts, asked.questions(texts), some)).isZero();
            }

            assertThat(teacher.metered).containsExactly(10L, 30L);
            assertThat(metered).containsExactly(40L, 160L);
            assertThat(rows.sum()).isEqualTo(190);
            assertThat(asked.texts()).isEqualTo(30);
        }
    }

    @Test
    void questionsToWhichNoAnswerCameCount() {
        IntStream.range(0, DOCUMENTS).filter(i -> i % 9 == 0).forEach(i -> teacher.failing.add("d%04d".formatted(i)));

        Result result = route(config(0.5, Optional.empty(), Optional.of(100)), false, 2);

        assertThat(teacher.answered).hasSizeLessThan(teacher.asked - 9);
        assertThat(result.outcome().questions()).isEqualTo(teacher.asked);
        assertThat(result.byRoute().get(Scores.FALLBACK)).isPositive();
    }

    @Test
    void aSpentBudgetOfTheServerEndsTheSampleAndIsToldOfTheRest() {
        RouteConfig config = config(0.8, Optional.empty(), Optional.of(100));
        teacher.affordable = 60;
        assertThatThrownBy(() -> route(config, true, 2))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(
                        "Cannot tell a threshold: teacher.endpoint.budget was spent before the teacher was asked about 40 texts of the sample")
                .hasMessageContaining("run the command again");

        teacher.affordable = 60;
        Result marked = route(config, false, 2);
        assertThat(teacher.answered).hasSize(120);
        assertThat(marked.outcome().questions()).isEqualTo(60);
        assertThat(marked.byRoute().get(Scores.FALLBACK)).isPositive();
        // Documents of the audit that the student answers are asked about too.
        assertThat(marked.outcome().failure().orElseThrow())
                .matches("teacher\\.endpoint\\.budget was spent before the teacher was asked about [0-9]+ texts");
    }

    @Test
    void theSummariesAreTheSameForAnyPartitioning() {
        List<Row> one =
                route(config(0.7, Optional.empty(), Optional.of(100)), false, 1).rows();
        teacher.answered.clear();

        assertThat(route(config(0.7, Optional.empty(), Optional.of(100)), false, 5)
                        .rows())
                .isEqualTo(one);
    }

    @Test
    void whatCannotBeKeptIsRefusedBeforeTheTeacherIsAsked() {
        assertThatThrownBy(() -> route(config(0.8, Optional.empty(), Optional.of(13)), false, 2))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Cannot keep summarize.route.agreement 0.8 at confidence 0.95")
                .hasMessageContaining("a sample of 13 documents cannot show it (at least 14 are needed")
                .hasMessageContaining("Raise summarize.route.sample");
        assertThatThrownBy(() -> route(config(0.8, Optional.of(50), Optional.of(60)), false, 2))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Cannot draw a sample: the teacher would be asked about 60 texts")
                .hasMessageContaining("summarize.route.budget is 50");
        assertThat(teacher.asked).isZero();

        assertThatThrownBy(() -> route(config(0.9, Optional.of(210), Optional.of(200)), false, 2))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Cannot keep summarize.route.agreement 0.9 within summarize.route.budget 210")
                .hasMessageContaining("Raise the budget to ")
                .hasMessageContaining("with agreement 0.7 the student would answer about");
        assertThat(teacher.asked).isEqualTo(200);
    }

    @Test
    void aTeacherThatStopsAnsweringStopsTheRunOrLeavesTheStudentsSummariesMarked() {
        RouteConfig config = config(0.8, Optional.empty(), Optional.of(200));
        teacher.left = 250;
        assertThatThrownBy(() -> route(config, false, 2)).isInstanceOf(UncheckedIOException.class);
        assertThat(teacher.answered).hasSize(250);

        teacher.answered.clear();
        teacher.asked = 0;
        teacher.left = 250;
        Result marked = route(config, true, 2);
        long fallbacks = marked.byRoute().get(Scores.FALLBACK);
        assertThat(fallbacks).isPositive();
        assertThat(marked.outcome().failure()).contains("Cannot reach it");
        assertThat(marked.outcome().questions()).isEqualTo(250);
        assertThat(marked.outcome().realised(fallbacks).orElseThrow()).isLessThan(0.8);
        assertThat(marked.rows())
                .filteredOn(row -> row.getAs(Summaries.ROUTE).equals(Scores.FALLBACK))
                .allSatisfy(row -> {
                    assertThat(row.<String>getAs(Summaries.SUMMARY)).isEqualTo("own");
                    assertThat(row.<String>getAs(Summaries.MODEL)).isEqualTo("student-run");
                });

        teacher.left = Integer.MAX_VALUE;
        Result again = route(config, false, 2);
        assertThat(again.byRoute().get(Scores.CACHE)).isEqualTo(250);
        assertThat(again.outcome().questions()).isEqualTo(teacher.asked - 250);
    }

    @Test
    void fewDocumentsAreAllTheTeachers() {
        Result result = route(config(0.99, Optional.empty(), Optional.of(10_000)), false, 2);

        assertThat(result.byRoute()).doesNotContainKey(Scores.STUDENT);
        assertThat(result.outcome().realised(0)).contains(1.0);
    }
}
