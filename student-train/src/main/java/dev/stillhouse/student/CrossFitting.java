package dev.stillhouse.student;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import dev.stillhouse.datasets.quality.TemperatureScaling;
import dev.stillhouse.datasets.schema.CrossFitted;
import dev.stillhouse.datasets.schema.SoftLabels;
import dev.stillhouse.udfs.student.StudentModel;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How sure a student should be. Gold rows of the select part cannot tell: they are few, and the student's teacher has learned from them. So gold is dealt to folds, and for each fold a student learns from the teacher that had not seen that fold, from the same documents without it, and in as many passes; what it says of the fold's gold rows is
 * what the published student would say of documents that nobody had seen.
 *
 * @param parts with {@link CrossFitted}'s columns where such teachers are known
 * @param targets what students are trained on
 * @param seed of the order of documents
 */
record CrossFitting(LearningParts parts, SoftTargets targets, long seed) {

    /**
     * What the students of the folds say; nothing where the learning rows have none of {@link CrossFitted}'s columns. Folds are trained at the same time.
     *
     * @param plan of the students
     * @param epochs passes
     * @param start gives parameters to begin with, which are changed in place
     */
    UnseenGold unseen(Training.Plan plan, int epochs, Supplier<Parameters> start) {
        if (!Arrays.asList(parts.fitDF().columns()).contains(CrossFitted.FOLD)) {
            return new UnseenGold(List.of());
        }
        int folds = folds();
        return new UnseenGold(IntStream.range(0, folds)
                .parallel()
                .mapToObj(fold -> new Fold(fold, plan, start.get()).unseen(epochs))
                .flatMap(List::stream)
                .toList());
    }

    /** Number of folds; 0 where no row that is learned from is dealt to one. */
    private int folds() {
        List<Row> some = parts.fitDF()
                .where(col(CrossFitted.FOLD).isNotNull())
                .select(CrossFitted.FOLD_PROBABILITIES)
                .limit(1)
                .collectAsList();
        return some.isEmpty() ? 0 : some.get(0).getList(0).size();
    }

    /** The student that has not seen a fold. */
    private final class Fold {
        private final int number;
        private final Training.Plan plan;
        private final Parameters start;

        Fold(int number, Training.Plan plan, Parameters start) {
            this.number = number;
            this.plan = plan;
            this.start = start;
        }

        List<UnseenGold.Row> unseen(int epochs) {
            Column isGold = col(SoftLabels.GOLD);
            Column isHidden = isGold.and(col(CrossFitted.FOLD).equalTo(lit(number)));
            Dataset<Row> fitDF = taught(parts.fitDF());
            Dataset<Row> selectDF = taught(parts.selectDF());
            StudentModel model = train(encoder(targets).collect(fitDF.where(not(isHidden))), epochs);
            SoftTargets soft = targets.judged(0);
            Dataset<Row> hiddenDF = fitDF.union(selectDF).where(isHidden.and(col(SoftLabels.REPRESENTATIVE)));
            Held held = new Held(
                    Examples.none(targets.goal().size()),
                    encoder(soft).collect(selectDF.where(not(isGold))),
                    encoder(soft.judged(1)).collect(hiddenDF),
                    soft,
                    StudentConfig.Calibration.TEMPERATURE);
            List<TemperatureScaling.Prediction> said = held.gold(model);
            Examples teacher = encoder(soft).collect(hiddenDF);
            return IntStream.range(0, said.size())
                    .mapToObj(row -> new UnseenGold.Row(said.get(row), target(teacher, row)))
                    .toList();
        }

        private static double[] target(Examples rows, int row) {
            return IntStream.range(row * rows.labels(), (row + 1) * rows.labels())
                    .mapToDouble(i -> rows.targets()[i])
                    .toArray();
        }

        private StudentModel train(Examples fit, int epochs) {
            Epochs shard = Epochs.sequential(
                    () -> List.of(new ShardEpochs.Shard(0, fit)).iterator());
            EarlyStopping.Pass pass = new EarlyStopping.Pass(shard, plan.step(), seed);
            Parameters parameters = start;
            for (int epoch = 1; epoch <= epochs; epoch++) {
                parameters = pass.run(parameters, epoch);
            }
            return parameters.model(plan.vocabulary(), targets.goal().labels());
        }

        /** The rows that the fold's teacher is known for, with what it says of them. */
        private Dataset<Row> taught(Dataset<Row> rowsDF) {
            return rowsDF.where(col(CrossFitted.FOLD).isNotNull())
                    .withColumn(SoftLabels.PROBABILITIES, element_at(col(CrossFitted.FOLD_PROBABILITIES), number + 1));
        }

        private ShardEncoder encoder(SoftTargets aims) {
            return new ShardEncoder(plan.vocabulary(), aims);
        }
    }
}
