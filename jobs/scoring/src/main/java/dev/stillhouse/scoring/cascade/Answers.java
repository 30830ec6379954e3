package dev.stillhouse.scoring.cascade;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.to_json;

import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.datasets.schema.Scores;
import dev.stillhouse.scoring.Verdict;
import dev.stillhouse.teacher.PublishedTeacher;
import dev.stillhouse.teacher.Teacher;
import dev.stillhouse.udfs.Link;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What the teacher says of documents, in the columns of scores. */
final class Answers {
    /** Whether the teacher had been asked about the text before the run. */
    static final String KNOWN = "known$";

    private final PublishedTeacher teacher;
    private final Verdict student;

    Answers(PublishedTeacher teacher, Verdict student) {
        this.teacher = teacher;
        this.student = student;
    }

    /** What a verdict decides, as text, so that two can be compared. */
    static Column decided(Link link) {
        return link == Link.SOFTMAX ? col(Scores.LABEL) : to_json(array_sort(col(Scores.LABELS)));
    }

    /**
     * The verdicts, lazily.
     *
     * @param documentsDF with source, id and text_hash
     * @return (source, id, text_hash) and {@link Scores#outputs}, a row for each document that the teacher has an answer for
     */
    Dataset<Row> verdicts(Dataset<Row> documentsDF) {
        StructType schema = new StructType()
                .add(Documents.SOURCE, DataTypes.StringType)
                .add(Documents.ID, DataTypes.StringType)
                .add(Curated.TEXT_HASH, DataTypes.StringType);
        for (StructField field : Scores.outputs(student.decision().link()).fields()) {
            schema = schema.add(field);
        }
        MapFunction<Row, Row> verdict = new VerdictOf(teacher.teacher(), student.labels());
        return teacher.label(documentsDF).map(verdict, Encoders.row(schema));
    }

    /**
     * As {@link #verdicts(Dataset)}, and whether the answer was there before.
     *
     * @param knownDF texts that the teacher had been asked about, (text_hash)
     */
    Dataset<Row> verdicts(Dataset<Row> documentsDF, Dataset<Row> knownDF) {
        return verdicts(documentsDF)
                .join(knownDF.withColumn(KNOWN, lit(true)), new String[] {Curated.TEXT_HASH}, "left_outer")
                .withColumn(KNOWN, coalesce(col(KNOWN), lit(false)))
                .drop(Curated.TEXT_HASH);
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
