package dev.stillhouse.student;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import dev.stillhouse.datasets.quality.TemperatureScaling;
import dev.stillhouse.datasets.schema.SoftLabels;
import dev.stillhouse.udfs.errors.DataException;
import dev.stillhouse.udfs.student.FeatureSpec;
import dev.stillhouse.udfs.student.StudentModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Trains a lexical student on a teacher's probabilities. An action: it runs Spark jobs, and holds vocabulary, weights and AdaGrad's sums (8 bytes for each n-gram and label) on the driver.
 *
 * <p>Learning rows are cut by hash into a fit part (weights) and a select part (early stopping, choice of variant, temperature). Where the fit part is one shard it is trained on the driver document by document, else on executors by iterative parameter
 * mixing. Equal rows, configuration and seed give equal models for any partitioning.
 */
public final class StudentTrainer {
    private static final AdaGradPass.Step STEP = new AdaGradPass.Step(0.1f, 1e-5f);
    /** Rows that the teacher had not seen, from which on they alone say how sure it is. */
    private static final int LEAST_UNSEEN = 50;

    private static final int CHARACTERS_FROM = 2;
    private static final int CHARACTERS_TO = 5;

    private final StudentConfig config;
    private final List<String> labels;
    private final long seed;

    /**
     * @param labels sorted, in the order of the probabilities, at least two
     */
    public StudentTrainer(StudentConfig config, List<String> labels, long seed) {
        this.config = config;
        this.labels = List.copyOf(labels);
        this.seed = seed;
    }

    /**
     * Trains the student.
     *
     * @param learning gold and pool rows with source, id, text, text_hash, label (of gold rows), gold, representative, probabilities
     * @throws DataException if there are too few rows to cut a select part from
     */
    public Result train(Dataset<Row> learning) {
        Parts parts = cut(learning);
        DocumentFrequencies frequencies = DocumentFrequencies.count(
                parts.fitDF(),
                features(config.characterNgrams() != StudentConfig.Characters.OFF),
                config.minDocuments());
        List<Trained> variants = new ArrayList<>();
        for (boolean characters : characterVariants()) {
            Vocabulary vocabulary = Vocabulary.of(features(characters), frequencies, config);
            variants.add(train(characters ? "words and characters" : "words", vocabulary, parts));
        }
        Trained best = variants.stream()
                .min(Comparator.comparingDouble(
                        variant -> variant.fit().select().loss()))
                .orElseThrow();
        StudentModel fp32 = calibrated(best.model(), best.held());
        StudentModel int8 = calibrated(Quantizer.quantize(best.model()), best.held());
        return new Result(
                int8,
                fp32,
                best.name(),
                variants.stream()
                        .map(variant -> variant.summary(variant.name().equals(best.name())))
                        .toList(),
                new Counts(parts.fit(), parts.select()));
    }

