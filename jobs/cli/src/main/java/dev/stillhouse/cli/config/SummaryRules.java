package dev.stillhouse.cli.config;

import dev.stillhouse.datasets.config.Checks;
import dev.stillhouse.datasets.config.Violation;
import dev.stillhouse.scoring.summaries.BudgetConfig;
import dev.stillhouse.student.Distillation;
import dev.stillhouse.student.StudentConfig;
import dev.stillhouse.student.StudentConfig.Targets;
import dev.stillhouse.teacher.MemberConfig;
import dev.stillhouse.teacher.TeacherConfig;
import dev.stillhouse.teacher.TeacherConfig.Kind;
import dev.stillhouse.teacher.endpoint.EndpointConfig;
import dev.stillhouse.udfs.onnx.CatalogueModel;
import java.util.List;

/** What teacher and student of a task that summarises must be. Keys that would change what labels mean, and say nothing of sentences, must have their defaults. Adds what is violated to checks. */
record SummaryRules(Checks checks) {
    private static final String ABSENT = "absent for kind: summarize";

    void teacher(TeacherConfig teacher) {
        absent("teacher.budget", "a number", teacher.budget().isPresent());
        absent("teacher.corrections", "a path", teacher.corrections().isPresent());
        absent("teacher.review", "a section", teacher.review().isPresent());
        absent(
                "teacher.labels",
                teacher.labels().size() + " labels",
                !teacher.labels().isEmpty());
        absent("teacher.gold", Integer.toString(teacher.gold()), teacher.gold() != TeacherConfig.DEFAULT_GOLD);
        checks.that(
                teacher.precision() != TeacherConfig.Precision.AUTO,
                new Violation("teacher.precision", "auto", "fp32, fp16 or int8 for kind: summarize"));
        teacher.endpoint().ifPresent(this::endpoint);
        members(teacher.members());
    }

    /** A folder of one's own is on the driver alone, and a student has to count wherever it goes. */
    void budget(BudgetConfig budget, TeacherConfig teacher) {
        String known = String.join(", ", CatalogueModel.keys());
        checks.that(
                budget.tokens().isEmpty()
                        || budget.tokenizer().isPresent()
                        || CatalogueModel.of(teacher.tokenizer()).isPresent(),
                new Violation(
                        "summarize.budget.tokens",
                        budget.tokens().map(Object::toString).orElse(""),
                        "with summarize.budget.tokenizer, one of " + known
                                + ", since the teacher's model is a folder (" + teacher.tokenizer()
                                + "), whose tokenizer is not wherever a student counts; or words or characters in place of tokens"));
    }

    private void endpoint(EndpointConfig endpoint) {
        List<String> prompts = endpoint.prompts();
        checks.that(
                        prompts.size() <= 1,
                        new Violation(
                                "teacher.endpoint.prompts",
                                prompts.size() + " prompts",
                                "one at most for kind: summarize, where no gold chooses"))
                .that(
                        prompts.stream().noneMatch(prompt -> prompt.contains(EndpointConfig.LABELS)),
                        new Violation(
                                "teacher.endpoint.prompts",
                                prompts.toString(),
                                "a question with {text}, and without {labels}, for kind: summarize"));
    }

    private void members(List<MemberConfig> members) {
        for (int m = 0; m < members.size(); m++) {
            MemberConfig member = members.get(m);
            boolean isAgain = member.kind() != Kind.SALIENCE
                    && members.subList(0, m).stream().anyMatch(before -> before.kind() == member.kind());
            checks.that(
                            !isAgain,
                            new Violation(
                                    "teacher.members[" + m + "].kind",
                                    member.kind().key(),
                                    "there once; weight says how much it counts"))
                    .that(
                            member.precision() != TeacherConfig.Precision.AUTO,
                            new Violation(
                                    "teacher.members[" + m + "].precision",
                                    "auto",
                                    "fp32, fp16 or int8 for kind: summarize"));
        }
    }

    /** Students of sentences are of one kind, with few settings. */
    void student(StudentConfig student) {
        targets(student.targets());
        checks.that(
                        student.kind() == StudentConfig.Kind.AUTO || student.kind() == StudentConfig.Kind.LEXICAL,
                        new Violation(
                                "student.kind", Scalars.name(student.kind()), "auto or lexical for kind: summarize"))
                .that(
                        student.learningCurve() == 0,
                        new Violation("student.learning_curve", "a number", "0 for kind: summarize"))
                .that(
                        student.distillation().by() == Distillation.By.DIRECT,
                        new Violation("student.distillation.by", "a coach", "direct for kind: summarize"));
        absent("student.thresholds", "names", !student.thresholds().isEmpty());
        absent(
                "student.distillation",
                "a section",
                student.distillation().by() == Distillation.By.DIRECT
                        && !student.distillation().equals(Distillation.DIRECT));
        absent(
                "student.calibration",
                Scalars.name(student.calibration()),
                student.calibration() != StudentConfig.Calibration.TEMPERATURE);
        absent(
                "student.labels",
                Scalars.name(student.labels()),
                student.labels() != StudentConfig.Labels.SOFT_AND_GOLD);
        absent(
                "student.gold_weight",
                student.goldWeight().map(Object::toString).orElse(""),
                student.goldWeight().isPresent());
    }

    private void targets(Targets targets) {
        TaskRules.given(targets)
                .forEach(
                        (name, value) -> value.ifPresent(
                                demand -> checks.that(
                                        false,
                                        new Violation(
                                                "student.targets." + name,
                                                demand,
                                                "absent for kind: summarize, whose targets are retained, agreement, size, docs_per_second, speedup and joules"))));
        absent(
                "student.targets.not_worse_than",
                "previous",
                targets.notWorseThan().isPresent());
    }

    private void absent(String key, String value, boolean isGiven) {
        checks.that(!isGiven, new Violation(key, value, ABSENT));
    }
}
