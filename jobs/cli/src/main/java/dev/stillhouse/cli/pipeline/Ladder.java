package dev.stillhouse.cli.pipeline;

import dev.stillhouse.cli.console.Progress;
import dev.stillhouse.reports.record.TrainFigures;
import dev.stillhouse.student.Candidate;
import dev.stillhouse.student.EpochListener;
import dev.stillhouse.student.StudentConfig;
import dev.stillhouse.student.StudentConfig.Kind;
import dev.stillhouse.student.Training;
import dev.stillhouse.student.export.OnnxStudentWriter;
import dev.stillhouse.udfs.Throughput;
import dev.stillhouse.udfs.student.StudentKernel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;

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

    Climbed climb(Training training) {
        List<Step> steps = new ArrayList<>();
        for (Kind kind : config.kind().rungs()) {
            Step step = step(training, kind);
            steps.add(step);
            if (!config.targets().equals(StudentConfig.Targets.none())
                    && step.missed().isEmpty()) {
                break;
            }
        }
        Step best = steps.stream()
                .min(Comparator.comparingInt((Step step) -> step.missed().size())
                        .thenComparingDouble(step -> step.candidate().select().loss()))
                .orElseThrow();
        return new Climbed(
                best.candidate(),
                steps.stream()
                        .map(step -> step.rung(
                                step.candidate().kind() == best.candidate().kind()))
                        .toList(),
                steps.stream()
                        .flatMap(step -> step.candidate().variants().stream())
                        .map(Ladder::variant)
                        .toList(),
                curve(training, best));
    }

    /** The learning curve of the chosen kind, which ends with the chosen student; empty where none is asked for. */
    private List<TrainFigures.CurvePoint> curve(Training training, Step best) {
        if (config.learningCurve() == 0) {
            return List.of();
        }
        Kind kind = best.candidate().kind();
        List<Training.CurvePoint> points = new ArrayList<>(training.curve(kind, listener(kind)));
        points.add(
                new Training.CurvePoint(training.rows().fit(), best.candidate().select()));
        return points.stream()
                .map(point -> new TrainFigures.CurvePoint(
                        point.documents(),
                        point.select().agreement(),
                        point.select().retained(),
                        point.select().loss()))
                .toList();
    }

    private Step step(Training training, Kind kind) {
        long start = System.nanoTime();
        Candidate candidate = training.train(kind, listener(kind));
        double seconds = (System.nanoTime() - start) / 1e9;
        long bytes = OnnxStudentWriter.write(candidate.int8()).length;
        double rate = throughput
                .measure(List.of(new StudentKernel(candidate.int8())), texts)
                .get(0)
                .median();
        Effort effort = new Effort(bytes, rate, joules.applyAsDouble(rate), seconds);
        return new Step(candidate, effort, Targets.missed(config.targets(), candidate.select(), effort));
    }

    private EpochListener listener(Kind kind) {
        AtomicInteger done = new AtomicInteger();
        AtomicReference<String> note = new AtomicReference<>("");
        progress.step(new Progress.Work(
                "training " + name(kind) + ", at most", "epoch", config.epochs(), done::get, note::get));
        return (epoch, most, loss, agreement) -> {
            note.set(String.format(Locale.ROOT, "loss %.3f, agreement %.1f %%", loss, 100 * agreement));
            done.set(epoch);
        };
    }

    private static TrainFigures.Variant variant(Candidate.Variant variant) {
        return new TrainFigures.Variant(
                name(variant.kind()),
                variant.name(),
                variant.features(),
                variant.epochs(),
                variant.selectLoss(),
                variant.selectAgreement(),
                variant.chosen());
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
     */
    record Climbed(
            Candidate chosen,
            List<TrainFigures.Rung> rungs,
            List<TrainFigures.Variant> variants,
            List<TrainFigures.CurvePoint> curve) {}

    /**
     * What a student costs.
     *
     * @param bytes of its file
     * @param docsPerSecond on this machine
     * @param joules for a thousand documents
     * @param seconds that training took
     */
    record Effort(long bytes, double docsPerSecond, double joules, double seconds) {}

    private record Step(Candidate candidate, Effort effort, List<String> missed) {
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
