package dev.stillhouse.cli.config;

import dev.stillhouse.datasets.config.Checks;
import dev.stillhouse.datasets.config.Violation;
import dev.stillhouse.datasets.schema.Scores;
import dev.stillhouse.datasets.schema.Summaries;
import dev.stillhouse.datasets.source.KeptColumn;
import dev.stillhouse.datasets.source.SourceConfig;
import dev.stillhouse.scoring.ScoreConfig;
import dev.stillhouse.scoring.cascade.RouteConfig;
import dev.stillhouse.scoring.output.OutputConfig;
import dev.stillhouse.scoring.summaries.SummarizeConfig;
import dev.stillhouse.student.StudentConfig;
import dev.stillhouse.student.StudentConfig.Targets;
import dev.stillhouse.teacher.LabelConfig;
import dev.stillhouse.teacher.TeacherConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the sections of a task must be for what the student learns. Adds what is violated to checks. */
record TaskRules(TaskKind kind, Checks checks) {
    /** Targets that are of no kind in particular are not in here. */
    private static final Map<TaskKind, List<String>> TARGETS = Map.of(
            TaskKind.SUMMARIZE, List.of(),
            TaskKind.CLASSIFY, List.of("f1_weighted", "f1_macro", "ece"),
            TaskKind.MULTILABEL, List.of("f1_weighted", "f1_macro", "f1_micro", "ece"),
            TaskKind.REGRESS, List.of("spearman", "mae", "f1_at"));

    private static final Map<TaskKind, List<TeacherConfig.Kind>> TEACHERS = Map.of(
            TaskKind.SUMMARIZE,
                    List.of(
                            TeacherConfig.Kind.REFERENCE,
                            TeacherConfig.Kind.SALIENCE,
                            TeacherConfig.Kind.HTTP,
                            TeacherConfig.Kind.ENSEMBLE),
            TaskKind.CLASSIFY,
                    Arrays.stream(TeacherConfig.Kind.values())
                            .filter(kind -> !kind.labelsSentences())
                            .toList(),
            TaskKind.MULTILABEL,
                    List.of(
                            TeacherConfig.Kind.EMBEDDING_HEAD,
                            TeacherConfig.Kind.ONNX_CLASSIFIER,
                            TeacherConfig.Kind.COLUMN),
            TaskKind.REGRESS,
                    List.of(
                            TeacherConfig.Kind.EMBEDDING_HEAD,
                            TeacherConfig.Kind.ONNX_REGRESSOR,
                            TeacherConfig.Kind.COLUMN));

    void teacher(TeacherConfig teacher) {
        List<TeacherConfig.Kind> able = TEACHERS.getOrDefault(kind, List.of());
        checks.that(
                able.contains(teacher.kind()),
                new Violation("teacher.kind", teacher.kind().key(), names(able)));
        members(teacher, able);
        if (kind == TaskKind.SUMMARIZE) {
            new SummaryRules(checks).teacher(teacher);
            return;
        }
        boolean namesLabels = kind != TaskKind.REGRESS;
        boolean asksForLabels = has(teacher, TeacherConfig.Kind.HTTP);
        checks.that(
                !asksForLabels || !teacher.labels().isEmpty(),
                new Violation("teacher.labels", "0 labels", "at least 2 for http"));
        checks.that(
                asksForLabels
                        || !has(teacher, TeacherConfig.Kind.COLUMN)
                        || namesLabels != teacher.labels().isEmpty(),
                new Violation(
                        "teacher.labels",
                        teacher.labels().size() + " labels",
                        namesLabels ? "at least 2 for column" : "absent for a column of scores"));
        onlyClassify("teacher.choose", "rounds or uncertainty", teacher.choose().trains());
        onlyClassify("teacher.review", "a section", teacher.review().isPresent());
        onlyClassify("teacher.precision", "auto", teacher.precision() == TeacherConfig.Precision.AUTO);
    }

    private static boolean has(TeacherConfig teacher, TeacherConfig.Kind wanted) {
        return teacher.kind() == wanted || teacher.members().stream().anyMatch(member -> member.kind() == wanted);
    }

