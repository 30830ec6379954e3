package dev.stillhouse.cli.pipeline;

import dev.stillhouse.datasets.publish.PublishedRun;
import dev.stillhouse.reports.record.DriftFigures;
import dev.stillhouse.scoring.Scorer;
import dev.stillhouse.scoring.drift.Bins.Tally;
import dev.stillhouse.scoring.drift.Drift;
import dev.stillhouse.scoring.drift.DriftConfig;
import dev.stillhouse.scoring.drift.Reference;
import dev.stillhouse.scoring.drift.ScoredValues;
import dev.stillhouse.scoring.drift.Statistic;
import dev.stillhouse.udfs.errors.DataException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How scored documents differ from those that the student was chosen on, and the gate before scores are published. */
final class ScoreDrift {
    private final DriftConfig config;
    private final String train;
    private final Optional<Reference> reference;

    private ScoreDrift(DriftConfig config, String train, Optional<Reference> reference) {
        this.config = config;
        this.train = train;
        this.reference = reference;
    }

    /**
     * Reads what the student was chosen on.
     *
     * @param train the run that published the student
     * @throws DataException if the gate needs it and it was not published, or if it cannot be read
     */
    static ScoreDrift of(DriftConfig config, PublishedRun train) {
        String run = train.manifest().run();
        Optional<Reference> reference = ReferenceDocuments.of(train);
        if (reference.isEmpty() && config.failAbove().isPresent()) {
            throw new DataException(
                    "Cannot tell the drift that score.drift.fail_above bounds: the student of run " + run
                            + " has no " + ReferenceDocuments.FILE
                            + ", which earlier versions did not write; run ./stillhouse train again with --force, or leave score.drift.fail_above out");
        }
        return new ScoreDrift(config, run, reference);
    }

    /**
     * Compares; empty where there is nothing to compare. A job for scores, one for languages.
     *
     * @param byLabel scores by label
     * @param scoresDF what the student said, as it was written
     * @param scorer that has scored
     */
    Optional<DriftFigures> figures(Map<String, Long> byLabel, Dataset<Row> scoresDF, Scorer scorer) {
        if (reference.isEmpty() || scoresDF.isEmpty()) {
            return Optional.empty();
        }
        Map<Statistic, Tally> known = reference.get().statistics();
        Map<Statistic, Tally> scored = new EnumMap<>(Statistic.class);
        ScoredValues values = new ScoredValues(scorer.decision().link());
        known.forEach((statistic, tally) -> tally(statistic, tally, new Scored(byLabel, scoresDF, scorer, values))
                .filter(counts -> counts.total() > 0)
                .ifPresent(counts -> scored.put(statistic, counts)));
        List<DriftFigures.Statistic> statistics = new ArrayList<>();
        scored.forEach(
                (statistic, counts) -> statistics.add(statistic(Drift.of(statistic, known.get(statistic), counts))));
        return Optional.of(new DriftFigures(
                reference.get().documents(),
                config.bound(),
                config.failAbove().isPresent(),
                statistics,
                absent(known, scored)));
    }

    private static Optional<Tally> tally(Statistic statistic, Tally reference, Scored scored) {
        return switch (statistic) {
            case SCORE -> Optional.of(scored.values().scores(scored.scoresDF(), reference.bins()));
            case LABEL -> Optional.of(reference.bins().tally(scored.byLabel()));
            case LENGTH ->
                Optional.of(reference.bins().tally(scored.scorer().sample().lengths()));
            case UNSEEN_WORDS ->
                Optional.of(reference.bins().tally(scored.scorer().sample().unseenShares()));
            case LANGUAGE -> scored.values().languages(scored.scoresDF()).map(reference.bins()::tally);
        };
    }

    private static DriftFigures.Statistic statistic(Drift drift) {
        return new DriftFigures.Statistic(
                drift.statistic().key(),
                drift.divergence().stabilityIndex(),
                drift.divergence().noiseFloor(),
                drift.divergence().jensenShannon(),
                drift.reference().total(),
                drift.scored().total(),
                drift.reference().bins().edges(),
                drift.reference().bins().categories(),
                drift.reference().counts(),
                drift.scored().counts());
    }

    private static Map<String, String> absent(Map<Statistic, Tally> known, Map<Statistic, Tally> scored) {
        Map<String, String> absent = new TreeMap<>();
        if (!known.containsKey(Statistic.UNSEEN_WORDS)) {
            absent.put(Statistic.UNSEEN_WORDS.key(), "the student has no vocabulary of words");
        }
        if (!known.containsKey(Statistic.LANGUAGE)) {
            absent.put(Statistic.LANGUAGE.key(), "corpus keeps no column " + ScoredValues.LANGUAGE);
        } else if (!scored.containsKey(Statistic.LANGUAGE)) {
            absent.put(Statistic.LANGUAGE.key(), "score keeps no column " + ScoredValues.LANGUAGE);
        }
        return absent;
    }

    /** What should be known where nothing is refused. */
    List<String> warnings(Optional<DriftFigures> figures) {
        if (reference.isEmpty()) {
            return List.of("The student of run " + train + " has no " + ReferenceDocuments.FILE
                    + ", so drift was not looked at: run ./stillhouse train again with --force");
        }
        return figures.filter(drift -> !drift.isGate() && !drift.drifted().isEmpty())
                .map(drift -> List.of("These documents differ from those that the student was chosen on: "
                        + drifted(drift) + ". Scores of documents unlike those may be wrong"))
                .orElse(List.of());
    }

    /**
     * Why the scores must not be published, if they must not.
     *
     * @param run that has scored
     * @param served the run that is served, if there is one
     */
    Optional<String> refusal(Optional<DriftFigures> figures, String run, Optional<PublishedRun> served) {
        return figures.filter(drift -> drift.isGate() && !drift.drifted().isEmpty())
                .map(drift -> "Cannot publish the scores of run " + run
                        + ": the documents differ from those that the student was chosen on: " + drifted(drift)
                        + "; see the report, then train on documents like these, or raise score.drift.fail_above"
                        + served.map(before -> ". Run " + before.manifest().run() + " is served as before")
                                .orElse(""));
    }

    private static String drifted(DriftFigures drift) {
        return drift.drifted().stream()
                .map(one -> String.format(
                        Locale.ROOT,
                        "%s has a population stability index of %.3f (must be at most %s; chance makes up to %.3f), %s",
                        one.name(),
                        one.psi(),
                        Targets.number(drift.bound()),
                        one.psiFloor(),
                        advice(one.name())))
                .collect(Collectors.joining("; "));
    }

    private static String advice(String name) {
        return Statistic.valueOf(name.toUpperCase(Locale.ROOT)).advice();
    }

    private record Scored(Map<String, Long> byLabel, Dataset<Row> scoresDF, Scorer scorer, ScoredValues values) {}
}
