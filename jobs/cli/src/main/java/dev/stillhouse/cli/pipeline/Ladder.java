package dev.stillhouse.cli.pipeline;

import dev.stillhouse.cli.console.Progress;
import dev.stillhouse.reports.record.TrainFigures;
import dev.stillhouse.student.Candidate;
import dev.stillhouse.student.Contender;
import dev.stillhouse.student.EpochListener;
import dev.stillhouse.student.StudentConfig;
import dev.stillhouse.student.StudentConfig.Kind;
import dev.stillhouse.udfs.Throughput;
import dev.stillhouse.udfs.errors.DataException;
import dev.stillhouse.udfs.onnx.SessionCache;
import dev.stillhouse.udfs.student.Student;
import dev.stillhouse.udfs.student.StudentFiles;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Tries kinds of students from the smallest up, and stops at the first that meets every target on the select part. Where none does, or there are no targets, the student that misses the fewest targets is chosen, of equals the one of the least loss.
 */
final class Ladder {
    private final StudentConfig config;
    private final Throughput throughput;
    private final List<String> texts;
    private final Progress progress;
    private final ToDoubleFunction<Double> joules;

    /**
     * @param joules for a thousand documents, by documents a second
     * @param texts to measure speed on
     */
    Ladder(
            StudentConfig config,
            Throughput throughput,
            List<String> texts,
            Progress progress,
            ToDoubleFunction<Double> joules) {
        this.config = config;
        this.throughput = throughput;
        this.texts = texts;
        this.progress = progress;
        this.joules = joules;
    }

    Climbed climb(Rungs rungs) {
        List<String> warnings = new ArrayList<>();
        List<Step> steps = steps(rungs, warnings);
        Step best = steps.stream()
                .min(Comparator.comparingInt((Step step) -> step.missed().size())
                        .thenComparingDouble(step -> step.candidate().select().loss()))
                .orElseThrow();
        return new Climbed(
                best.candidate(),
                steps.stream().map(step -> step.rung(step.is(best))).toList(),
                steps.stream().flatMap(step -> step.variants(best)).toList(),
                curve(rungs, best),
                List.copyOf(warnings));
    }

    /** What was tried, up to the first that meets every target. */
    private List<Step> steps(Rungs rungs, List<String> warnings) {
        List<Step> steps = new ArrayList<>();
        for (Kind kind : rungs.kinds()) {
            if (isEnough(steps)) {
                break;
            }
            try {
                tryAll(rungs.of(kind, listener(kind, rungs)), steps);
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

    private void tryAll(List<Supplier<List<Contender>>> students, List<Step> steps) {
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
                    return;
                }
            }
        }
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
        double rate = rate(files);
        Effort effort = new Effort(files.bytes(), rate, joules.applyAsDouble(rate), seconds);
        return new Step(candidate, effort, Targets.missed(config.targets(), candidate.select(), effort));
    }

    private double rate(StudentFiles files) {
        try (Student student = files.open("on trial")) {
            return throughput.measure(List.of(student), texts).get(0).median();
        } finally {
            // A session of each layer would not fit into memory.
            SessionCache.evictUnused();
        }
    }

    private EpochListener listener(Kind kind, Rungs rungs) {
        if (kind == Kind.ENCODER) {
            return (epoch, most, loss, agreement) -> {};
        }
        AtomicInteger done = new AtomicInteger();
        AtomicReference<String> note = new AtomicReference<>("");
        progress.step(new Progress.Work(
                "training " + name(kind) + ", at most", "epoch", rungs.passes(), done::get, note::get));
        return (epoch, most, loss, agreement) -> {
            note.set(String.format(Locale.ROOT, "loss %.3f, agreement %.1f %%", loss, 100 * agreement));
            done.set(epoch);
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

    /**
     * What a student costs.
     *
     * @param bytes of its file
     * @param docsPerSecond on this machine
     * @param joules for a thousand documents
     * @param seconds that training took
     */
    record Effort(long bytes, double docsPerSecond, double joules, double seconds) {}

    private record Step(Contender candidate, Effort effort, List<String> missed) {
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
                    missed,
                    chosen);
        }
    }
}
