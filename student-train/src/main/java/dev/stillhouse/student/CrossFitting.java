package dev.stillhouse.student;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import dev.stillhouse.datasets.concurrent.Together;
import dev.stillhouse.datasets.quality.TemperatureScaling;
import dev.stillhouse.datasets.schema.CrossFitted;
import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.SoftLabels;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.student.StudentModel;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * How sure a student should be. Gold rows of the select part cannot tell: they are few, and the student's teacher has learned from them. So gold is dealt to folds, and for each fold a student learns from the teacher that had not seen that fold, from documents of the fit part without its texts, and in as many passes; what it says of the fold's gold rows is about
 * what the published student would say of documents that nobody had seen. The vocabulary, counts of words alone, is that of all.
 *
 * @param parts with {@link CrossFitted}'s columns where such teachers are known
 * @param targets what students are trained on
 * @param seed of the order of documents
 */
record CrossFitting(LearningParts parts, SoftTargets targets, long seed) {
    /** Rows to fit up to which a student of all of them and those of folds, which learn from a bounded number, are alike enough. */
    private static final long MOST_FIT = 100_000;

    /** Values of parameters from which on folds are trained one after the other. */
    private static final long MOST_AT_ONCE = 5_000_000;

    /**
     * What the students of the folds say; nothing where the learning rows have none of {@link CrossFitted}'s columns, are too many, or have too few that are not gold in the select part.
     *
     * @param chosen the student that those of folds are to be like
     * @param start gives parameters to begin with, which are changed in place
     */
    UnseenGold unseen(Training.Chosen chosen, Supplier<Parameters> start) {
        if (!Arrays.asList(parts.fitDF().columns()).contains(CrossFitted.FOLD)
                || parts.counts().fit() > MOST_FIT
                || known(parts.selectDF()).where(not(col(SoftLabels.GOLD))).count() < Held.LEAST_SOFT) {
            return UnseenGold.NONE;
        }
        List<Gold> gold = gold();
        List<Fold> folds = IntStream.range(0, folds())
                .mapToObj(fold -> new Fold(fold, chosen.plan(), gold))
                .toList();
        Map<Integer, List<UnseenGold.Row>> said = new ConcurrentHashMap<>();
        Runnable[] work = folds.stream()
                .map(fold -> (Runnable) () -> said.put(fold.number, fold.unseen(chosen.epochs(), start.get())))
                .toArray(Runnable[]::new);
        if (chosen.size() > MOST_AT_ONCE) {
            List.of(work).forEach(Runnable::run);
        } else {
            Together.run(work);
        }
        return new UnseenGold(folds.stream()
                .flatMap(fold -> said.getOrDefault(fold.number, List.of()).stream())
                .toList());
    }

    /** Number of folds; 0 where no row that is learned from is dealt to one. */
    private int folds() {
        List<Row> some = known(parts.fitDF())
                .select(CrossFitted.FOLD_PROBABILITIES)
                .limit(1)
                .collectAsList();
        return some.isEmpty() ? 0 : some.get(0).getList(0).size();
    }

    private List<Gold> gold() {
        return known(parts.fitDF().union(parts.selectDF()))
                .where(col(SoftLabels.GOLD))
                .select(CrossFitted.FOLD, Curated.TEXT_HASH, Curated.LABEL)
                .collectAsList()
                .stream()
                .map(row -> new Gold(row.getInt(0), row.getString(1), row.getString(2)))
                .toList();
    }

    /** The rows that the folds' teachers are known for. */
    private static Dataset<Row> known(Dataset<Row> rowsDF) {
        return rowsDF.where(col(CrossFitted.FOLD).isNotNull());
    }

    private record Gold(int fold, String textHash, String label) {}

    /** The student that has not seen a fold. */
    private final class Fold {
        private final int number;
        private final Plans.Plan plan;
        private final List<Gold> gold;

        Fold(int number, Plans.Plan plan, List<Gold> gold) {
            this.number = number;
            this.plan = plan;
            this.gold = gold;
        }

