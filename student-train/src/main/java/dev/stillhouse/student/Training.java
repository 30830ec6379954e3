package dev.stillhouse.student;

import dev.stillhouse.student.Plans.Plan;
import dev.stillhouse.student.StudentConfig.Kind;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.errors.DataException;
import dev.stillhouse.udfs.student.StudentModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/**
 * Students in the making: documents are cut and counted once, then kinds of students are trained one after the other. Each call is an action.
 *
 * <p>Where the fit part is one shard, or the parameters are too many to send around, training goes document by document on the driver, else on executors by iterative parameter mixing. Equal rows, configuration and seed give equal models for any partitioning.
 */
public final class Training {
    /** Values from which on parameters stay on the driver. */
    private static final long MOST_SENT = 25_000_000;

    private static final int LEAST_OF_A_CURVE = 50;

    private final StudentConfig config;
    private final Goal goal;
    private final long seed;
    private final LearningParts parts;
    private final Optional<VectorSource> source;
    private final DocumentFrequencies frequencies;
    private final Plans plans;
    private @Nullable StaticVectors vectors;
    private @Nullable SoftTargets targets;
    /** Whether n-grams of characters help, once that is known. */
    private Optional<Boolean> characters;
    /** How much gold labels may count; one weight, once it is known which is best. */
    private GoldWeights weights;

    private final Map<Kind, Candidate> candidates = new EnumMap<>(Kind.class);
    private final Map<Kind, Chosen> chosen = new EnumMap<>(Kind.class);

    Training(StudentConfig config, Goal goal, long seed, LearningParts parts, Optional<VectorSource> source) {
        this.config = config;
        this.goal = goal;
        this.seed = seed;
        this.parts = parts;
        this.source = source;
        this.weights = GoldWeights.of(config, goal.link(), parts.allGold());
        this.characters = config.characterNgrams() == StudentConfig.Characters.AUTO
                ? Optional.empty()
                : Optional.of(config.characterNgrams() == StudentConfig.Characters.ON);
        this.frequencies = DocumentFrequencies.count(
                parts.originals(),
                new DocumentFrequencies.Wanted(
                        Plans.features(config, config.characterNgrams() != StudentConfig.Characters.OFF),
                        config.minDocuments(),
                        config.maxFeatures(),
                        config.maxVectors()));
        this.plans = new Plans(config, goal, frequencies, parts.originals().count());
    }

    /** Rows of the parts. */
    public Counts rows() {
        return parts.counts();
    }

    /** Passes over the fit part that a student makes at most. */
    public int passes() {
        return EarlyStopping.passes(config.epochs(), parts.counts().fit());
    }

    /**
     * Trains the variants of a kind, and gives the one of the least loss on the select part. A kind is trained once; the next call gives the same.
     *
     * @param kind not auto
     * @param listener is told of each pass
     * @throws DataException if no n-gram and no word is in enough documents
     */
    public Candidate train(Kind kind, EpochListener listener) {
        Candidate known = candidates.get(kind);
        if (known != null) {
            return known;
        }
        List<Trained> trained = new ArrayList<>();
        for (Plan plan : plans(kind)) {
            trained.add(train(kind, plan, parts.fitDF(), listener));
        }
        Trained untaught = best(trained);
        if (kind == Kind.LEXICAL) {
            // What helps n-grams alone helps them beside vectors.
            characters = Optional.of(untaught.plan().vocabulary().characters().length > 0);
        }
        weights = weights.only(untaught.plan().goldWeight());
        Optional<Coach> found = coach(kind, untaught, listener);
        found.ifPresent(coach -> {
            Dataset<Row> taughtDF = Relabelling.relabelled(
                    parts.fitDF(), coach.model(), config.distillation().coachWeight());
            trained.add(train(kind, untaught.plan().taughtBy(coach.name()), taughtDF, listener));
        });
        Trained best = best(trained);
        chosen.put(kind, new Chosen(best.plan(), best.epochs(), best.size(), best.held()));
        Candidate candidate = candidate(kind, best, trained);
        candidates.put(kind, candidate);
        return candidate;
    }

