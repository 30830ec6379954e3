package dev.stillhouse.cli.pipeline;

import dev.stillhouse.cli.console.Console;
import dev.stillhouse.reports.record.Interval;
import dev.stillhouse.reports.record.ModelFigures;
import dev.stillhouse.reports.record.TrainFigures;
import dev.stillhouse.reports.record.TrainFigures.Target;
import dev.stillhouse.student.SelectFigures;
import dev.stillhouse.student.StudentConfig;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The gate before a student is published: what the task demands against what was reached. */
final class Targets {
    /** What is missed because a student costs too much. */
    private static final Set<String> COSTS = Set.of("size", "docs_per_second", "speedup", "joules");

    private static final double MOST_WHOLE = 1e15;
    /** Enough that a figure just short of its target does not look like it. */
    private static final int DIGITS = 6;

    private Targets() {}

    /** Every target of the task, met or not, in the order of the task file's keys. */
    static List<Target> check(
            StudentConfig.Targets targets, ModelFigures student, Optional<TrainFigures.Difference> previous) {
        List<Target> checked = new ArrayList<>();
        Optional<ModelFigures.Labels> labels = student.labels();
        Optional<ModelFigures.Scores> scores = student.scores();
        targets.retained().ifPresent(demand -> checked.add(atLeast("retained", demand, student.retained())));
        targets.f1Weighted()
                .ifPresent(demand -> checked.add(atLeast("f1_weighted", demand, labels.map(one -> one.f1Weighted()
                        .value()))));
        targets.f1Macro()
                .ifPresent(
                        demand -> checked.add(atLeast("f1_macro", demand, labels.map(ModelFigures.Labels::f1Macro))));
        targets.f1Micro()
                .ifPresent(demand -> checked.add(atLeast(
                        "f1_micro",
                        demand,
                        labels.flatMap(ModelFigures.Labels::f1Micro).map(Interval::value))));
        targets.agreement().ifPresent(demand -> checked.add(atLeast("agreement", demand, agreement(student))));
        targets.ece()
                .ifPresent(demand -> checked.add(atMost(
                        "ece", demand, labels.map(one -> one.calibration().ece()))));
        targets.spearman()
                .ifPresent(demand -> checked.add(atLeast(
                        "spearman", demand, scores.map(one -> one.spearman().value()))));
        targets.mae()
                .ifPresent(demand -> checked.add(
                        atMost("mae", demand, scores.map(one -> one.mae().value()))));
        targets.f1At()
                .forEach((name, demand) -> checked.add(atLeast(
                        "f1_at." + name, demand, scores.map(one -> one.f1At().get(name)))));
        targets.size()
                .ifPresent(demand ->
                        checked.add(atMost("size", demand, student.bytes().map(Long::doubleValue))));
        targets.docsPerSecond()
                .ifPresent(demand -> checked.add(
                        atLeast("docs_per_second", demand, student.speed().map(ModelFigures.Speed::docsPerSecond))));
        targets.speedup()
                .ifPresent(demand ->
                        checked.add(atLeast("speedup", demand, student.speed().flatMap(ModelFigures.Speed::speedup))));
        targets.joules()
                .ifPresent(demand ->
                        checked.add(atMost("joules", demand, student.speed().map(ModelFigures.Speed::joules))));
        targets.notWorseThan().ifPresent(demand -> previous.ifPresent(difference -> checked.add(notWorse(difference))));
        return checked;
    }

    private static Optional<Double> agreement(ModelFigures student) {
        return student.labels()
                .flatMap(ModelFigures.Labels::agreement)
                .map(Interval::value)
                .or(() -> student.scores().flatMap(ModelFigures.Scores::agreement));
    }

    /** Worse is what chance does not explain: a difference whose whole interval is below 0. */
    private static Target notWorse(TrainFigures.Difference difference) {
        return new Target(
                "not_worse_than",
                "previous: must not be below its figure, by an interval of 95 %",
                Optional.of(difference.headline().value()),
                difference.headline().high() >= 0);
    }

