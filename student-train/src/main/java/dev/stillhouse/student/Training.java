package dev.stillhouse.student;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import dev.stillhouse.datasets.schema.SoftLabels;
import dev.stillhouse.student.StudentConfig.Kind;
import dev.stillhouse.udfs.student.FeatureSpec;
import dev.stillhouse.udfs.student.StudentModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/**
 * Students in the making: documents are cut and counted once, then kinds of students are trained one after the other. Each call is an action.
 *
 * <p>Where the fit part is one shard, or the parameters are too many to send around, training goes document by document on the driver, else on executors by iterative parameter mixing. Equal rows, configuration and seed give equal models for any partitioning.
 */
public final class Training {
    /** Steps of students of up to {@value #FEW_LABELS} labels: at 0.1 the first pass goes past what the select part bears (mr, sst2: 1 to 2 points of F1). */
    private static final AdaGradPass.Step CAREFUL = new AdaGradPass.Step(0.02f, 0.01f, 1e-4f);

    /** Steps of students of more labels, each of which few documents have (banking77: at 0.04 agreement is 0.5 to 1 point less after 30 passes). */
    private static final AdaGradPass.Step WIDE = new AdaGradPass.Step(0.1f, 0.01f, 1e-5f);

    private static final int FEW_LABELS = 10;

    /** Rows that the teacher had not seen, from which on they alone say how sure it is. */
    private static final int LEAST_UNSEEN = 50;
    /** Values from which on parameters stay on the driver. */
    private static final long MOST_SENT = 25_000_000;

    private static final int CHARACTERS_FROM = 2;
    private static final int CHARACTERS_TO = 5;

    private final StudentConfig config;
    private final List<String> labels;
    private final long seed;
    private final LearningParts parts;
    private final Optional<VectorSource> source;
    private final DocumentFrequencies frequencies;
    private @Nullable StaticVectors vectors;
    private boolean characters;

    Training(StudentConfig config, List<String> labels, long seed, LearningParts parts, Optional<VectorSource> source) {
        this.config = config;
        this.labels = labels;
        this.seed = seed;
        this.parts = parts;
        this.source = source;
        this.characters = config.characterNgrams() == StudentConfig.Characters.ON;
        this.frequencies = DocumentFrequencies.count(
                parts.originals(),
                features(config.characterNgrams() != StudentConfig.Characters.OFF),
                config.minDocuments());
    }

    /** Rows of the parts. */
    public Counts rows() {
        return parts.counts();
    }

    /**
     * Trains the variants of a kind, and gives the one of the least loss on the select part.
     *
     * @param kind not auto
     * @param listener is told of each pass
     * @throws dev.stillhouse.udfs.errors.DataException if no n-gram and no word is in enough documents
     */
    public Candidate train(Kind kind, EpochListener listener) {
        List<Trained> trained = new ArrayList<>();
        for (Plan plan : plans(kind)) {
            trained.add(train(kind, plan, listener));
        }
        Trained best = trained.stream()
                .min(Comparator.comparingDouble(one -> one.fit().select().loss()))
                .orElseThrow();
        if (kind == Kind.LEXICAL) {
            // What helps n-grams alone helps them beside vectors.
            characters = best.plan().vocabulary().characters().length > 0;
        }
        StudentModel fp32 = best.held().calibrated(best.model());
        StudentModel int8 = best.held().calibrated(Quantizer.quantize(best.model()));
        return new Candidate(
                kind,
                int8,
                fp32,
                best.held().figures(int8),
                trained.stream()
                        .map(one -> one.summary(
                                kind, one.plan().name().equals(best.plan().name())))
                        .toList());
    }

    private List<Plan> plans(Kind kind) {
        AdaGradPass.Step tuned = labels.size() <= FEW_LABELS ? CAREFUL : WIDE;
        AdaGradPass.Step frozen = tuned.withVectorsFrozen();
        List<Plan> plans = new ArrayList<>();
        if (kind == Kind.LEXICAL) {
            for (boolean withCharacters : characterVariants()) {
                Vocabulary vocabulary = Vocabulary.of(features(withCharacters), frequencies, config);
                plans.add(new Plan(withCharacters ? "words and characters" : "words", vocabulary, frozen));
            }
        } else if (kind == Kind.STATIC) {
            plans.add(new Plan(
                    "tuned vectors",
                    Vocabulary.ofVectors(features(false), vectors().words()),
                    tuned));
        } else {
            Vocabulary vocabulary = Vocabulary.of(features(characters), frequencies, config)
                    .withVectors(vectors().words());
            plans.add(new Plan("n-grams and vectors", vocabulary, frozen));
            plans.add(new Plan("n-grams and tuned vectors", vocabulary, tuned));
        }
        plans.forEach(plan -> parts.requireVocabulary(plan.vocabulary(), config.minDocuments()));
        return plans;
    }

