package dev.stillhouse.student;

import static org.apache.spark.sql.functions.array_max;
import static org.apache.spark.sql.functions.array_min;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.md5;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.xxhash64;

import dev.stillhouse.datasets.numeric.Lbfgs;
import dev.stillhouse.datasets.quality.TemperatureScaling;
import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.SentenceLabels;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.errors.DataException;
import dev.stillhouse.udfs.student.FeatureSpec;
import dev.stillhouse.udfs.student.StudentModel;
import dev.stillhouse.udfs.summary.SalienceModel;
import dev.stillhouse.udfs.text.SpacedText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;

/**
 * Trains a {@link SalienceModel} on what a teacher gives each sentence: bins at quantiles of the features, the words and pairs of words that stand in enough documents, and the weights of both together by {@link SalienceRegression}, in rounds of less and less penalty as long as the select part gains. Temperature is told by the select part, and redundancy by the first documents of both parts, since of one number that only orders what was fitted hardly anything can be learned by heart.
 * Equal rows and configuration give equal models for any partitioning.
 */
public final class SalienceTrainer {
    private static final FeatureSpec FEATURES = FeatureSpec.words(2);
    private static final int MOST_ITERATIONS = 100;
    private static final double TOLERANCE = 1e-5;
    private static final double[] PENALTIES = {0.03, 0.1, 0.3, 1};
    private static final String PIECE = "piece";

    private static final int LEAST = 10;

    private static final double SELECT_SHARE = 0.1;
    private static final int LEAST_SELECT = 50;
    private static final int MOST_SELECT = 500;

    /** Characters that a piece has on average. */
    private static final long CHARACTERS_PER_PIECE = 4L << 20;

    /** Documents that bins are told by, and the redundancy. */
    private static final int SAMPLE = 500;

    private final StudentConfig config;
    private final SalienceChoice choice;
    private final Optional<VectorSource> source;

    /**
     * A trainer.
     *
     * @param config of the student; of it the smallest number of documents with an n-gram, the largest number of n-grams, and number and length of vectors
     * @param choice how a summary is chosen and judged
     * @param source of the vectors of words; without it students have none
     */
    public SalienceTrainer(StudentConfig config, SalienceChoice choice, Optional<VectorSource> source) {
        this.config = config;
        this.choice = choice;
        this.source = source;
    }

    /**
     * A student, and how it came about.
     *
     * @param model the student
     * @param fit documents that weights were fitted on
     * @param select documents that choices were made on
     * @param features n-grams
     * @param loss mean loss of a sentence of the select part, in nats
     * @param penalty what was chosen of the penalties: {@code C}
     */
    public record Result(SalienceModel model, long fit, long select, int features, double loss, double penalty) {}

    /**
     * Trains.
     *
     * @param learning rows of {@link SentenceLabels#LEARNING}; kept in memory by the caller
     * @throws DataException if there are too few documents, or nothing in them to learn
     */
    public Result train(Dataset<Row> learning) {
        long rows = learning.count();
        if (rows < LEAST) {
            throw new DataException("Cannot train a student: " + rows
                    + " documents with labels of their sentences are too few (must be 10 at least)");
        }
        requireDifferences(learning);
        Column isSelect = isSelect(learning, rows);
        Dataset<Row> fitDF = learning.where(not(isSelect));
        Dataset<Row> selectDF = learning.where(isSelect);
        long select = selectDF.count();
        if (select == rows) {
            throw new DataException("Cannot train a student: all " + rows
                    + " documents have the same text, so none can be set aside to choose by");
        }
        DocumentFrequencies frequencies = frequencies(fitDF);
        Vocabulary vocabulary = Vocabulary.of(FEATURES, frequencies, config, rows - select);
        StudentModel.Vectors vectors = vectors(frequencies);
        SalienceEncoder encoder = new SalienceEncoder(vocabulary.unscaled(), vectors, edges(fitDF, vectors));
        long characters =
                Math.max(1, fitDF.agg(sum(length(col(Curated.TEXT)))).head().getLong(0));
        int pieces = Math.toIntExact((characters + CHARACTERS_PER_PIECE - 1) / CHARACTERS_PER_PIECE);
        Dataset<byte[]> blocks = encode(fitDF, encoder, pieces).persist(StorageLevel.MEMORY_AND_DISK());
        Examples held = held(encode(selectDF, encoder, 1));
        try {
            Fit fit = fit(blocks, held, encoder.size());
            SalienceModel model = SalienceModels.of(
                    encoder, fit.point(), SalienceModels.rarities(vocabulary, frequencies, rows - select));
            SalienceModel warm = model.withTemperature(temperature(held, fit.point()));
            SalienceModel chosen = choice.tuned(warm, sample(learning).collectAsList());
            return new Result(chosen, rows - select, select, vocabulary.ngrams(), fit.loss(), fit.penalty());
        } finally {
            blocks.unpersist();
        }
    }

    private static void requireDifferences(Dataset<Row> learning) {
        Row range = learning.agg(
                        min(array_min(col(SentenceLabels.SALIENCES))), max(array_max(col(SentenceLabels.SALIENCES))))
                .head();
        if (range.isNullAt(0) || range.getFloat(0) == range.getFloat(1)) {
            throw new DataException(
                    "Cannot train a student: the teacher gives all sentences the same salience, so there is nothing to learn; check the teacher, and the references if it learns from those");
        }
    }

