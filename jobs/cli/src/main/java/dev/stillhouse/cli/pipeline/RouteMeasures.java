package dev.stillhouse.cli.pipeline;

import dev.stillhouse.cli.console.Console;
import dev.stillhouse.datasets.schema.Scores;
import dev.stillhouse.reports.record.ScoreFigures;
import dev.stillhouse.scoring.cascade.Bound;
import dev.stillhouse.scoring.cascade.OnTeacherFailure;
import dev.stillhouse.scoring.cascade.Outcome;
import dev.stillhouse.scoring.cascade.RouteConfig;
import dev.stillhouse.scoring.cascade.Terms;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be told of a cascade.
 *
 * @param terms what it had to keep
 * @param onTeacherFailure what was to be done where the teacher stopped answering
 */
record RouteMeasures(Terms terms, OnTeacherFailure onTeacherFailure) {
    /** Questions by which the teacher's speed can be told. */
    private static final int ENOUGH = 50;

    /**
     * Its figures.
     *
     * @param byRoute documents by who decided
     * @param selected documents that were selected, where any were to be
     * @param seconds wall time of the stage
     */
    static ScoreFigures.Route figures(
            Outcome outcome, Map<String, Long> byRoute, Optional<Long> selected, double seconds) {
        RouteConfig config = outcome.terms().config();
        long documents = outcome.documents();
        long students = byRoute.getOrDefault(Scores.STUDENT, 0L);
        boolean isKnownSpeed = outcome.questions() >= ENOUGH && outcome.seconds() > 0;
        return new ScoreFigures.Route(
                config.target(),
                config.label().orElse(""),
                outcome.terms().promise().agreement(),
                config.confidence(),
                outcome.choice().threshold().stream().boxed().findFirst(),
                documents == 0 ? 0 : (double) students / documents,
                outcome.sample(),
                outcome.choice().wrong(),
                outcome.choice().among(),
                outcome.sampleAgreement(),
                outcome.choice().expected(),
                outcome.realised(byRoute.getOrDefault(Scores.FALLBACK, 0L)),
                outcome.audited(),
                outcome.auditedAgreement(),
                selected,
                outcome.questions(),
                config.budget(),
                isKnownSpeed
                        ? Optional.of(documents * outcome.seconds() / outcome.questions() / seconds)
                        : Optional.empty(),
                outcome.failure().orElse(""));
    }

    /** What people should know of them. */
    List<String> warnings(ScoreFigures.Route figures, long fallbacks) {
        List<String> warnings = new ArrayList<>();
        if (fallbacks > 0) {
            warnings.add("the teacher gave nothing for " + Console.count(fallbacks, "document")
                    + ", which have the student's " + (terms.bound() == Bound.HOEFFDING_BENTKUS ? "summary" : "label")
                    + " and route fallback"
                    + (figures.failure().isEmpty() ? "" : ": " + figures.failure()));
        }
        if (figures.threshold().isEmpty() && figures.label().isEmpty() && figures.sample() > 0) {
            warnings.add("no threshold keeps " + terms.target() + ": all documents went to the teacher");
        }
        return warnings;
    }

    /** Why what was made must not be published; nothing is refused where the task says to go on. */
    Optional<String> refusal(ScoreFigures.Route figures) {
        boolean isBroken = figures.realisedBound()
                .filter(bound -> bound < figures.promised())
                .isPresent();
        return isBroken && onTeacherFailure == OnTeacherFailure.STOP
                ? Optional.of(
                        String.format(
                                Locale.ROOT,
                                "Cannot keep %s %s: %swith the documents that the teacher gave nothing for, no more than %.4f can be shown. %s, or take on_teacher_failure: student",
                                terms.target(),
                                figures.promised(),
                                figures.failure().isEmpty() ? "" : figures.failure() + ", and ",
                                figures.realisedBound().orElse(0.0),
                                figures.failure().isEmpty()
                                        ? "Raise agreement a little"
                                        : "What it answered is kept: raise teacher.endpoint.budget, run the command again, which goes on from there"))
                : Optional.empty();
    }
}
