package dev.stillhouse.scoring.cascade;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.to_json;

import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.datasets.schema.Scores;
import dev.stillhouse.scoring.Verdict;
import dev.stillhouse.teacher.PublishedTeacher;
import dev.stillhouse.teacher.Teacher;
import dev.stillhouse.teacher.outputs.InferenceMeter;
import dev.stillhouse.udfs.Link;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Labels: what the teacher says of documents, in the columns of scores. */
final class LabelAnswers implements Answers {
    private final PublishedTeacher teacher;
    private final Verdict student;
    private final Optional<String> label;
    private final Dataset<Row> knownDF;

    /**
     * @param label whose documents are selected; absent where labels are to agree
     */
    LabelAnswers(PublishedTeacher teacher, Verdict student, Optional<String> label) {
        this.teacher = teacher;
        this.student = student;
        this.label = label;
        this.knownDF = teacher.known();
    }

    /** How labels are given. */
    Link link() {
        return student.decision().link();
    }

    /** {@inheritDoc} The probability of its label, or of the one that is selected; the least distance of a probability from its threshold. */
    @Override
    public Column sureness() {
        return label.map(selected -> element_at(
                        col(Scores.PROBABILITIES), lit(student.labels().indexOf(selected) + 1)))
                .orElse(col(link() == Link.SOFTMAX ? Scores.PROBABILITY : Scores.MARGIN));
    }

    @Override
    public Column decided() {
        return link() == Link.SOFTMAX ? col(Scores.LABEL) : to_json(array_sort(col(Scores.LABELS)));
    }

    @Override
    public double agreement(String own, String teachers) {
        return own.equals(teachers) ? 1 : 0;
    }

    @Override
    public List<String> replaced() {
        return List.of(Scores.outputs(link()).fieldNames());
    }

    /** {@inheritDoc} The n-grams by which the student decided. */
    @Override
    public List<String> cleared() {
        return List.of(Scores.EXPLAINED);
    }

    @Override
    public int members() {
        return teacher.members();
    }

    @Override
    public Dataset<Row> known(Dataset<Row> textsDF) {
        return textsDF.join(knownDF, new String[] {Curated.TEXT_HASH}, "left_semi")
                .select(Documents.SOURCE, Documents.ID);
    }

    @Override
    public boolean asks() {
        return teacher.asks();
    }

    @Override
    public long questions(Dataset<Row> textsDF) {
        return asks()
                ? textsDF.select(Curated.TEXT_HASH)
                        .distinct()
                        .join(teacher.known(), new String[] {Curated.TEXT_HASH}, "left_anti")
                        .count()
                : 0;
    }

    @Override
    public long ask(Dataset<Row> textsDF, String segment, List<InferenceMeter> meters) {
        return teacher.fill(textsDF, segment, meters);
    }

    /** {@inheritDoc} A column is no question, and a server may stop answering. */
    @Override
    public long put(Dataset<Row> textsDF, long questions, long[] metered) {
        return Math.min(questions, Arrays.stream(metered).sum());
    }

    @Override
    public Dataset<Row> verdicts(Dataset<Row> textsDF) {
        StructType schema = new StructType()
                .add(Documents.SOURCE, DataTypes.StringType)
                .add(Documents.ID, DataTypes.StringType)
                .add(Curated.TEXT_HASH, DataTypes.StringType);
        for (StructField field : Scores.outputs(link()).fields()) {
            schema = schema.add(field);
        }
        MapFunction<Row, Row> verdict = new VerdictOf(teacher.teacher(), student.labels());
        return teacher.label(textsDF).map(verdict, Encoders.row(schema)).drop(Curated.TEXT_HASH);
    }

    /** The teacher's probabilities in the order of the student's labels; what the student does not know can be the teacher's label all the same. */
    private record VerdictOf(Verdict verdict, List<String> studentLabels) implements MapFunction<Row, Row> {
        private static final long serialVersionUID = 1L;
        private static final int KEYS = 3;

        private VerdictOf(Teacher teacher, List<String> studentLabels) {
            this(new Verdict(teacher.mixture().decision(), teacher.mixture().labels()), studentLabels);
        }

        @Override
        public Row call(Row row) {
            List<Float> given = row.getList(KEYS);
            float[] outputs = new float[given.size()];
            for (int label = 0; label < outputs.length; label++) {
                outputs[label] = given.get(label);
            }
            List<Object> values = new ArrayList<>(List.of(row.get(0), row.get(1), row.get(2)));
            values.addAll(verdict.of(outputs, ofStudent(outputs)));
            return RowFactory.create(values.toArray());
        }

        private float[] ofStudent(float[] outputs) {
            float[] ordered = new float[studentLabels.size()];
            for (int label = 0; label < ordered.length; label++) {
                int place = verdict.labels().indexOf(studentLabels.get(label));
                ordered[label] = place < 0 ? 0 : outputs[place];
            }
            return ordered;
        }
    }
}
