package dev.stillhouse.cli.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stillhouse.cli.pipeline.SummaryContest.Judged;
import dev.stillhouse.datasets.schema.SentenceLabels;
import dev.stillhouse.student.export.SalienceWriter;
import dev.stillhouse.udfs.Decision;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.Sha256;
import dev.stillhouse.udfs.student.FeatureSpec;
import dev.stillhouse.udfs.student.StudentModel;
import dev.stillhouse.udfs.summary.Baseline;
import dev.stillhouse.udfs.summary.Budget;
import dev.stillhouse.udfs.summary.FeatureBins;
import dev.stillhouse.udfs.summary.SalienceFeature;
import dev.stillhouse.udfs.summary.SalienceModel;
import dev.stillhouse.udfs.summary.SentenceSplitter;
import dev.stillhouse.udfs.summary.Sentences;
import dev.stillhouse.udfs.testing.SharedSpark;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Figures of four sentences of 6, 6, 6 and 4 words: the teacher chooses all but the third, the student the two of a storm, since it looks for that, and a little for what is old. */
class SummaryContestTest {
    private static final Offset<Double> EXACT = within(1e-9);
    private static final Budget TWO = new Budget(Budget.Unit.SENTENCES, 2);
    private static final byte[] STUDENT = SalienceWriter.write(student());

    private static final String TEXT =
            "The old ship left the harbour. A storm sank the old ship. A storm sank the other ship. Nobody knew the cook.";
    /** Nine words and eight pairs; the last word is one of the text when it is stemmed. */
    private static final String AIM = "The cook knew.\nA storm sank the old ships.";

    private static final Row ROW = row("a", TEXT, AIM, true, true, false, true);

    private static final StructType SCHEMA = SentenceLabels.LEARNING.add(
            SummaryLearning.CHOSEN, DataTypes.createArrayType(DataTypes.BooleanType, false), false);

    @Test
    void theTeacherIsMeasuredByItsChoiceWhateverTheBudget() {
        Judged judged = judge(TWO, ROW).get(0);
        assertThat(figures(judged, SummaryContest.TEACHER))
                .containsExactly(
                        new double[] {
                            100 * 2 * 9 / (16 + 9.0),
                            100 * 2 * 6 / (15 + 8.0),
                            100 * 2 * 7 / (16 + 9.0),
                            100 * 2 * 8 / (16 + 9.0),
                            16,
                            16 / 22.0,
                            2 / 15.0
                        },
                        EXACT);
        assertThat(tenths(judged, SummaryContest.TEACHER)).containsExactly(1, 0, 1, 0, 0, 0, 0, 1, 0, 0);
    }

    @Test
    void theStudentIsMeasuredByWhatItChoosesWithinTheBudget() {
        Judged judged = judge(TWO, ROW).get(0);
        assertThat(figures(judged, SummaryContest.STUDENT))
                .containsExactly(
                        new double[] {
                            100 * 2 * 7 / (12 + 9.0),
                            100 * 2 * 5 / (11 + 8.0),
                            100 * 2 * 6 / (12 + 9.0),
                            100 * 2 * 7 / (12 + 9.0),
                            12,
                            12 / 22.0,
                            3 / 11.0
                        },
                        EXACT);
        assertThat(tenths(judged, SummaryContest.STUDENT)).containsExactly(0, 0, 1, 0, 0, 1, 0, 0, 0, 0);
    }

    @Test
    void firstSentencesLastOnesAndTheOracleAreMeasuredAlike() {
        Judged judged = judge(TWO, ROW).get(0);
        assertThat(figures(judged, Baseline.LEAD.key()))
                .containsExactly(
                        new double[] {
                            100 * 2 * 7 / (12 + 9.0),
                            100 * 2 * 5 / (11 + 8.0),
                            100 * 2 * 7 / (12 + 9.0),
                            100 * 2 * 7 / (12 + 9.0),
                            12,
                            12 / 22.0,
                            2 / 11.0
                        },
                        EXACT);
        assertThat(figures(judged, Baseline.TAIL.key()))
                .containsExactly(
                        new double[] {
                            100 * 2 * 8 / (10 + 9.0),
                            100 * 2 * 4 / (9 + 8.0),
                            100 * 2 * 5 / (10 + 9.0),
                            100 * 2 * 7 / (10 + 9.0),
                            10,
                            10 / 22.0,
                            0
                        },
                        EXACT);
        assertThat(figures(judged, SummaryContest.ORACLE))
                .containsExactly(
                        new double[] {
                            100 * 2 * 9 / (10 + 9.0),
                            100 * 2 * 6 / (9 + 8.0),
                            100 * 2 * 6 / (10 + 9.0),
                            100 * 2 * 8 / (10 + 9.0),
                            10,
                            10 / 22.0,
                            0
                        },
                        EXACT);
        assertThat(tenths(judged, SummaryContest.ORACLE)).containsExactly(0, 0, 1, 0, 0, 0, 0, 1, 0, 0);
    }