    private void members(TeacherConfig teacher, List<TeacherConfig.Kind> able) {
        List<TeacherConfig.Kind> single = able.stream()
                .filter(kind -> kind != TeacherConfig.Kind.ENSEMBLE)
                .toList();
        for (int m = 0; m < teacher.members().size(); m++) {
            TeacherConfig.Kind member = teacher.members().get(m).kind();
            checks.that(
                    single.contains(member),
                    new Violation("teacher.members[" + m + "].kind", member.key(), names(single)));
        }
    }

    private String names(List<TeacherConfig.Kind> able) {
        return able.stream().map(TeacherConfig.Kind::key).collect(Collectors.joining(", ")) + " for kind: " + name();
    }

    void student(StudentConfig student) {
        if (kind == TaskKind.SUMMARIZE) {
            new SummaryRules(checks).student(student);
            return;
        }
        Targets targets = student.targets();
        given(targets)
                .forEach((name, value) -> value.ifPresent(demand -> checks.that(
                        TARGETS.getOrDefault(kind, List.of()).contains(name),
                        new Violation(
                                "student.targets." + name,
                                demand,
                                "absent for kind: " + name() + ", whose targets of quality are retained, agreement, "
                                        + String.join(", ", TARGETS.getOrDefault(kind, List.of()))))));
        checks.that(
                student.thresholds().isEmpty() || kind == TaskKind.REGRESS,
                new Violation("student.thresholds", student.thresholds().toString(), "absent but for kind: regress"));
        onlyClassify("student.kind", "encoder", student.kind() == StudentConfig.Kind.ENCODER);
        checks.that(
                student.kind() != StudentConfig.Kind.ENCODER
                        || student.calibration() == StudentConfig.Calibration.TEMPERATURE,
                new Violation("student.calibration", "isotonic", "temperature for student.kind: encoder"));
        boolean soft = student.distillation().temperature() == 1
                && student.distillation().hardWeight() == 0;
        checks.that(
                soft || kind != TaskKind.REGRESS,
                new Violation(
                        "student.distillation", "a temperature or hard_weight", "without them for kind: regress"));
        checks.that(
                student.calibration() == StudentConfig.Calibration.TEMPERATURE || kind != TaskKind.REGRESS,
                new Violation("student.calibration", "isotonic", "absent for kind: regress"));
        List<String> named = new ArrayList<>(student.thresholds().keySet());
        targets.f1At()
                .forEach((name, demand) -> checks.that(
                        kind != TaskKind.REGRESS || named.contains(name),
                        new Violation(
                                "student.targets.f1_at." + name,
                                demand.toString(),
                                "of a name in student.thresholds, which has "
                                        + (named.isEmpty() ? "none" : String.join(", ", named)))));
    }

    void summarize(SummarizeConfig summarize, TeacherConfig teacher) {
        checks.that(
                summarize.sources().isEmpty() || kind == TaskKind.SUMMARIZE,
                new Violation("summarize", "a section", "absent but for kind: summarize"));
        if (kind == TaskKind.SUMMARIZE) {
            new SummaryRules(checks).budget(summarize.budget(), teacher);
        }
        boolean needsReferences = teacher.kind() == TeacherConfig.Kind.REFERENCE
                || teacher.members().stream().anyMatch(member -> member.kind() == TeacherConfig.Kind.REFERENCE);
        summarize
                .route()
                .ifPresent(
                        route -> checks.that(
                                        route.agreement().isPresent(),
                                        new Violation(
                                                "summarize.route", route.target(), "of agreement, for kind: summarize"))
                                .that(
                                        !needsReferences,
                                        new Violation(
                                                "summarize.route",
                                                "a section",
                                                "absent with teacher.kind: reference, which says nothing of documents that nobody has summarised; salience, http and ensembles of them need no references")));
    }

    void output(ScoreConfig score) {
        List<String> able = new ArrayList<>(List.of(Scores.SOURCE, Scores.ROUTE, Scores.MODEL));
        if (kind == TaskKind.CLASSIFY) {
            able.add(Scores.LABEL);
        }
        able.addAll(score.keptNames());
        partitions("score", score.output(), able);
    }

    void output(SummarizeConfig summarize) {
        List<String> able = new ArrayList<>(List.of(Summaries.SOURCE, Summaries.ROUTE, Summaries.MODEL));
        able.addAll(summarize.carriedNames());
        partitions("summarize", summarize.output(), able);
    }

