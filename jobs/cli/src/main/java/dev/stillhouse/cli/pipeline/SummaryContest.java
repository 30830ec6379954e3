package dev.stillhouse.cli.pipeline;

import dev.stillhouse.datasets.quality.Rouge;
import dev.stillhouse.datasets.quality.SentenceAgreement;
import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.SentenceLabels;
import dev.stillhouse.teacher.sentences.SentenceOracle;
import dev.stillhouse.udfs.summary.Baseline;
import dev.stillhouse.udfs.summary.Budget;
import dev.stillhouse.udfs.summary.SentenceChooser;
import dev.stillhouse.udfs.summary.SentenceSplitter;
import dev.stillhouse.udfs.summary.Sentences;
import dev.stillhouse.udfs.summary.SummaryKernel;
import dev.stillhouse.udfs.summary.SummaryKernels;
import dev.stillhouse.udfs.text.SpacedText;
import dev.stillhouse.udfs.text.Terms;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Summarises evaluation documents in every way, on the executors.
 *
 * @param student file of the student, shared by its tasks
 * @param identity of that
 * @param budget of a summary
 */
record SummaryContest(Broadcast<byte[]> student, String identity, Budget budget)
        implements MapFunction<Row, SummaryContest.Judged> {
    private static final long serialVersionUID = 1L;

    static final String TEACHER = "teacher";
    static final String STUDENT = "student";
    static final String ORACLE = "oracle";

    /** Places among {@link #ways}. */
    static final int OF_TEACHER = 0;

    static final int OF_STUDENT = 1;

    /** Places among the figures of a way. */
    static final int ROUGE1 = 0;

    static final int ROUGE2 = 1;
    static final int ROUGE_L = 2;
    static final int ROUGE_LSUM = 3;
    static final int WORDS = 4;
    static final int COMPRESSION = 5;
    static final int REPETITION = 6;

    /** The ways, in the order of the figures of each document. */
    static List<String> ways() {
        List<String> ways = new ArrayList<>(List.of(TEACHER, STUDENT));
        for (Baseline baseline : Baseline.values()) {
            ways.add(baseline.key());
        }
        ways.add(ORACLE);
        return ways;
    }

    /**
     * A document in every way. Public, as Spark asks of what it carries.
     *
     * @param figures {@code [ways][figure]}: ROUGE-1, -2, -L and -Lsum, words, compression (share of the document's words), repetition
     * @param tenths {@code [ways][10]}: chosen sentences by tenth of the document
     * @param agreement F1 of the sentences that student and teacher choose
     * @param teacher salience of each sentence by the teacher
     * @param salience of each sentence by the student
     */
    public record Judged(
            String source,
            String id,
            double[][] figures,
            int[][] tenths,
            double agreement,
            float[] teacher,
            float[] salience)
            implements Serializable {}

    /** The documents, on the driver, in the order of source and id. */
    List<Judged> judge(Dataset<Row> evaluationDF) {
        return evaluationDF
                .orderBy(Curated.SOURCE, Curated.ID)
                .map(this, Encoders.javaSerialization(Judged.class))
                .collectAsList();
    }

    @Override
    public Judged call(Row row) {
        String text = row.getAs(SentenceLabels.TEXT);
        Sentences sentences = new SentenceSplitter().split(text);
        SummaryKernel kernel = SummaryKernels.of(identity, student::value, identity);
        float[] salience = kernel.salience(text, sentences);
        List<int[]> chosen = new ArrayList<>();
        chosen.add(teachers(row));
        chosen.add(kernel.choose(text, sentences, budget));
        for (Baseline baseline : Baseline.values()) {
            chosen.add(baseline.choose(text, sentences, budget));
        }
        String aim = row.getAs(SentenceLabels.AIM);
        chosen.add(SentenceOracle.of(text, sentences, aim, budget).choose());
        Figures measured = Figures.against(aim, text, sentences);
        double[][] figures = new double[chosen.size()][];
        int[][] tenths = new int[chosen.size()][];
        for (int way = 0; way < figures.length; way++) {
            figures[way] = measured.of(chosen.get(way));
            tenths[way] = Figures.tenths(chosen.get(way), sentences.size());
        }
        List<Float> saliences = row.getList(row.fieldIndex(SentenceLabels.SALIENCES));
        float[] teacher = new float[saliences.size()];
        for (int i = 0; i < teacher.length; i++) {
            teacher[i] = saliences.get(i);
        }
        return new Judged(
                row.getAs(Curated.SOURCE),
                row.getAs(Curated.ID),
                figures,
                tenths,
                SentenceAgreement.f1(chosen.get(OF_TEACHER), chosen.get(OF_STUDENT)),
                teacher,
                salience);
    }

    private static int[] teachers(Row row) {
        List<Boolean> flags = row.getList(row.fieldIndex(SummaryLearning.CHOSEN));
        return IntStream.range(0, flags.size()).filter(flags::get).toArray();
    }

    /**
     * What is measured of a document's summaries.
     *
     * @param wanted what they are compared with
     * @param tokenizer of words
     */
    private record Figures(String text, Sentences sentences, Rouge.Tokens wanted, Rouge.Tokenizer tokenizer) {

        static Figures against(String aim, String text, Sentences sentences) {
            Rouge.Tokenizer tokenizer = tokenizer(aim);
            return new Figures(text, sentences, Rouge.tokens(aim, tokenizer), tokenizer);
        }

        /** Google's words, where what summaries are compared with has any of them to speak of. */
        private static Rouge.Tokenizer tokenizer(String aim) {
            int google = Rouge.tokens(aim, Rouge.Tokenizer.GOOGLE).size();
            int all = Rouge.tokens(aim, Rouge.Tokenizer.UNICODE).size();
            return 2 * google >= all ? Rouge.Tokenizer.GOOGLE : Rouge.Tokenizer.UNICODE;
        }

        double[] of(int[] chosen) {
            String summary = SentenceChooser.lines(text, sentences, chosen);
            Rouge.Scores scores = Rouge.score(wanted, Rouge.tokens(summary, tokenizer));
            int words = SpacedText.words(summary, 0, summary.length());
            int all = 0;
            for (int i = 0; i < sentences.size(); i++) {
                all += SpacedText.words(text, sentences.begin(i), sentences.end(i));
            }
            return new double[] {
                100 * scores.rouge1(),
                100 * scores.rouge2(),
                100 * scores.rougeL(),
                100 * scores.rougeLsum(),
                words,
                (double) words / Math.max(1, all),
                repetition(Terms.of(summary))
            };
        }

        /** Share of the pairs of neighbouring words that stood before. */
        private static double repetition(List<String> words) {
            Set<String> seen = new HashSet<>();
            int repeated = 0;
            for (int i = 1; i < words.size(); i++) {
                repeated += seen.add(words.get(i - 1) + " " + words.get(i)) ? 0 : 1;
            }
            return (double) repeated / Math.max(1, words.size() - 1);
        }

        static int[] tenths(int[] chosen, int size) {
            int[] tenths = new int[10];
            for (int sentence : chosen) {
                tenths[(int) (10L * sentence / size)]++;
            }
            return tenths;
        }
    }
}
