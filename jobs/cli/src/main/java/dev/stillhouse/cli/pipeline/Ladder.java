package dev.stillhouse.cli.pipeline;

import dev.stillhouse.cli.console.Progress;
import dev.stillhouse.reports.record.TrainFigures;
import dev.stillhouse.student.Candidate;
import dev.stillhouse.student.Contender;
import dev.stillhouse.student.EpochListener;
import dev.stillhouse.student.StudentConfig;
import dev.stillhouse.student.StudentConfig.Kind;
import dev.stillhouse.udfs.errors.DataException;
import dev.stillhouse.udfs.student.StudentFiles;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Tries kinds of students from the smallest up, and stops at the first that meets every target on the select part. Where none does, the student that misses the fewest targets is chosen, of equals the one that misses them by the least, {@link Targets.Miss#shortfall} added up; where there are no targets, the one of the least loss. Layers of an encoder beyond one that costs far too much ({@link Targets#far}) are not tried.
 */
final class Ladder {
    private final StudentConfig config;
    private final Progress progress;
    private final Speeds speeds;

    /**
     * @param speeds measures them
     */
    Ladder(StudentConfig config, Speeds speeds, Progress progress) {
        this.config = config;
        this.speeds = speeds;
        this.progress = progress;
    }

    Climbed climb(Rungs rungs) {
        List<String> warnings = new ArrayList<>();
        List<Step> steps = steps(rungs, warnings);
        Step best = steps.stream()
                .min(Comparator.comparingInt((Step step) -> step.missed().size())
                        .thenComparingDouble(Step::shortfall)
                        .thenComparingDouble(step -> step.candidate().select().loss()))
                .orElseThrow();
        return new Climbed(
                best.candidate(),
                steps.stream().map(step -> step.rung(step.is(best))).toList(),
                steps.stream().flatMap(step -> step.variants(best)).toList(),
                curve(rungs, best),
                Stream.concat(warnings.stream(), unfinished(best, rungs).stream())
                        .toList());
    }

    /** What was tried, up to the first that meets every target. */
    private List<Step> steps(Rungs rungs, List<String> warnings) {
        List<Step> steps = new ArrayList<>();
        for (Kind kind : rungs.kinds()) {
            if (isEnough(steps)) {
                break;
            }
            try {
                if (!tryAll(rungs.of(kind, listener(kind, rungs)), steps)) {
                    warnings.add("Deeper layers of the encoder were not tried: they are larger and slower than "
                            + steps.get(steps.size() - 1).candidate().variant().name() + ", which misses "
                            + String.join(", ", steps.get(steps.size() - 1).names()));
                }
            } catch (DataException e) {
                if (kind != Kind.ENCODER || config.kind() == Kind.ENCODER) {
                    throw e;
                }
                // Nobody asked for it, and other students are trained.
                warnings.add("student.kind auto passed over students of the teacher's encoder: " + e.getMessage());
            }
        }
        return steps;
    }

    /** False where some were left out because those before them cost too much already. */
    private boolean tryAll(List<Supplier<List<Contender>>> students, List<Step> steps) {
        for (Supplier<List<Contender>> student : students) {
            long start = System.nanoTime();
            List<Contender> candidates = student.get();
            double seconds = (System.nanoTime() - start) / 1e9;
            List<Step> tried =
                    candidates.stream().map(one -> step(one, seconds)).toList();
            for (Step step : tried) {
                // What costs labels their sureness must be faster than what does not.
                if (step.isFastest(tried) || step.equals(tried.get(tried.size() - 1))) {
                    steps.add(step);
                }
                if (isEnough(steps)) {
                    return true;
                }
            }
            boolean isLast = student.equals(students.get(students.size() - 1));
            if (!isLast && tried.stream().allMatch(Step::isHopeless)) {
                return false;
            }
        }
        return true;
    }

    /** What to say where training ended before the student was done. */
    private Optional<String> unfinished(Step best, Rungs rungs) {
        Candidate.Variant variant = best.candidate().variant();
        return best.candidate().kind() != Kind.ENCODER && variant.epochs() >= rungs.passes()
                ? Optional.of("Training ended after " + variant.epochs()
                        + " passes while the student still gained; raise student.epochs to see whether more help")
                : Optional.empty();
    }

    private boolean isEnough(List<Step> steps) {
        return !steps.isEmpty()
                && !config.targets().isNone()
                && steps.get(steps.size() - 1).missed().isEmpty();
    }

    /** The learning curve of the chosen kind, which ends with the chosen student; empty where none is asked for. */
    private List<TrainFigures.CurvePoint> curve(Rungs rungs, Step best) {
        if (config.learningCurve() == 0) {
            return List.of();
        }
        Contender chosen = best.candidate();
        return rungs.curve(chosen, listener(chosen.kind(), rungs)).stream()
                .map(point -> new TrainFigures.CurvePoint(
                        point.documents(),
                        point.select().agreement(),
                        point.select().retained(),
                        point.select().loss()))
                .toList();
    }

    private Step step(Contender candidate, double seconds) {
        StudentFiles files = candidate.compressed().files(Map.of());
        Effort effort = speeds.effort(files, seconds);
        List<Targets.Miss> missed = Targets.missed(config.targets(), candidate.select(), effort);
        if (missed.stream().anyMatch(Targets.Miss::isOfSpeed)) {
            effort = speeds.again(files, effort);
            missed = Targets.missed(config.targets(), candidate.select(), effort);
        }
        return new Step(candidate, effort, missed);
    }

    private EpochListener listener(Kind kind, Rungs rungs) {
        if (kind == Kind.ENCODER) {
            return EpochListener.NONE;
        }
        AtomicInteger done = new AtomicInteger();
        AtomicReference<String> note = new AtomicReference<>("");
        progress.step(new Progress.Work("training " + name(kind), "epoch", rungs.passes(), done::get, note::get));
        return epoch -> {
            note.set(String.format(
                    Locale.ROOT,
                    "%s: loss %.3f, agreement %.1f %%",
                    epoch.variant(),
                    epoch.loss(),
                    100 * epoch.agreement()));
            done.set(epoch.number());
        };
    }

    private static TrainFigures.Variant variant(Candidate.Variant variant, boolean chosen) {
        return new TrainFigures.Variant(
                name(variant.kind()),
                variant.name(),
                variant.features(),
                variant.epochs(),
                variant.selectLoss(),
                variant.selectAgreement(),
                chosen);
    }

    static String name(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /**
     * What came of it.
     *
     * @param chosen the student to judge and publish
     * @param rungs the kinds that were tried
     * @param variants their variants
     * @param curve the learning curve of the chosen kind, where one is asked for
     * @param warnings kinds that were passed over, and why
     */
    record Climbed(
            Contender chosen,
            List<TrainFigures.Rung> rungs,
            List<TrainFigures.Variant> variants,
            List<TrainFigures.CurvePoint> curve,
            List<String> warnings) {

        /** The same with the student as it is to be judged. */
        Climbed withChosen(Contender newChosen) {
            return new Climbed(newChosen, rungs, variants, curve, warnings);
        }
    }

    private record Step(Contender candidate, Effort effort, List<Targets.Miss> missed) {
        List<String> names() {
            return missed.stream().map(Targets.Miss::name).toList();
        }

        double shortfall() {
            return missed.stream().mapToDouble(Targets.Miss::shortfall).sum();
        }

        /** Whether what is larger and slower still need not be tried: it costs far too much. A little too much is not enough, since a deeper layer may have integer weights, or exits that make it faster. */
        boolean isHopeless() {
            return missed.stream()
                    .anyMatch(miss -> Targets.COSTS.contains(miss.name()) && miss.shortfall() > Targets.far(miss));
        }

        boolean isFastest(List<Step> steps) {
            return steps.stream()
                    .allMatch(step -> step.equals(this) || step.effort().docsPerSecond() < effort.docsPerSecond());
        }

        /** Whether it is the other: a kind is tried once, of encoders each layer, with exits and without. */
        boolean is(Step other) {
            return candidate.kind() == other.candidate.kind()
                    && candidate
                            .variant()
                            .name()
                            .equals(other.candidate.variant().name());
        }

        /** Its variants, of which the one that stands for its kind is marked; of layers, that of the chosen one. */
        Stream<TrainFigures.Variant> variants(Step best) {
            boolean isLayerLeft = candidate.kind() == Kind.ENCODER && !is(best);
            return candidate.variants().stream().map(variant -> variant(variant, variant.chosen() && !isLayerLeft));
        }

        TrainFigures.Rung rung(boolean chosen) {
            return new TrainFigures.Rung(
                    name(candidate.kind()),
                    candidate.variant().name(),
                    candidate.variant().features(),
                    effort.bytes(),
                    effort.docsPerSecond(),
                    effort.joules(),
                    candidate.select().loss(),
                    candidate.select().agreement(),
                    candidate.select().retained(),
                    candidate.select().retainedError(),
                    candidate.select().figures(),
                    effort.seconds(),
                    names(),
                    chosen);
        }
    }
}