    @Test
    void everyBaselineIsInItsPlace() {
        assertThat(SummaryContest.ways())
                .containsExactly("teacher", "student", "lead", "tail", "random", "textrank", "lexrank", "oracle");
        Judged judged = judge(TWO, ROW).get(0);
        assertThat(judged.figures()).hasDimensions(8, 7);
        assertThat(judged.tenths()).hasDimensions(8, 10);
        Sentences sentences = new SentenceSplitter().split(TEXT);
        assertThat(sentences.size()).isEqualTo(4);
        for (Baseline baseline : Baseline.values()) {
            int[] expected = new int[10];
            for (int sentence : baseline.choose(TEXT, sentences, TWO)) {
                expected[new int[] {0, 2, 5, 7}[sentence]]++;
            }
            assertThat(tenths(judged, baseline.key())).as(baseline.key()).containsExactly(expected);
        }
    }

    @Test
    void agreementIsOfTheTwoChoicesAndSaliencesAreThoseOfEach() {
        Judged judged = judge(TWO, ROW).get(0);
        assertThat(judged.agreement()).isEqualTo(2 * 1 / (3 + 2.0), EXACT);
        assertThat(judged.teacher()).containsExactly(0.25f, 0.875f, 0.5f, 0.125f);
        assertThat(judged.salience())
                .containsExactly(
                        new float[] {
                            sigmoid((1 - 1) / 2.0),
                            sigmoid(((1 + 2) / Math.sqrt(2) - 1) / 2),
                            sigmoid((2 - 1) / 2.0),
                            sigmoid((0 - 1) / 2.0)
                        },
                        within(1e-6f));
    }

    @Test
    void aSummaryOfNothingIsWorthNothing() {
        Judged judged = judge(new Budget(Budget.Unit.WORDS, 3), row("a", TEXT, AIM, false, false, false, false))
                .get(0);
        assertThat(judged.agreement()).isEqualTo(1);
        for (String way : SummaryContest.ways()) {
            assertThat(figures(judged, way)).as(way).containsOnly(0);
            assertThat(tenths(judged, way)).as(way).containsOnly(0);
        }
    }

    @Test
    void whereTheAimIsOfAnotherScriptItsOwnWordsAreCompared() {
        String text = "Буря потопила корабль. Никто не знал кока.";
        Judged judged = judge(
                        new Budget(Budget.Unit.SENTENCES, 1), row("a", text, "Корабль потопила буря.", false, true))
                .get(0);
        assertThat(Arrays.copyOf(figures(judged, Baseline.LEAD.key()), 4))
                .containsExactly(new double[] {100, 0, 100 / 3.0, 100 / 3.0}, EXACT);
        assertThat(figures(judged, SummaryContest.TEACHER)).startsWith(0, 0, 0, 0, 4);
    }

    @Test
    void documentsAreJudgedInTheOrderOfTheirNames() {
        List<Judged> judged = judge(TWO, row("b", TEXT, AIM, false, true, true, false), ROW);
        assertThat(judged).extracting(Judged::id).containsExactly("a", "b");
        assertThat(judged).extracting(Judged::source).containsExactly("s", "s");
        assertThat(judged).extracting(Judged::agreement).containsExactly(2 * 1 / (3 + 2.0), 1.0);
    }

    private static float sigmoid(double logit) {
        return (float) (1 / (1 + Math.exp(-logit)));
    }

    private static double[] figures(Judged judged, String way) {
        return judged.figures()[SummaryContest.ways().indexOf(way)];
    }

    private static int[] tenths(Judged judged, String way) {
        return judged.tenths()[SummaryContest.ways().indexOf(way)];
    }

    private static List<Judged> judge(Budget budget, Row... rows) {
        JavaSparkContext context =
                JavaSparkContext.fromSparkContext(SharedSpark.session().sparkContext());
        Dataset<Row> evaluationDF = SharedSpark.session().createDataFrame(List.of(rows), SCHEMA);
        return new SummaryContest(context.broadcast(STUDENT), Sha256.hex(STUDENT), budget).judge(evaluationDF);
    }

    /** With saliences of as many sentences as the teacher is asked about. */
    private static Row row(String id, String text, String aim, Boolean... chosen) {
        List<Float> saliences = List.of(0.25f, 0.875f, 0.5f, 0.125f).subList(0, chosen.length);
        return RowFactory.create("s", id, text, "hash", saliences.toArray(new Float[0]), aim, chosen);
    }

    private static SalienceModel student() {
        float[][] weights = new float[SalienceFeature.size()][1];
        StudentModel cues = new StudentModel(
                List.of(StudentModel.SCORE),
                FeatureSpec.words(2),
                new StudentModel.Block(new String[] {"old", "storm"}, new StudentModel.Float32(new float[] {1, 2}, 1)),
                StudentModel.Block.none(1),
                StudentModel.Vectors.none(),
                new float[] {-1},
                1,
                Decision.by(Link.IDENTITY),
                Map.of());
        FeatureBins bins = new FeatureBins(new float[SalienceFeature.size()][0], weights);
        return new SalienceModel(bins, cues, 2, 0, new float[] {1, 1});
    }
}