        List<UnseenGold.Row> unseen(int epochs, Parameters start) {
            Dataset<Row> fitDF = taught(parts.fitDF());
            Dataset<Row> selectDF = taught(parts.selectDF());
            StudentModel model =
                    train(new ShardEncoder(plan.vocabulary(), targets).collect(withoutHidden(fitDF)), epochs, start);
            SoftTargets soft = targets.judged(0);
            Dataset<Row> hiddenDF = fitDF.union(selectDF).where(isAsked());
            Held held = new Held(
                    Examples.none(targets.goal().size()),
                    encoder(soft).collect(selectDF.where(not(col(SoftLabels.GOLD)))),
                    encoder(soft.judged(1)).collect(hiddenDF),
                    false,
                    soft,
                    StudentConfig.Calibration.TEMPERATURE);
            List<TemperatureScaling.Prediction> said = held.saidOfGold(model);
            // The same rows in the same order: they are sorted by length and key.
            Examples teacher = encoder(soft).collect(hiddenDF);
            return IntStream.range(0, said.size())
                    .mapToObj(row -> new UnseenGold.Row(said.get(row), target(teacher, row)))
                    .toList();
        }

        /** The rows whose text is no gold text of the fold, copies included. */
        private Dataset<Row> withoutHidden(Dataset<Row> rowsDF) {
            List<String> hidden = gold.stream()
                    .filter(row -> row.fold() == number)
                    .map(Gold::textHash)
                    .distinct()
                    .toList();
            Dataset<Row> hiddenDF = rowsDF.sparkSession()
                    .createDataset(hidden, Encoders.STRING())
                    .toDF(Curated.TEXT_HASH);
            return rowsDF.join(broadcast(hiddenDF), new String[] {Curated.TEXT_HASH}, "left_anti")
                    .select(Stream.of(rowsDF.columns()).map(functions::col).toArray(Column[]::new));
        }

        /** Whether a row is of the fold's gold and says something of the corpus; of one label of several, one that other folds have too: what is not known says nothing of how sure to be. */
        private Column isAsked() {
            Object[] labels = gold.stream()
                    .filter(row -> row.fold() != number)
                    .map(Gold::label)
                    .distinct()
                    .toArray();
            Column isKnown =
                    targets.goal().link() == Link.SOFTMAX ? col(Curated.LABEL).isin(labels) : lit(true);
            return col(SoftLabels.GOLD)
                    .and(col(CrossFitted.FOLD).equalTo(lit(number)))
                    .and(col(SoftLabels.REPRESENTATIVE))
                    .and(isKnown);
        }

        private static double[] target(Examples rows, int row) {
            return IntStream.range(row * rows.labels(), (row + 1) * rows.labels())
                    .mapToDouble(i -> rows.targets()[i])
                    .toArray();
        }

        private StudentModel train(Examples fit, int epochs, Parameters start) {
            Epochs shard = Epochs.sequential(
                    () -> List.of(new ShardEpochs.Piece(0, 0, fit)).iterator());
            EarlyStopping.Pass pass = new EarlyStopping.Pass(shard, plan.step(), seed);
            Parameters parameters = start;
            for (int epoch = 1; epoch <= epochs; epoch++) {
                parameters = pass.run(parameters, epoch);
            }
            return Snapshot.of(parameters)
                    .model(plan.vocabulary(), targets.goal().labels());
        }

        /** The known rows with what the fold's teacher says of them. */
        private Dataset<Row> taught(Dataset<Row> rowsDF) {
            return known(rowsDF)
                    .withColumn(SoftLabels.PROBABILITIES, element_at(col(CrossFitted.FOLD_PROBABILITIES), number + 1));
        }

        /** For a finished student. */
        private ShardEncoder encoder(SoftTargets aims) {
            return new ShardEncoder(plan.vocabulary().unscaled(), aims);
        }
    }
}
