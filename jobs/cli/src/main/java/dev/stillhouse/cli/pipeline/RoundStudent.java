package dev.stillhouse.cli.pipeline;

import static org.apache.spark.sql.functions.array_max;
import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.stillhouse.datasets.plan.Checkpoint;
import dev.stillhouse.datasets.quality.Classification;
import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.Scores;
import dev.stillhouse.datasets.schema.SoftLabels;
import dev.stillhouse.reports.record.LabelFigures;
import dev.stillhouse.scoring.ScoreConfig;
import dev.stillhouse.scoring.ScoredStudent;
import dev.stillhouse.scoring.Scorer;
import dev.stillhouse.student.Goal;
import dev.stillhouse.student.StudentConfig;
import dev.stillhouse.student.StudentTrainer;
import dev.stillhouse.student.export.OnnxStudentWriter;
import dev.stillhouse.teacher.choice.Choice;
import dev.stillhouse.udfs.student.StudentFiles;
import dev.stillhouse.udfs.student.StudentKernel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A student between rounds of labelling, trained quickly on what is labelled by then.
 *
 * @param kernel the student
 */
record RoundStudent(StudentKernel kernel) {

    /**
     * Trains one.
     *
     * @param learningDF rows with soft labels, source, id, text and text_hash
     * @param labels of the teacher
     */
    static RoundStudent learn(StudentConfig config, Dataset<Row> learningDF, List<String> labels, long seed) {
        Dataset<Row> keptDF = Checkpoint.of(learningDF);
        try {
            StudentTrainer trainer = new StudentTrainer(config.quick(), Goal.oneOf(labels), seed, Optional.empty());
            return new RoundStudent(new StudentKernel(trainer.train(keptDF).fp32()));
        } finally {
            Checkpoint.release(keptDF);
        }
    }

    /**
     * How often it agrees with the teacher.
     *
     * @param learned texts it has learned from
     * @param heldDF rows with text and probabilities that it has not learned from, few enough for the driver
     */
    LabelFigures.Round round(long learned, Dataset<Row> heldDF) {
        Column best = array_position(col(SoftLabels.PROBABILITIES), array_max(col(SoftLabels.PROBABILITIES)));
        List<Row> held =
                heldDF.select(col(Curated.TEXT), best.minus(lit(1)).cast("int")).collectAsList();
        List<String> texts = new ArrayList<>();
        held.forEach(row -> texts.add(row.getString(0)));
        double agreement = Classification.agreement(
                Classification.argmax(kernel.probabilities(texts)),
                held.stream().mapToInt(row -> row.getInt(1)).toArray());
        return new LabelFigures.Round(learned, agreement);
    }

    /** The same texts in turns by how sure it is of them, the least sure first. */
    Dataset<Row> turns(Dataset<Row> textsDF) {
        StudentFiles files = StudentFiles.ofText(OnnxStudentWriter.write(kernel.model()));
        Dataset<Row> marginsDF = new Scorer(
                        textsDF.sparkSession(), ScoredStudent.of(files, "round"), ScoreConfig.plain())
                .score(textsDF)
                .select(
                        col(Scores.SOURCE),
                        col(Scores.ID),
                        col(Scores.MARGIN).cast("double").as(Choice.TURN));
        return textsDF.join(marginsDF, new String[] {Curated.SOURCE, Curated.ID});
    }
}
