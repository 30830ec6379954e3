package dev.stillhouse.teacher;

import dev.stillhouse.datasets.config.Checks;
import dev.stillhouse.datasets.config.InvalidRecordException;
import dev.stillhouse.datasets.config.Violation;
import dev.stillhouse.teacher.TeacherConfig.Kind;
import dev.stillhouse.teacher.TeacherConfig.Precision;
import dev.stillhouse.teacher.choice.ChoiceConfig;
import dev.stillhouse.teacher.choice.ReviewConfig;
import dev.stillhouse.teacher.endpoint.EndpointConfig;
import dev.stillhouse.udfs.onnx.CatalogueModel;
import dev.stillhouse.udfs.onnx.Device;
import java.util.List;
import java.util.Optional;

/** What the keys of {@code teacher} must be for a kind. Adds what is violated to checks. */
record TeacherRules(Kind kind, Checks checks) {

    void model(String model, Precision precision) {
        String known = String.join(", ", CatalogueModel.keys());
        checks.that(
                        !model.isBlank(),
                        new Violation("model", "\"\"", known + " or a folder with model.onnx and tokenizer.json"))
                .that(
                        !kind.readsLogits() || CatalogueModel.of(model).isEmpty(),
                        new Violation("model", model, "a folder with model.onnx and tokenizer.json for " + kind.key()))
                .that(
                        precision != Precision.FP16 || CatalogueModel.of(model).isEmpty(),
                        new Violation("precision", "fp16", "fp32, int8 or auto for " + known))
                .that(
                        precision != Precision.AUTO || kind != Kind.NLI,
                        new Violation("precision", "auto", "fp32, fp16 or int8 for nli"));
    }

    void device(String device, Optional<Long> gpuMemory) {
        checks.that(Device.isName(device), new Violation("device", device, Device.RULE))
                .atLeast(1, "gpu_memory", gpuMemory)
                .that(
                        gpuMemory.isEmpty() || !device.equals(Device.CPU.name()),
                        new Violation(
                                "gpu_memory", gpuMemory.map(Object::toString).orElse(""), "absent for cpu"));
    }

    void budget(Optional<Integer> budget, ChoiceConfig choose) {
        checks.atLeast(1, "budget", budget)
                .that(
                        budget.isPresent() || (choose.by() == ChoiceConfig.By.RANDOM && !choose.trains()),
                        new Violation("choose", "a choice", "absent without budget"))
                .that(
                        budget.isEmpty() || choose.rounds() <= Math.max(1, budget.get()),
                        new Violation("choose.rounds", Integer.toString(choose.rounds()), "at most budget"));
    }

    void review(Optional<ReviewConfig> review) {
        boolean differs = review.filter(wanted -> wanted.by() == ReviewConfig.By.DISAGREEMENT)
                .isPresent();
        checks.that(
                !differs || kind == Kind.ENSEMBLE,
                new Violation("review.by", "disagreement", "margin but for ensemble, whose members may disagree"));
    }

    void labels(List<LabelConfig> labels, List<String> phrasings) {
        String count = labels.size() + " labels";
        checks.that(
                        !kind.namesLabels()
                                || kind == Kind.ENSEMBLE
                                || labels.size() > 1
                                || (kind.mayLackLabels() && labels.isEmpty()),
                        new Violation("labels", count, "at least 2 for " + kind.key()))
                .that(
                        kind.namesLabels() || labels.isEmpty(),
                        new Violation("labels", count, "absent for embedding-head and onnx-regressor"))
                .that(
                        kind.describesLabels()
                                || labels.stream()
                                        .allMatch(label -> label.descriptions().isEmpty()),
                        new Violation("labels", "labels with descriptions", "names alone for " + kind.key()))
                .that(
                        labels.stream().map(LabelConfig::name).distinct().count() == labels.size(),
                        new Violation("labels", "a name twice", "labels of different names"))
                .that(
                        !phrasings.isEmpty()
                                && phrasings.stream().allMatch(phrasing -> phrasing.contains(ZeroShot.DESCRIPTION)),
                        new Violation("phrasings", phrasings.toString(), "sentences with {} in each"));
    }

    void entailment(Optional<Integer> entailment) {
        checks.that(
                entailment.isEmpty() || (kind == Kind.NLI && entailment.get() >= 0),
                new Violation(
                        "entailment", entailment.map(Object::toString).orElse(""), ">= 0, and absent but for nli"));
    }

    void column(Optional<String> column) {
        checks.that(
                column.isPresent() == (kind == Kind.COLUMN),
                new Violation("column", column.orElse("absent"), "given for column, and for it alone"));
    }

    void endpoint(Optional<EndpointConfig> endpoint, List<MemberConfig> members, List<LabelConfig> labels) {
        boolean asked = kind == Kind.HTTP || members.stream().anyMatch(member -> member.kind() == Kind.HTTP);
        // Of members that cannot be read nobody knows whether one asks.
        boolean isUnknown = kind == Kind.ENSEMBLE && members.isEmpty();
        checks.that(
                isUnknown || endpoint.isPresent() == asked,
                new Violation(
                        "endpoint", endpoint.isPresent() ? "a section" : "absent", "given for http, and for it alone"));
        List<String> prompts = endpoint.map(EndpointConfig::prompts).orElse(List.of());
        checks.that(
                labels.isEmpty() || prompts.stream().allMatch(prompt -> prompt.contains(EndpointConfig.LABELS)),
                new Violation("endpoint.prompts", prompts.toString(), "questions with {labels} and {text} in each"));
    }

    void members(List<MemberConfig> members, MemberConfig.Shared shared) {
        checks.that(
                kind == Kind.ENSEMBLE ? members.size() > 1 : members.isEmpty(),
                new Violation("members", members.size() + " members", "at least 2 for ensemble, and absent otherwise"));
        for (int m = 0; m < members.size(); m++) {
            try {
                members.get(m).within(shared);
            } catch (InvalidRecordException e) {
                for (Violation violation : e.violations()) {
                    String key = "members[" + m + "]." + violation.key();
                    checks.that(false, new Violation(key, violation.value(), violation.rule()));
                }
            }
        }
    }
}