    private List<Boolean> characterVariants() {
        return switch (config.characterNgrams()) {
            case AUTO -> List.of(false, true);
            case ON -> List.of(true);
            case OFF -> List.of(false);
        };
    }

    private StaticVectors vectors() {
        StaticVectors made = vectors;
        if (made == null) {
            made = StaticVectors.of(
                    source.orElseThrow(
                            () -> new IllegalStateException("Cannot train vectors: no encoder to begin with")),
                    frequencies.words(),
                    config);
            vectors = made;
        }
        return made;
    }

    private FeatureSpec features(boolean withCharacters) {
        return withCharacters
                ? new FeatureSpec(config.wordNgrams(), CHARACTERS_FROM, CHARACTERS_TO)
                : FeatureSpec.words(config.wordNgrams());
    }

    private Trained train(Kind kind, Plan plan, EpochListener listener) {
        ShardEncoder encoder = new ShardEncoder(plan.vocabulary(), labels, (float) config.weightOfGold());
        Table start =
                kind.hasVectors() ? vectors().start() : StaticVectors.none().start();
        Parameters parameters = Parameters.start(plan.vocabulary().ngrams(), labels.size(), start);
        Held held = held(encoder);
        int shards = parts.shards(labels.size());
        Dataset<byte[]> fitDS = encode(parts.fitDF(), encoder, shards).persist(StorageLevel.MEMORY_AND_DISK());
        try {
            EarlyStopping.Fit fit = new EarlyStopping(held.all(), config.epochs(), listener)
                    .train(epochs(fitDS, shards, parameters), parameters, plan.step(), seed);
            return new Trained(plan, fit, held, model(plan.vocabulary(), fit.parameters()));
        } finally {
            fitDS.unpersist();
        }
    }

    private static Epochs epochs(Dataset<byte[]> fitDS, int shards, Parameters parameters) {
        if (shards == 1) {
            ShardEpochs.Shard only = ShardEpochs.Shard.fromBytes(fitDS.head());
            return Epochs.sequential(() -> List.of(only).iterator());
        }
        return parameters.size() > MOST_SENT
                ? Epochs.sequential(() -> shards(fitDS.toLocalIterator()))
                : new ShardEpochs(fitDS);
    }

    private static Iterator<ShardEpochs.Shard> shards(Iterator<byte[]> bytes) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return bytes.hasNext();
            }

            @Override
            public ShardEpochs.Shard next() {
                return ShardEpochs.Shard.fromBytes(bytes.next());
            }
        };
    }

    private Held held(ShardEncoder encoder) {
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
        float[] ngrams = parameters.ngrams().values();
        int words = vocabulary.words().length * labels.size();
        boolean cut = vocabulary.characters().length > 0;
        float[] wordWeights = cut ? Arrays.copyOfRange(ngrams, 0, words) : ngrams;
        float[] characterWeights = cut ? Arrays.copyOfRange(ngrams, words, ngrams.length) : new float[0];
        return new StudentModel(
                labels,
                vocabulary.features(),
                block(vocabulary.words(), wordWeights, labels.size()),
                block(vocabulary.characters(), characterWeights, labels.size()),
                vectors(vocabulary, parameters),
                parameters.bias().values(),
                1,
                Map.of());
    }

    private static StudentModel.Vectors vectors(Vocabulary vocabulary, Parameters parameters) {
        return parameters.hasVectors()
                ? new StudentModel.Vectors(
                        block(
                                vocabulary.vectorWords(),
                                parameters.vectors().values(),
                                parameters.vectors().columns()),
                        parameters.projection().values())
                : StudentModel.Vectors.none();
    }

    private static StudentModel.Block block(String[] keys, float[] weights, int columns) {
        return new StudentModel.Block(keys, new StudentModel.Float32(weights, columns));
    }

    /** Rows that weights were fitted on, and rows that choices were made on. */
    public record Counts(long fit, long select) {}

    /** A variant before it is trained. */
    private record Plan(String name, Vocabulary vocabulary, AdaGradPass.Step step) {}

    private record Trained(Plan plan, EarlyStopping.Fit fit, Held held, StudentModel model) {
        Candidate.Variant summary(Kind kind, boolean chosen) {
            return new Candidate.Variant(
                    kind,
                    plan.name(),
                    plan.vocabulary().size(),
                    fit.epochs(),
                    fit.select().loss(),
                    fit.select().agreement(),
                    chosen);
        }
    }
}
