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
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The gate before a student is published: what the task demands against what was reached. */
final class Targets {
    private static final String SIZE = "size";
    private static final String DOCS_PER_SECOND = "docs_per_second";
    private static final String SPEEDUP = "speedup";
    private static final String JOULES = "joules";
    private static final Set<String> SPEEDS = Set.of(DOCS_PER_SECOND, SPEEDUP, JOULES);

    /** What is missed because a student costs too much. */
    static final Set<String> COSTS = Set.of(SIZE, DOCS_PER_SECOND, SPEEDUP, JOULES);

    private static final double MOST_WHOLE = 1e15;
    /** Enough that a figure just short of its target does not look like it. */
    private static final int DIGITS = 6;

    private static final Target NOTHING_BEFORE =
            new Target("not_worse_than", "previous: there is no student to compare with", Optional.empty(), true);

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
        targets.notWorseThan()
                .ifPresent(demand -> checked.add(previous.map(Targets::notWorse).orElse(NOTHING_BEFORE)));
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

    /**
     * A target that is not met.
     *
     * @param shortfall by how much, over what is demanded; a figure that is not known counts as missing it all
     */
    record Miss(String name, double shortfall) {
        boolean isOfSpeed() {
            return SPEEDS.contains(name);
        }
    }

    /** The shortfall of a cost beyond which it is far off: four times the size, which is what integer weights save at most; half the speed, or twice the energy. */
    static double far(Miss miss) {
        return switch (miss.name()) {
            case SIZE -> 3;
            case JOULES -> 1;
            default -> 0.5;
        };
    }

    /** What a student does not meet before it is judged on evaluation documents. To be trusted, what it retains must be above its target by a standard error. */
    static List<Miss> missed(StudentConfig.Targets targets, SelectFigures select, Effort effort) {
        List<Miss> missed = new ArrayList<>();
        least(missed, "retained", targets.retained(), Optional.of(select.retained() - select.retainedError()));
        for (var demand : Map.of(
                        SelectFigures.F1_WEIGHTED, targets.f1Weighted(),
                        SelectFigures.F1_MACRO, targets.f1Macro(),
                        SelectFigures.F1_MICRO, targets.f1Micro(),
                        SelectFigures.SPEARMAN, targets.spearman())
                .entrySet()) {
            least(missed, demand.getKey(), demand.getValue(), figure(select, demand.getKey()));
        }
        targets.f1At().forEach((name, demand) -> {
            String key = SelectFigures.F1_AT + name;
            least(missed, key, Optional.of(demand), figure(select, key));
        });
        least(missed, "agreement", targets.agreement(), Optional.of(select.agreement()));
        most(missed, "ece", targets.ece(), figure(select, SelectFigures.ECE));
        most(missed, "mae", targets.mae(), figure(select, SelectFigures.MAE));
        most(missed, SIZE, targets.size().map(Long::doubleValue), Optional.of((double) effort.bytes()));
        least(missed, DOCS_PER_SECOND, targets.docsPerSecond(), Optional.of(effort.docsPerSecond()));
        if (effort.speedup().isPresent()) {
            least(missed, SPEEDUP, targets.speedup(), effort.speedup());
        }
        most(missed, JOULES, targets.joules(), Optional.of(effort.joules()));
        missed.sort(Comparator.comparing(Miss::name));
        return missed;
    }

    private static Optional<Double> figure(SelectFigures select, String name) {
        return Optional.ofNullable(select.figures().get(name));
    }

    private static void least(List<Miss> missed, String name, Optional<Double> demand, Optional<Double> reached) {
        demand.filter(wanted -> !(reached.orElse(Double.NaN) >= wanted))
                .ifPresent(wanted -> missed.add(new Miss(name, shortfall(wanted - reached.orElse(0.0), wanted))));
    }

    private static void most(List<Miss> missed, String name, Optional<Double> demand, Optional<Double> reached) {
        demand.filter(wanted -> !(reached.orElse(Double.NaN) <= wanted))
                .ifPresent(
                        wanted -> missed.add(new Miss(name, shortfall(reached.orElse(2 * wanted) - wanted, wanted))));
    }

    private static double shortfall(double distance, double wanted) {
        return wanted > 0 ? distance / wanted : 1;
    }

    /** Why the student must not be published, if it must not. */
    static Optional<String> refusal(List<Target> targets, String run) {
        return refusal(targets, run, Remedies.OF_LABELS);
    }

    /** Why the student must not be published, if it must not, and what would help. */
    static Optional<String> refusal(List<Target> targets, String run, Remedies remedies) {
        List<Target> unmet = targets.stream().filter(target -> !target.met()).toList();
        String missed = unmet.stream()
                .map(target -> target.name() + " is "
                        + target.reached()
                                .map(reached -> number(target.name(), reached))
                                .orElse("not measured")
                        + " (must be " + target.demand()
                        + ")")
                .collect(Collectors.joining("; "));
        return missed.isEmpty()
                ? Optional.empty()
                : Optional.of("Cannot publish the student of run " + run + ": " + missed + "; " + remedies.of(unmet));
    }

    /**
     * What helps a student that misses targets: more documents make a better one; a smaller and faster one comes of fewer features, or another kind.
     *
     * @param quality what makes a better student
     * @param cost what makes a cheaper one
     */
    record Remedies(String quality, String cost) {
        private static final Remedies OF_LABELS = new Remedies(
                "raise student.pool or teacher.gold", "choose a smaller student.kind or lower student.max_features");

        /** Of students of sentences, which are of one kind and know no gold. */
        static final Remedies OF_SENTENCES =
                new Remedies("name more documents in corpus or raise student.pool", "lower student.max_features");

        private String of(List<Target> unmet) {
            List<String> remedies = new ArrayList<>();
            if (unmet.stream().anyMatch(target -> !COSTS.contains(target.name()))) {
                remedies.add(quality);
            }
            if (unmet.stream().anyMatch(target -> COSTS.contains(target.name()))) {
                remedies.add(cost);
            }
            return String.join(", ", remedies) + ", or ask for less";
        }
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

    static Target atLeast(String name, double demand, Optional<Double> reached) {
        return new Target(
                name,
                "at least " + number(name, demand),
                reached,
                reached.map(value -> value >= demand).orElse(false));
    }

    static Target atMost(String name, double demand, Optional<Double> reached) {
        return new Target(
                name,
                "at most " + number(name, demand),
                reached,
                reached.map(value -> value <= demand).orElse(false));
    }

    private static String number(String name, double value) {
        return number(value) + (name.equals(SIZE) ? " bytes" : "");
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