    /**
     * A student that this has trained, calibrated and judged by gold rows that neither its teacher nor it had seen, where the learning rows tell what such teachers say and no coach has taught it; else as it is. Trains a student for each fold.
     */
    public Candidate crossFitted(Candidate candidate) {
        UnseenGold unseen = unseen(candidate.kind());
        if (!unseen.isEnough()) {
            return candidate;
        }
        Held held = chosen(candidate.kind()).held();
        StudentModel int8 = held.crossFitted(candidate.int8(), unseen);
        // Its loss remains what it was, to be compared with those of students that are not cross-fitted.
        SelectFigures select = held.figures(int8, unseen)
                .crossFitted(candidate.select().loss(), unseen.rows().size());
        return candidate.crossFitted(int8, held.crossFitted(candidate.fp32(), unseen), select);
    }

    /** What students like the trained one say of gold that they had not seen. */
    UnseenGold unseen(Kind kind) {
        Chosen like = chosen(kind);
        return like.plan().isCoached()
                ? UnseenGold.NONE
                : new CrossFitting(parts, targets(like.plan()), seed).unseen(like, () -> start(kind, like.plan()));
    }

    private Chosen chosen(Kind kind) {
        return Objects.requireNonNull(chosen.get(kind), "a student of a kind that was trained here");
    }

    /**
     * How students of a kind do that have learned from a part of the documents, the fewest first; none where the configuration asks for none, and no point of documents too few to learn from. Trains them.
     *
     * @param listener is told of each pass
     */
    public List<CurvePoint> curve(Kind kind, EpochListener listener) {
        boolean goldAlone = config.labels() == StudentConfig.Labels.GOLD;
        List<CurvePoint> points = new ArrayList<>();
        for (int halvings = config.learningCurve(); halvings > 0; halvings--) {
            LearningParts fewer = parts.sampled(Math.pow(2, -halvings), goldAlone);
            if (fewer.counts().fit() >= LEAST_OF_A_CURVE) {
                point(kind, fewer, listener).ifPresent(points::add);
            }
        }
        return points;
    }

    private Optional<CurvePoint> point(Kind kind, LearningParts fewer, EpochListener listener) {
        try {
            Training training = new Training(config, goal, seed, fewer, source);
            training.characters = characters;
            training.weights = weights;
            Candidate candidate = training.train(kind, listener);
            return Optional.of(new CurvePoint(fewer.counts().fit(), candidate.select()));
        } catch (DataException e) {
            // Too few documents for a vocabulary.
            return Optional.empty();
        }
    }

    /** Who teaches a kind besides the teacher, if anyone does. */
    private Optional<Coach> coach(Kind kind, Trained equal, EpochListener listener) {
        return switch (config.distillation().by()) {
            case DIRECT -> Optional.empty();
            case SELF -> Optional.of(new Coach("itself", equal.held().calibrated(equal.model())));
            case PROGRESSIVE ->
                kind.above()
                        .map(above -> new Coach(
                                above.name().toLowerCase(Locale.ROOT),
                                train(above, listener).fp32()));
        };
    }

    private static Trained best(List<Trained> trained) {
        return trained.stream()
                .min(Comparator.comparingDouble(one -> one.select().loss()))
                .orElseThrow();
    }

    private static Candidate candidate(Kind kind, Trained best, List<Trained> trained) {
        StudentModel fp32 = best.held().calibrated(best.model());
        StudentModel int8 = best.held().calibrated(Quantizer.quantize(best.model()));
        return new Candidate(
                kind,
                int8,
                fp32,
                best.held().figures(int8, UnseenGold.NONE),
                trained.stream()
                        .map(one -> one.summary(
                                kind, one.plan().name().equals(best.plan().name())))
                        .toList());
    }

