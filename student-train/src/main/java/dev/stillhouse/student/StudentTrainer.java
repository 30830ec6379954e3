package dev.stillhouse.student;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;

import dev.stillhouse.datasets.schema.SoftLabels;
import dev.stillhouse.student.StudentConfig.Kind;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.errors.DataException;
import dev.stillhouse.udfs.student.StudentModel;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Trains students on a teacher's probabilities. Learning rows are cut by hash into a fit part (weights) and a select part (early stopping, choice of variant and kind, and temperature where {@link CrossFitting} does not tell it); vocabulary, weights and AdaGrad's sums (12 bytes for each weight and for each of three more students where they are trained at once, the best weights
 * so far included) are held on the driver.
 */
public final class StudentTrainer {
    /** Most labels of a student. */
    public static final int MOST_LABELS = 1_000;

    private final StudentConfig config;
    private final Goal goal;
    private final long seed;
    private final Optional<VectorSource> source;

    /**
     * A trainer of students of every kind.
     *
     * @param goal what students are to give
     * @param source where vectors begin; without it there are lexical students only
     * @throws DataException if the labels are fewer than its link needs or more than {@value #MOST_LABELS}
     */
    public StudentTrainer(StudentConfig config, Goal goal, long seed, Optional<VectorSource> source) {
        if (!goal.link().allows(goal.size()) || goal.size() > MOST_LABELS) {
            throw new DataException("Cannot train a student of " + goal.size() + " labels (must be "
                    + goal.link().fewest() + " to " + MOST_LABELS + "); check the label column and teacher.labels");
        }
        this.config = config;
        this.goal = goal;
        this.seed = seed;
        this.source = source;
    }

    /**
     * Cuts and counts the documents.
     *
     * @param learning gold and pool rows with source, id, text, text_hash, label (of gold rows), gold, representative, probabilities; kept in memory by the caller
     * @throws DataException if there are too few rows to cut a select part from, or nothing in them to learn
     */
    public Training open(Dataset<Row> learning) {
        return new Training(config, goal, seed, LearningParts.cut(known(learning)), source);
    }

    /** Whether students give one label of several. */
    public boolean givesOneLabel() {
        return goal.link() == Link.SOFTMAX;
    }

    /**
     * Cuts the documents for students that are cut from an encoder, which give one label of several.
     *
     * @param learning as for {@link #open}
     * @throws DataException if there are too few rows to cut a select part from, or the encoder has no layers to be found
     */
    public EncoderTraining openEncoder(Dataset<Row> learning, LayerSource encoder) {
        return new EncoderTraining(config, goal, LearningParts.cut(known(learning)), encoder);
    }

    /** A student that is cut from an encoder, trained on the gold rows alone with their gold labels. */
    public Edition baseline(Dataset<Row> learning, LayerSource encoder, int layer) {
        return new StudentTrainer(config.withGoldAlone(), goal, seed, source)
                .openEncoder(learning, encoder)
                .train(layer)
                .uncompressed();
    }

    /**
     * The select part, as training cuts it: rows that no student of this trainer is fitted on. Three jobs.
     *
     * @param learning as for {@link #open}
     */
    public Dataset<Row> select(Dataset<Row> learning) {
        Dataset<Row> knownDF = known(learning);
        return knownDF.where(selectPart(knownDF));
    }

    private Dataset<Row> known(Dataset<Row> learning) {
        return config.labels() == StudentConfig.Labels.GOLD ? learning.where(col(SoftLabels.GOLD)) : learning;
    }

    /** Trains the first kind of student that the configuration names. */
    public Candidate train(Dataset<Row> learning) {
        return open(learning).train(config.kind().rungs().get(0), EpochListener.NONE);
    }

    /** A student of the given kind, trained on the gold rows alone with their gold labels: what distillation has to beat. */
    public StudentModel baseline(Dataset<Row> learning, Kind kind) {
        return new StudentTrainer(config.withGoldAlone(), goal, seed, source)
                .open(learning)
                .train(kind, EpochListener.NONE)
                .fp32();
    }

    /** Whether a row is in the select part, as training cuts it; two jobs. */
    public static Column selectPart(Dataset<Row> learning) {
        Row counts = learning.agg(count(lit(1)), count_if(col(SoftLabels.REPRESENTATIVE)))
                .head();
        return counts.getLong(1) < 2
                ? lit(false)
                : LearningRows.isSelect(learning, counts.getLong(0), counts.getLong(1));
    }
}
