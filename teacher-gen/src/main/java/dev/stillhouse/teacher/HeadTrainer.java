package dev.stillhouse.teacher;

import static org.apache.spark.sql.functions.broadcast;

import dev.stillhouse.datasets.quality.Classification;
import dev.stillhouse.datasets.quality.TemperatureScaling;
import dev.stillhouse.datasets.quality.TemperatureScaling.Prediction;
import dev.stillhouse.datasets.schema.ModelOutputs;
import dev.stillhouse.teacher.GoldSelection.GoldRow;
import dev.stillhouse.udfs.errors.DataException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Fits a {@link Head} on the gold rows: multinomial logistic regression with an L2 penalty by MLlib, the penalty chosen and one temperature fitted on out-of-fold predictions, since predictions on rows that were fitted look surer than they are. The same numbers for any
 * partitioning: gold rows are collected, put in the order of their selection and fitted as one partition.
 */
public final class HeadTrainer {

    /**
     * A fitted head and what was measured on the way.
     *
     * @param head ready for use
     * @param c the chosen weight of the rows against the penalty
     * @param outOfFoldAccuracy share of gold rows whose label was found by a head that had not seen them (rows whose label only they have are left out), 0 to 1; NaN if there were too few rows for folds
     * @param outOfFoldLoss mean negative log-likelihood of the same predictions after the temperature; NaN likewise
     * @param warnings sentences for the log and the report
     */
    public record Result(Head head, double c, double outOfFoldAccuracy, double outOfFoldLoss, List<String> warnings) {
        public Result {
            warnings = List.copyOf(warnings);
        }
    }

    private static final int FOLDS = 3;

    /** Few labels with many rows each want a small one, many labels with few rows a large one; what lies between differs little. */
    private static final double[] GRID = {10, 1, 3, 30, 100};

    /** Steps of L-BFGS for folds and for the head itself. Measured on 2 to 150 labels: 120 instead of 40 raise the weighted F1 by up to 0.35 points and move the temperature by less than 0.01. */
    private static final int FOLD_ITERATIONS = 40;

    private static final int HEAD_ITERATIONS = 120;

    private final double[] grid;

    /** A trainer that chooses the penalty from the grid of docs/soft-labels.md. */
    public HeadTrainer() {
        this(GRID);
    }

    HeadTrainer(double... grid) {
        this.grid = grid.clone();
    }

    /**
     * Fits the head; collects the gold rows' outputs. A gold document without one is left out, with a warning.
     *
     * @param outputs {@link ModelOutputs#SCHEMA} of an encoder, with a row for each gold row's text at least
     * @param gold in the order of selection
     * @throws DataException if the gold rows have fewer than two labels, or the text of one was not run
     */
    public Result train(Dataset<Row> outputs, List<GoldRow> gold) {
        Map<String, float @Nullable []> vectors = vectors(outputs, gold);
        List<GoldRow> readable =
                gold.stream().filter(row -> vector(vectors, row) != null).toList();
        List<String> warnings = new ArrayList<>();
        if (readable.size() < gold.size()) {
            warnings.add("The model gave no output for " + (gold.size() - readable.size())
                    + " gold document(s), left out: see label/rejects");
        }
        List<String> labels = new ArrayList<>(
                new TreeSet<>(readable.stream().map(GoldRow::label).toList()));
        if (labels.size() < 2) {
            throw new DataException(
                    "Cannot fit a teacher: the " + readable.size() + " gold documents have " + labels.size()
                            + " distinct label(s), expected at least 2. Check corpus[].label, or raise teacher.gold");
        }
        Gold rows = new Gold(outputs.sparkSession(), examples(vectors, readable, labels), labels);
        Choice choice = choose(rows);
        List<Prediction> unseen = new ArrayList<>(choice.unseen());
        for (int fold = 1; fold < FOLDS; fold++) {
            unseen.addAll(heldOut(rows, fold, choice.c()));
        }
        Head head = new HeadFit(choice.c(), HEAD_ITERATIONS).fit(rows.spark(), rows.examples(), labels);
        if (unseen.isEmpty()) {
            warnings.add("Too few gold documents to calibrate the teacher: its temperature stays 1");
            return new Result(head, choice.c(), Double.NaN, Double.NaN, warnings);
        }
        double temperature = TemperatureScaling.fit(unseen);
        double accuracy = unseen.stream().filter(HeadTrainer::isRight).count() / (double) unseen.size();
        double loss = TemperatureScaling.loss(unseen, temperature);
        return new Result(head.withTemperature((float) temperature), choice.c(), accuracy, loss, warnings);
    }

