package dev.stillhouse.teacher;

import dev.stillhouse.datasets.config.Checks;
import dev.stillhouse.datasets.config.Key;
import dev.stillhouse.datasets.config.Violation;
import dev.stillhouse.teacher.TeacherConfig.Kind;
import dev.stillhouse.teacher.TeacherConfig.Precision;
import dev.stillhouse.teacher.choice.ChoiceConfig;
import dev.stillhouse.teacher.endpoint.EndpointConfig;
import java.util.List;
import java.util.Optional;

/** A member of an ensemble: an entry of {@code teacher.members}. Labels, gold and the endpoint are the teacher's. */
public record MemberConfig(
        @Key(value = "As teacher.kind, but for ensemble.", defaultValue = "embedding-head")
        Kind kind,

        @Key(value = "As teacher.model.", defaultValue = "minilm")
        String model,

        @Key(value = "As teacher.precision.", defaultValue = "fp32")
        Precision precision,

        @Key("As teacher.max_tokens; absent: the teacher's.")
        Optional<Integer> maxTokens,

        @Key("As teacher.column.") Optional<String> column,
        @Key("As teacher.entailment.") Optional<Integer> entailment,

        @Key(
                value = "Its weight in the mixture, above 0 and at most 1,000,000; weights need not sum to 1.",
                defaultValue = "1")
        double weight) {

    /** So that sums of weights stay numbers. */
    private static final double MOST_WEIGHT = 1e6;

    public MemberConfig {
        new Checks()
                .that(kind != Kind.ENSEMBLE, new Violation("kind", "ensemble", "a single teacher in an ensemble"))
                .that(
                        weight > 0 && weight <= MOST_WEIGHT,
                        new Violation("weight", Double.toString(weight), "above 0 and at most 1,000,000"))
                .verify();
    }

    /** What members have of their ensemble. */
    record Shared(
            int gold,
            String device,
            Optional<Long> gpuMemory,
            int maxTokens,
            int windows,
            List<LabelConfig> labels,
            List<String> phrasings,
            Optional<EndpointConfig> endpoint) {

        static Shared of(TeacherConfig ensemble) {
            return new Shared(
                    ensemble.gold(),
                    ensemble.device(),
                    ensemble.gpuMemory(),
                    ensemble.maxTokens(),
                    ensemble.windows(),
                    ensemble.labels(),
                    ensemble.phrasings(),
                    ensemble.endpoint());
        }
    }

    /**
     * The teacher that the member is, in an ensemble.
     *
     * @throws dev.stillhouse.datasets.config.InvalidRecordException if it cannot be one
     */
    TeacherConfig within(Shared ensemble) {
        return new TeacherConfig(
                kind,
                model,
                ensemble.gold(),
                precision,
                ensemble.device(),
                ensemble.gpuMemory(),
                maxTokens.orElse(ensemble.maxTokens()),
                kind == Kind.NLI ? 1 : ensemble.windows(),
                labels(ensemble.labels()),
                ensemble.phrasings(),
                entailment,
                kind == Kind.HTTP ? ensemble.endpoint() : Optional.empty(),
                column,
                List.of(),
                Optional.empty(),
                ChoiceConfig.ALL,
                Optional.empty(),
                Optional.empty());
    }

    private List<LabelConfig> labels(List<LabelConfig> labels) {
        if (!kind.namesLabels()) {
            return List.of();
        }
        return kind.describesLabels() ? labels : names(labels);
    }

    private static List<LabelConfig> names(List<LabelConfig> labels) {
        return labels.stream()
                .map(label -> new LabelConfig(label.name(), List.of()))
                .toList();
    }
}