    /** The first by a hash of their text: a tenth, but {@value #LEAST_SELECT} at least (a third at most) and {@value #MOST_SELECT} at most. One job. */
    private static Column isSelect(Dataset<Row> learning, long rows) {
        double wanted = Math.min(Math.min(MOST_SELECT, Math.max(SELECT_SHARE * rows, LEAST_SELECT)), rows / 3.0);
        Column place = md5(concat(lit("select:"), col(Curated.TEXT_HASH)).cast("binary"));
        String last = learning.select(place.as("place"))
                .orderBy("place")
                .limit(Math.max(1, (int) wanted))
                .agg(max("place"))
                .head()
                .getString(0);
        return place.leq(last);
    }

    private DocumentFrequencies frequencies(Dataset<Row> fitDF) {
        UDF1<String, String> spaced = SpacedText::of;
        Dataset<Row> textsDF = fitDF.select(
                udf(spaced, DataTypes.StringType).apply(col(Curated.TEXT)).as(Curated.TEXT));
        return DocumentFrequencies.count(
                textsDF,
                new DocumentFrequencies.Wanted(
                        FEATURES,
                        config.minDocuments(),
                        config.maxFeatures(),
                        source.isPresent() ? config.maxVectors() : 1));
    }

    /** Vectors of words in integer weights, as they are published. */
    private StudentModel.Vectors vectors(DocumentFrequencies frequencies) {
        if (source.isEmpty()) {
            return StudentModel.Vectors.none();
        }
        StaticVectors made = StaticVectors.of(source.get(), frequencies.words(), config);
        StudentModel.Weights weights = Quantizer.quantize(new StudentModel.Float32(made.vectors(), made.dimensions()));
        return new StudentModel.Vectors(new StudentModel.Block(made.words(), weights), new float[made.dimensions()]);
    }

    private static float[][] edges(Dataset<Row> fitDF, StudentModel.Vectors vectors) {
        return SalienceModels.edges(
                sample(fitDF).select(Curated.TEXT).as(Encoders.STRING()).collectAsList(), vectors);
    }

    /** The first documents by a hash of their text. */
    private static Dataset<Row> sample(Dataset<Row> rowsDF) {
        return rowsDF.orderBy(md5(col(Curated.TEXT_HASH).cast("binary")), col(Curated.SOURCE), col(Curated.ID))
                .limit(SAMPLE);
    }

    private static Dataset<byte[]> encode(Dataset<Row> rowsDF, SalienceEncoder encoder, int pieces) {
        return rowsDF.withColumn(
                        PIECE,
                        pmod(xxhash64(col(Curated.SOURCE), col(Curated.ID)), lit(pieces))
                                .cast("int"))
                .repartition(pieces, col(PIECE))
                .sortWithinPartitions(PIECE, Curated.SOURCE, Curated.ID)
                .select(col(PIECE), col(Curated.TEXT), col(SentenceLabels.SALIENCES))
                .mapPartitions(encoder, Encoders.BINARY());
    }

    private static Examples held(Dataset<byte[]> blocks) {
        Sparse.Builder all = new Sparse.Builder();
        List<float[]> targets = new ArrayList<>();
        int count = 0;
        for (byte[] block : blocks.collectAsList()) {
            Examples examples = ShardEpochs.Piece.fromBytes(block).examples();
            Sparse ngrams = examples.ngrams();
            for (int i = 0; i < examples.size(); i++) {
                int from = ngrams.starts()[i];
                int to = ngrams.starts()[i + 1];
                all.add(new Sparse.Document(
                        Arrays.copyOfRange(ngrams.rows(), from, to), Arrays.copyOfRange(ngrams.values(), from, to)));
            }
            targets.add(examples.targets());
            count += examples.size();
        }
        float[] joined = new float[count];
        int at = 0;
        for (float[] of : targets) {
            System.arraycopy(of, 0, joined, at, of.length);
            at += of.length;
        }
        return new Examples(all.build(), Sparse.empty(count), joined, 1);
    }

    /** Less and less penalty, each from where the one before ended, while that lowers the loss of the select part. */
    private static Fit fit(Dataset<byte[]> blocks, Examples held, int rows) {
        double[] point = new double[rows + 1];
        Fit best = null;
        for (double penalty : PENALTIES) {
            point = new Lbfgs(MOST_ITERATIONS, TOLERANCE).minimise(new SalienceRegression(blocks, penalty), point);
            double loss = loss(held, point);
            if (best != null && !(loss < best.loss())) {
                return best;
            }
            best = new Fit(point, loss, penalty);
        }
        return best;
    }

    private static double loss(Examples held, double[] point) {
        return TemperatureScaling.loss(Link.LOGISTIC, predictions(held, point), 1);
    }

    private static float temperature(Examples held, double[] point) {
        return (float) TemperatureScaling.fit(Link.LOGISTIC, predictions(held, point));
    }

    private static List<TemperatureScaling.Prediction> predictions(Examples held, double[] point) {
        List<TemperatureScaling.Prediction> predictions = new ArrayList<>();
        for (int i = 0; i < held.size(); i++) {
            double logit = SalienceRegression.logit(held.ngrams(), i, point);
            predictions.add(
                    new TemperatureScaling.Prediction(new double[] {logit}, new double[] {held.targets()[i]}, 1));
        }
        return predictions;
    }

    private record Fit(double[] point, double loss, double penalty) {}
}