    private static float @Nullable [] vector(Map<String, float @Nullable []> vectors, GoldRow row) {
        if (!vectors.containsKey(row.textHash())) {
            throw new DataException("Cannot fit a teacher: gold document " + row.id() + " of source " + row.source()
                    + " was not run. Run label again");
        }
        return vectors.get(row.textHash());
    }

    /** The penalty whose calibrated predictions for the first fold have the least loss; the grid's first where that fold tells nothing. */
    private Choice choose(Gold rows) {
        Choice best = new Choice(grid[0], List.of(), Double.POSITIVE_INFINITY);
        for (double c : grid) {
            List<Prediction> unseen = heldOut(rows, 0, c);
            double loss = unseen.isEmpty()
                    ? Double.POSITIVE_INFINITY
                    : TemperatureScaling.loss(unseen, TemperatureScaling.fit(unseen));
            if (loss < best.loss()) {
                best = new Choice(c, unseen, loss);
            }
        }
        return best;
    }

    /** Predictions for the rows of a fold by a head fitted on the others; none where the others have fewer than two labels. */
    private static List<Prediction> heldOut(Gold rows, int fold, double c) {
        List<Example> fitted = rows.examples().stream()
                .filter(example -> example.fold() != fold)
                .toList();
        Set<Integer> known = new HashSet<>(fitted.stream().map(Example::label).toList());
        if (known.size() < 2) {
            return List.of();
        }
        Head head = new HeadFit(c, FOLD_ITERATIONS).fit(rows.spark(), fitted, rows.labels());
        // A label that no fitted row has says nothing about how sure the head should be of those it knows.
        return rows.examples().stream()
                .filter(example -> example.fold() == fold && known.contains(example.label()))
                .map(example -> Prediction.of(head.logits(example.vector()), example.label()))
                .toList();
    }

    private static boolean isRight(Prediction prediction) {
        return prediction.target()[Classification.argmax(prediction.logits())] == 1;
    }

    private static List<Example> examples(
            Map<String, float @Nullable []> vectors, List<GoldRow> gold, List<String> labels) {
        Map<String, Integer> indices = new HashMap<>();
        labels.forEach(label -> indices.put(label, indices.size()));
        List<Example> examples = new ArrayList<>(gold.size());
        for (GoldRow row : gold) {
            // By content, so that copies of a text are held out together.
            int fold = Integer.parseInt(row.textHash().substring(0, 6), 16) % FOLDS;
            examples.add(
                    new Example(Objects.requireNonNull(vectors.get(row.textHash())), indices.get(row.label()), fold));
        }
        return examples;
    }

    /** The outputs of the gold rows by text_hash; null where the model gave none. */
    private static Map<String, float @Nullable []> vectors(Dataset<Row> outputs, List<GoldRow> gold) {
        Dataset<Row> wantedDF = outputs.sparkSession()
                .createDataset(gold.stream().map(GoldRow::textHash).distinct().toList(), Encoders.STRING())
                .toDF(ModelOutputs.TEXT_HASH);
        Map<String, float @Nullable []> vectors = new HashMap<>();
        outputs.join(broadcast(wantedDF), new String[] {ModelOutputs.TEXT_HASH}, "left_semi")
                .select(ModelOutputs.TEXT_HASH, ModelOutputs.OUTPUT)
                .collectAsList()
                .forEach(row -> vectors.put(row.getString(0), row.isNullAt(1) ? null : Vectors.floats(row, 1)));
        return vectors;
    }

    /**
     * A gold row as it is fitted.
     *
     * @param vector its embedding
     * @param label index of its label
     * @param fold which fold it is held out in
     */
    record Example(float[] vector, int label, int fold) {}

    private record Gold(SparkSession spark, List<Example> examples, List<String> labels) {}

    private record Choice(double c, List<Prediction> unseen, double loss) {}
}