    private List<Plan> plans(Kind kind) {
        List<Plan> variants = plans.of(kind, characters, () -> vectors().words());
        variants.forEach(plan -> parts.requireVocabulary(plan.vocabulary(), config.minDocuments()));
        return variants.stream()
                .flatMap(plan -> weights.tried().stream().map(plan::weighted))
                .toList();
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

    private Trained train(Kind kind, Plan plan, Dataset<Row> rowsDF, EpochListener listener) {
        Held held =
                Held.of(parts, plan.vocabulary(), targets(plan).withGoldWeight(weights.judged()), config.calibration());
        // The parameters that training ended with, and their sums, are no longer held when the model is made of the
        // best.
        EarlyStopping stopping = new EarlyStopping(plan.name(), held.all(), passes(), listener);
        EarlyStopping.Fit fit = fit(kind, plan, rowsDF, stopping);
        return Trained.of(plan, fit, held, fit.snapshot().model(plan.vocabulary(), goal.labels()));
    }

    private EarlyStopping.Fit fit(Kind kind, Plan plan, Dataset<Row> rowsDF, EarlyStopping stopping) {
        LearningRows.Deal deal = parts.deal(goal.size());
        Dataset<byte[]> fitDS = new ShardEncoder(plan.vocabulary(), targets(plan)).encode(rowsDF, deal);
        if (deal.shards() == 1) {
            return passOver(kind, plan, stopping, Epochs.sequential(collected(fitDS)::iterator));
        }
        if (size(kind, plan) > MOST_SENT) {
            try (StreamedPieces pieces = StreamedPieces.of(fitDS, deal)) {
                return passOver(kind, plan, stopping, Epochs.sequential(pieces::iterator));
            }
        }
        fitDS.persist(StorageLevel.MEMORY_AND_DISK());
        try {
            return passOver(kind, plan, stopping, new ShardEpochs(fitDS));
        } finally {
            fitDS.unpersist();
        }
    }

    private EarlyStopping.Fit passOver(Kind kind, Plan plan, EarlyStopping stopping, Epochs epochs) {
        return stopping.train(epochs, start(kind, plan), plan.step(), seed);
    }

    private static List<ShardEpochs.Piece> collected(Dataset<byte[]> fitDS) {
        return fitDS.collectAsList().stream().map(ShardEpochs.Piece::fromBytes).toList();
    }

    /** Values of the parameters, but for a few. */
    private long size(Kind kind, Plan plan) {
        long ngrams = (long) plan.vocabulary().ngrams() * goal.size();
        return kind.hasVectors() ? ngrams + vectors().start().values().length : ngrams;
    }

    private Parameters start(Kind kind, Plan plan) {
        Table start =
                kind.hasVectors() ? vectors().start() : StaticVectors.none().start();
        return Parameters.start(plan.vocabulary().ngrams(), goal.size(), start).linked(goal.link());
    }

    private SoftTargets targets(Plan plan) {
        return targets().withGoldWeight(plan.goldWeight());
    }

    private SoftTargets targets() {
        SoftTargets made = targets;
        if (made == null) {
            SoftTargets unscaled = SoftTargets.trained(goal, config);
            made = goal.link() == Link.IDENTITY ? unscaled.withScale(Scale.of(parts.fitDF(), unscaled)) : unscaled;
            targets = made;
        }
        return made;
    }

    /** Rows that weights were fitted on, and rows that choices were made on. */
    public record Counts(long fit, long select) {}

    /**
     * A point of a learning curve.
     *
     * @param documents that were learned from
     * @param select how the student does on the select part
     */
    public record CurvePoint(long documents, SelectFigures select) {}

    /** A student that teaches another. */
    private record Coach(String name, StudentModel model) {}

    /**
     * What is kept of the best variant of a kind.
     *
     * @param size values of its parameters
     */
    record Chosen(Plan plan, int epochs, long size, Held held) {}
}
