package dev.stillhouse.scoring.cascade;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;

import dev.stillhouse.datasets.quality.SentenceAgreement;
import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.datasets.schema.SentenceLabels;
import dev.stillhouse.datasets.schema.Summaries;
import dev.stillhouse.teacher.outputs.InferenceMeter;
import dev.stillhouse.teacher.sentences.SentenceTeacher;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** Summaries: what the teacher chooses of documents, in the columns of summaries. Keywords, of which it says nothing, stay the student's. */
final class SummaryAnswers implements Answers {
    private static final String SAID = "said$";

    private final SentenceTeacher teacher;
    private final boolean withHeadline;
    private final UnaryOperator<Dataset<Row>> knownBefore;

    /**
     * @param withHeadline whether summaries have one
     */
    SummaryAnswers(SentenceTeacher teacher, boolean withHeadline) {
        this.teacher = teacher;
        this.withHeadline = withHeadline;
        this.knownBefore = teacher.known();
    }

    @Override
    public Column sureness() {
        return col(Summaries.SURENESS);
    }

    /** {@inheritDoc} Where the chosen sentences begin. */
    @Override
    public Column decided() {
        return concat_ws(",", transform(col(Summaries.SENTENCES), sentence -> sentence.getField(Summaries.BEGIN)
                .cast(DataTypes.StringType)));
    }

    @Override
    public double agreement(String student, String teachers) {
        return SentenceAgreement.f1(begins(student), begins(teachers));
    }

    private static int[] begins(String decided) {
        return decided.isEmpty()
                ? new int[0]
                : Arrays.stream(decided.split(",")).mapToInt(Integer::parseInt).toArray();
    }

    @Override
    public List<String> replaced() {
        return TeacherSummary.COLUMNS;
    }

    @Override
    public List<String> cleared() {
        return List.of();
    }

    @Override
    public int members() {
        return teacher.members().size();
    }

    @Override
    public Dataset<Row> known(Dataset<Row> textsDF) {
        return knownBefore.apply(textsDF);
    }

    @Override
    public boolean asks() {
        return true;
    }

    @Override
    public long questions(Dataset<Row> textsDF) {
        return textsDF.join(teacher.known().apply(textsDF), Asked.KEY, "left_anti")
                .select(Curated.TEXT_HASH)
                .distinct()
                .count();
    }

    @Override
    public long ask(Dataset<Row> textsDF, String segment, List<InferenceMeter> meters) {
        List<SentenceTeacher> members = teacher.members();
        long left = 0;
        for (int m = 0; m < members.size(); m++) {
            left = Math.max(
                    left,
                    members.get(m)
                            .fill(List.of(textsDF), segment, meters.get(m))
                            .left());
        }
        return left;
    }

    /** {@inheritDoc} The meter of a server counts documents, and that of a model sentences: of documents that only models were run on those that are answered are counted. */
    @Override
    public long put(Dataset<Row> textsDF, long questions, long[] metered) {
        if (Arrays.stream(metered).allMatch(texts -> texts == 0)) {
            return 0;
        }
        List<SentenceTeacher> members = teacher.members();
        long most = IntStream.range(0, metered.length)
                .filter(m -> members.get(m).isPaid())
                .mapToLong(m -> metered[m])
                .max()
                .orElse(0);
        return most >= questions ? questions : Math.max(most, questions - questions(textsDF));
    }

    /** {@inheritDoc} Of a document of which some sentences were answered nothing is said. */
    @Override
    public Dataset<Row> verdicts(Dataset<Row> textsDF) {
        Dataset<Row> labelsDF = teacher.label(textsDF.join(teacher.known().apply(textsDF), Asked.KEY, "left_semi"))
                .groupBy(SentenceLabels.SOURCE, SentenceLabels.ID)
                .agg(array_sort(collect_list(
                                struct(SentenceLabels.BEGIN, SentenceLabels.SALIENCE, SentenceLabels.CHOSEN)))
                        .as(SAID));
        return textsDF.select(Documents.SOURCE, Documents.ID, Documents.TEXT)
                .join(labelsDF, Asked.KEY)
                .map(new TeacherSummary(withHeadline), Encoders.row(TeacherSummary.SCHEMA));
    }
}