    /** What a student does not meet before it is judged on evaluation documents, by name. To be trusted, what it retains must be above its target by a standard error. */
    static List<String> missed(StudentConfig.Targets targets, SelectFigures select, Ladder.Effort effort) {
        List<Target> checked = new ArrayList<>();
        double retained = select.retained() - select.retainedError();
        targets.retained().ifPresent(demand -> checked.add(atLeast("retained", demand, Optional.of(retained))));
        Function<String, Optional<Double>> figure =
                name -> Optional.ofNullable(select.figures().get(name));
        BiConsumer<String, Optional<Double>> least =
                (name, demand) -> demand.ifPresent(value -> checked.add(atLeast(name, value, figure.apply(name))));
        least.accept(SelectFigures.F1_WEIGHTED, targets.f1Weighted());
        least.accept(SelectFigures.F1_MACRO, targets.f1Macro());
        least.accept(SelectFigures.F1_MICRO, targets.f1Micro());
        least.accept(SelectFigures.SPEARMAN, targets.spearman());
        targets.f1At().forEach((name, demand) -> least.accept(SelectFigures.F1_AT + name, Optional.of(demand)));
        targets.agreement()
                .ifPresent(demand -> checked.add(atLeast("agreement", demand, Optional.of(select.agreement()))));
        targets.ece().ifPresent(demand -> checked.add(atMost("ece", demand, figure.apply(SelectFigures.ECE))));
        targets.mae().ifPresent(demand -> checked.add(atMost("mae", demand, figure.apply(SelectFigures.MAE))));
        targets.size().ifPresent(demand -> checked.add(atMost("size", demand, Optional.of((double) effort.bytes()))));
        targets.docsPerSecond()
                .ifPresent(
                        demand -> checked.add(atLeast("docs_per_second", demand, Optional.of(effort.docsPerSecond()))));
        targets.joules().ifPresent(demand -> checked.add(atMost("joules", demand, Optional.of(effort.joules()))));
        return checked.stream()
                .filter(target -> !target.met())
                .map(Target::name)
                .toList();
    }

    /** Why the student must not be published, if it must not. */
    static Optional<String> refusal(List<Target> targets, String run) {
        List<Target> unmet = targets.stream().filter(target -> !target.met()).toList();
        String missed = unmet.stream()
                .map(target -> target.name() + " is "
                        + target.reached().map(Targets::number).orElse("not measured") + " (must be " + target.demand()
                        + ")")
                .collect(Collectors.joining("; "));
        return missed.isEmpty()
                ? Optional.empty()
                : Optional.of("Cannot publish the student of run " + run + ": " + missed + "; " + remedy(unmet));
    }

    /** More documents make a better student; a smaller and faster one comes of fewer features, or another kind. */
    private static String remedy(List<Target> unmet) {
        List<String> remedies = new ArrayList<>();
        if (unmet.stream().anyMatch(target -> !COSTS.contains(target.name()))) {
            remedies.add("raise student.pool or teacher.gold");
        }
        if (unmet.stream().anyMatch(target -> COSTS.contains(target.name()))) {
            remedies.add("lower student.max_features or choose a smaller student.kind");
        }
        return String.join(", ", remedies) + ", or ask for less";
    }

    static String summary(TrainFigures figures) {
        ModelFigures student = figures.student();
        String speed = student.speed()
                .flatMap(ModelFigures.Speed::speedup)
                .map(times -> String.format(Locale.ROOT, ", %.0f times as fast", times))
                .orElse("");
        return String.format(
                Locale.ROOT,
                "student keeps %.1f %% of the teacher's %s (%.1f of %.1f; gold alone %.1f)%s, %s bytes%s",
                100 * student.retained().orElse(0.0),
                figures.givesScores() ? "rank correlation" : "F1",
                100 * student.headline().value(),
                100 * figures.teacher().headline().value(),
                100 * figures.baseline().headline().value(),
                speed,
                Console.count(student.bytes().orElse(0L)),
                figures.teacher()
                        .bytes()
                        .filter(bytes -> bytes > 0)
                        .map(bytes -> " of " + Console.count(bytes))
                        .orElse(""));
    }

    private static Target atLeast(String name, double demand, Optional<Double> reached) {
        return new Target(
                name,
                "at least " + number(demand),
                reached,
                reached.map(value -> value >= demand).orElse(false));
    }

    private static Target atMost(String name, double demand, Optional<Double> reached) {
        return new Target(
                name,
                "at most " + number(demand),
                reached,
                reached.map(value -> value <= demand).orElse(false));
    }

    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < MOST_WHOLE
                ? String.format(Locale.ROOT, "%,d", (long) value)
                : BigDecimal.valueOf(value)
                        .round(new MathContext(DIGITS))
                        .stripTrailingZeros()
                        .toPlainString();
    }
}