    /** The same kind of student, trained on the gold rows alone with their gold labels: what distillation has to beat. */
    public StudentModel baseline(Dataset<Row> learning) {
        StudentConfig hard = config.withGoldWeight(1);
        return new StudentTrainer(hard, labels, seed)
                .train(learning.where(col(SoftLabels.GOLD)))
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

    private Parts cut(Dataset<Row> learning) {
        Column isSelect = selectPart(learning);
        Dataset<Row> fitDF = learning.where(not(isSelect));
        Dataset<Row> selectDF = learning.where(isSelect);
        Parts parts = new Parts(fitDF, selectDF, fitDF.count(), selectDF.count());
        if (parts.fit() == 0 || parts.select() == 0) {
            throw new DataException(
                    "Cannot train a student: " + (parts.fit() + parts.select())
                            + " documents to learn from are too few to set a select part aside (must be some ten at least); raise student.pool or teacher.gold");
        }
        return parts;
    }

    private List<Boolean> characterVariants() {
        return switch (config.characterNgrams()) {
            case AUTO -> List.of(false, true);
            case ON -> List.of(true);
            case OFF -> List.of(false);
        };
    }

    private FeatureSpec features(boolean characters) {
        return characters
                ? new FeatureSpec(config.wordNgrams(), CHARACTERS_FROM, CHARACTERS_TO)
                : FeatureSpec.words(config.wordNgrams());
    }

    private Trained train(String name, Vocabulary vocabulary, Parts parts) {
        int shards = LearningRows.shards(parts.fit());
        ShardEncoder encoder = new ShardEncoder(vocabulary, labels, (float) config.goldWeight());
        Held held = held(parts, encoder);
        Dataset<byte[]> fitDS = encode(parts.fitDF(), encoder, shards).persist(StorageLevel.MEMORY_AND_DISK());
        try {
            Epochs epochs = shards == 1
                    ? Epochs.sequential(
                            ShardEpochs.Shard.fromBytes(fitDS.head()).examples(), STEP)
                    : new ShardEpochs(fitDS, STEP);
            EarlyStopping.Fit fit =
                    new EarlyStopping(held.all(), config.epochs()).train(epochs, vocabulary.size(), seed);
            return new Trained(name, vocabulary, fit, held, model(vocabulary, fit.parameters()));
        } finally {
            fitDS.unpersist();
        }
    }

    private Held held(Parts parts, ShardEncoder encoder) {
        ShardEncoder hard = new ShardEncoder(encoder.vocabulary(), labels, 1);
        Examples all = examples(parts.selectDF(), encoder);
        Examples unseen = examples(parts.selectDF().where(not(col(SoftLabels.GOLD))), encoder);
        Examples gold = examples(parts.selectDF().where(col(SoftLabels.GOLD)), hard);
        return new Held(all, unseen.size() < LEAST_UNSEEN ? all : unseen, gold);
    }

    private Examples examples(Dataset<Row> rows, ShardEncoder encoder) {
        List<byte[]> encoded = encode(rows, encoder, 1).collectAsList();
        return encoded.isEmpty()
                ? Examples.none(labels.size())
                : ShardEpochs.Shard.fromBytes(encoded.get(0)).examples();
    }

    private static Dataset<byte[]> encode(Dataset<Row> rows, ShardEncoder encoder, int shards) {
        return LearningRows.sharded(rows, shards).mapPartitions(encoder, Encoders.BINARY());
    }

    private StudentModel model(Vocabulary vocabulary, Parameters parameters) {
        int words = vocabulary.words().length * labels.size();
        float[] wordWeights = Arrays.copyOfRange(parameters.weights(), 0, words);
        float[] characterWeights = Arrays.copyOfRange(parameters.weights(), words, parameters.weights().length);
        return new StudentModel(
                labels,
                vocabulary.features(),
                new StudentModel.Block(vocabulary.words(), new StudentModel.Float32(wordWeights, labels.size())),
                new StudentModel.Block(
                        vocabulary.characters(), new StudentModel.Float32(characterWeights, labels.size())),
                StudentModel.Vectors.none(),
                parameters.bias(),
                1,
                Map.of());
    }

    /**
     * The model with the temperature that fits the select part best, its gold labels and its soft targets counting alike. Each alone is off, and in opposite directions: a student is right more often than its teacher believes, so soft targets leave it
     * underconfident; and the teacher has learned from the gold rows, so a student that learned from the teacher does better on them than on others.
     */
    private static StudentModel calibrated(StudentModel model, Held held) {
        double softWeight = Math.max(1.0, held.gold().size()) / held.soft().size();
        List<TemperatureScaling.Prediction> predictions = new ArrayList<>(predictions(model, held.soft(), softWeight));
        predictions.addAll(predictions(model, held.gold(), 1));
        return model.withTemperature((float) TemperatureScaling.fit(predictions));
    }

    private static List<TemperatureScaling.Prediction> predictions(StudentModel model, Examples rows, double weight) {
        List<TemperatureScaling.Prediction> predictions = new ArrayList<>(rows.size());
        for (int document = 0; document < rows.size(); document++) {
            double[] target = new double[model.labels().size()];
            for (int label = 0; label < target.length; label++) {
                target[label] = rows.targets()[document * target.length + label];
            }
            predictions.add(new TemperatureScaling.Prediction(logits(model, rows, document), target, weight));
        }
        return predictions;
    }

    private static double[] logits(StudentModel model, Examples examples, int document) {
        int words = model.words().keys().length;
        double[] logits = new double[model.labels().size()];
        for (int label = 0; label < logits.length; label++) {
            logits[label] = model.bias()[label];
        }
        for (int i = examples.starts()[document]; i < examples.starts()[document + 1]; i++) {
            int feature = examples.features()[i];
            StudentModel.Weights weights = feature < words
                    ? model.words().weights()
                    : model.characters().weights();
            int row = feature < words ? feature : feature - words;
            for (int label = 0; label < logits.length; label++) {
                logits[label] += examples.values()[i] * weights.at(row, label);
            }
        }
        return logits;
    }

    /**
     * What training made.
     *
     * @param int8 the compressed student, to be published
     * @param fp32 the uncompressed one
     * @param variant name of the chosen variant
     * @param variants all that were tried
     * @param rows rows of the parts
     */
    public record Result(StudentModel int8, StudentModel fp32, String variant, List<Variant> variants, Counts rows) {
        public Result {
            variants = List.copyOf(variants);
        }
    }

    /** Rows that weights were fitted on, and rows that choices were made on. */
    public record Counts(long fit, long select) {}

    /**
     * A variant that was tried.
     *
     * @param features n-grams of its vocabulary
     * @param epochs passes until the select part was fitted best
     * @param selectLoss mean soft cross-entropy on the select part, in nats
     * @param selectAgreement share of its rows with the target's most probable label
     */
    public record Variant(
            String name, int features, int epochs, double selectLoss, double selectAgreement, boolean chosen) {}

    private record Parts(Dataset<Row> fitDF, Dataset<Row> selectDF, long fit, long select) {}

    /** The select part: all its rows with their targets, and its gold rows with their gold labels. */
    /**
     * The select part.
     *
     * @param soft its rows with the teacher's probabilities: those that the teacher had not seen, where there are enough
     * @param gold its gold rows with their labels
     */
    private record Held(Examples all, Examples soft, Examples gold) {}

    private record Trained(String name, Vocabulary vocabulary, EarlyStopping.Fit fit, Held held, StudentModel model) {
        Variant summary(boolean chosen) {
            return new Variant(
                    name,
                    vocabulary.size(),
                    fit.epochs(),
                    fit.select().loss(),
                    fit.select().agreement(),
                    chosen);
        }
    }
}
