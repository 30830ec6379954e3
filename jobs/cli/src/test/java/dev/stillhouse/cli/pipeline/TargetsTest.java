package dev.stillhouse.cli.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.cli.config.SourceCheck;
import dev.stillhouse.cli.config.TaskFileReader;
import dev.stillhouse.reports.record.TrainFigures;
import dev.stillhouse.student.SelectFigures;
import dev.stillhouse.student.StudentConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TargetsTest {
    private static final SelectFigures SELECT =
            new SelectFigures(200, 0.4, 0.9, 0.97, 0.01, 0, Map.of(SelectFigures.F1_WEIGHTED, 0.8));
    private static final Effort EFFORT = new Effort(20_000_000, 1_000, Optional.of(10.0), 5, 3);

    @Test
    void aStudentThatMeetsEveryTargetMissesNone() {
        assertThat(
                        missed(
                                "{retained: 0.95, f1_weighted: 0.8, agreement: 0.9, size: 20 MB, docs_per_second: 1000, speedup: 10, joules: 5}"))
                .isEmpty();
    }

    @Test
    void whatIsMissedIsToldWithHowFarItIsOff() {
        assertThat(missed("{retained: 0.98, size: 10 MB, docs_per_second: 4000, speedup: 20, joules: 4}"))
                .containsExactly(
                        new Targets.Miss("docs_per_second", 0.75),
                        new Targets.Miss("joules", 0.25),
                        new Targets.Miss("retained", (0.98 - (0.97 - 0.01)) / 0.98),
                        new Targets.Miss("size", 1.0),
                        new Targets.Miss("speedup", 0.5));
    }

    @Test
    void aFigureThatIsNotKnownIsMissedWhole() {
        assertThat(missed("{f1_macro: 0.5, ece: 0.02}"))
                .containsExactly(new Targets.Miss("ece", 1.0), new Targets.Miss("f1_macro", 1.0));
    }

    @Test
    void theGateAdvisesWhatHelpsTheKindOfTask() {
        List<TrainFigures.Target> unmet = List.of(
                Targets.atLeast("retained", 0.9, Optional.of(0.5)), Targets.atMost("size", 1, Optional.of(2.0)));
        assertThat(Targets.refusal(unmet, "r1"))
                .get()
                .asString()
                .contains(
                        "retained is 0.5", "size is 2 bytes (must be at most 1 bytes)", "teacher.gold", "student.kind")
                .endsWith(", or ask for less");
        assertThat(Targets.refusal(unmet, "r1", Targets.Remedies.OF_SENTENCES))
                .get()
                .asString()
                .contains("retained is 0.5", "name more documents in corpus", "lower student.max_features")
                .doesNotContain("teacher.gold", "student.kind");
        assertThat(Targets.refusal(
                        List.of(Targets.atLeast("retained", 0.9, Optional.of(0.95))),
                        "r1",
                        Targets.Remedies.OF_SENTENCES))
                .isEmpty();
    }

    private static List<Targets.Miss> missed(String targets) {
        return Targets.missed(targets(targets), SELECT, EFFORT);
    }

    private static StudentConfig.Targets targets(String targets) {
        try {
            Path file = Files.createTempFile("task", ".yaml");
            file.toFile().deleteOnExit();
            Files.writeString(file, "task: t\nworkspace: w\nstudent: {targets: " + targets + "}\n");
            return new TaskFileReader(SourceCheck.NONE)
                    .read(file, List.of())
                    .task()
                    .student()
                    .targets();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