    private void partitions(String section, Optional<OutputConfig> output, List<String> able) {
        output.map(OutputConfig::partitionBy).ifPresent(columns -> {
            for (int i = 0; i < columns.size(); i++) {
                checks.that(
                        able.contains(columns.get(i)),
                        new Violation(
                                section + ".output.partition_by[" + i + "]",
                                columns.get(i),
                                "one of " + String.join(", ", able) + " for kind: " + name() + "; a column of "
                                        + section + ".keep may be named too"));
            }
        });
    }

    void outOfScope(boolean isGiven) {
        onlyClassify("out_of_scope", "sources", isGiven);
    }

    void score(ScoreConfig score) {
        checks.that(
                score.sources().isEmpty() || kind != TaskKind.SUMMARIZE,
                new Violation("score", "a section", "absent for kind: summarize, whose stage is summarize"));
        checks.that(
                score.route().isEmpty() || kind != TaskKind.REGRESS,
                new Violation("score.route", "a section", "absent for kind: regress, where nothing agrees exactly"));
    }

    /** A teacher that reads a column needs it of what it is to label, and of what it is to be asked about while documents are scored. */
    void columns(TeacherConfig teacher, List<SourceConfig> corpus, ScoreConfig score) {
        List<String> kept = KeptColumn.names(corpus);
        Stream.concat(teacher.column().stream(), teacher.members().stream().flatMap(member -> member.column().stream()))
                .distinct()
                .forEach(column -> {
                    checks.that(
                            corpus.isEmpty() || kept.contains(column),
                            new Violation(
                                    "teacher.column",
                                    column,
                                    "a column that corpus and evaluate keep: keep: [" + column + "]"));
                    checks.that(
                            score.route().isEmpty()
                                    || KeptColumn.names(score.keepingSources()).contains(column),
                            new Violation(
                                    "score.route",
                                    "a section",
                                    "absent where the teacher reads column " + column
                                            + ", which no source of score keeps; keep it there too: score.keep: ["
                                            + column + "]"));
                });
    }

    /** What can be told of the student, its teacher and the engine before any of them is there. */
    void together(TeacherConfig teacher, StudentConfig student, ScoreConfig score) {
        boolean cannotBeRun = teacher.kind() == TeacherConfig.Kind.HTTP || teacher.kind() == TeacherConfig.Kind.COLUMN;
        student.targets()
                .speedup()
                .ifPresent(speedup -> checks.that(
                        !cannotBeRun,
                        new Violation(
                                "student.targets.speedup",
                                speedup.toString(),
                                "absent with teacher.kind: " + teacher.kind().key()
                                        + ", whose speed is not measured")));
        List<String> labels = teacher.labels().stream().map(LabelConfig::name).toList();
        score.route()
                .flatMap(RouteConfig::label)
                .ifPresent(label -> checks.that(
                        labels.isEmpty() || labels.contains(label),
                        new Violation("score.route.label", label, "one of teacher.labels")));
        checks.that(
                student.kind() != StudentConfig.Kind.ENCODER
                        || score.engine() == ScoreConfig.Engine.AUTO
                        || score.engine() == ScoreConfig.Engine.ONNX,
                new Violation("score.engine", Scalars.name(score.engine()), "auto or onnx for student.kind: encoder"));
    }

    private void onlyClassify(String key, String value, boolean isGiven) {
        checks.that(!isGiven || kind == TaskKind.CLASSIFY, new Violation(key, value, "absent but for kind: classify"));
    }

    /** Targets of quality, by name. */
    static Map<String, Optional<String>> given(Targets targets) {
        Map<String, Optional<String>> given = new LinkedHashMap<>();
        given.put("f1_weighted", targets.f1Weighted().map(Object::toString));
        given.put("f1_macro", targets.f1Macro().map(Object::toString));
        given.put("f1_micro", targets.f1Micro().map(Object::toString));
        given.put("ece", targets.ece().map(Object::toString));
        given.put("spearman", targets.spearman().map(Object::toString));
        given.put("mae", targets.mae().map(Object::toString));
        given.put(
                "f1_at",
                targets.f1At().isEmpty()
                        ? Optional.empty()
                        : Optional.of(targets.f1At().toString()));
        return given;
    }

    private String name() {
        return Scalars.name(kind);
    }
}
