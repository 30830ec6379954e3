package dev.stillhouse.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.datasets.source.SourceConfig;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeyOverrideTest {
    private static final String TASK = TaskFiles.MINIMAL
            + "corpus: [{source: jsonl, path: a}, {source: jsonl, path: b}]\nseed: 7\nstudent: {pool: 5, epochs: 7}\n";

    @Test
    void onePathOfTheFileChangesAndTheRestStays() {
        TaskFile task = TaskFiles.read(TASK, "corpus[1].path=x=y", "student.targets.retained=0.9", "seed=1");
        assertThat(task.corpus()).extracting(SourceConfig::path).containsExactly(Optional.of("a"), Optional.of("x=y"));
        assertThat(task.student().targets().retained()).contains(0.9);
        assertThat(task.student().pool()).contains(5);
        assertThat(task.seed()).isEqualTo(1);
    }

    @Test
    void laterOverridesWin() {
        assertThat(TaskFiles.read(TASK, "seed=1", "seed=2").seed()).isEqualTo(2);
    }

    @Test
    void valuesAreYaml() {
        TaskFile task = TaskFiles.read(
                TASK,
                "report.slices=[length]",
                "evaluate={rows: 10}",
                "corpus[0].where=lang = 'en'",
                "corpus[0].label=yes");
        assertThat(task.report().slices()).containsExactly("length");
        assertThat(task.evaluate().rows()).contains(10L);
        assertThat(task.corpus().get(0).where()).contains("lang = 'en'");
        assertThat(task.corpus().get(0).label()).contains("yes");
    }

    @Test
    void theIndexAfterTheLastAppends() {
        TaskFile task = TaskFiles.read(TASK, "corpus[2]={source: text, path: c}", "score[0].source=wordnet");
        assertThat(task.corpus()).hasSize(3);
        assertThat(task.score().sources()).hasSize(1);
    }

    @Test
    void noValueGoesBackToTheDefault() {
        assertThat(TaskFiles.read(TASK, "student.pool=", "student.epochs=").student())
                .isEqualTo(TaskFiles.read(TaskFiles.MINIMAL).student());
    }

    @Test
    void anOverrideOfASharedValueChangesOnePlace() {
        TaskFile task = TaskFiles.read(
                TaskFiles.MINIMAL + "corpus: &lake [{source: jsonl, path: a}]\nscore: *lake\n", "score[0].path=b");
        assertThat(task.corpus().get(0).path()).contains("a");
        assertThat(task.score().sources().get(0).path()).contains("b");
    }

    @Test
    void anOverrideCanGiveWhatTheFileLacks() {
        assertThat(TaskFiles.read("seed: 1", "task=u", "workspace=w").task()).isEqualTo("u");
    }

    @Test
    void anUnknownPathIsTheSameErrorAsInTheFile() {
        assertThat(TaskFiles.problems(TASK, "student.pol=5"))
                .singleElement()
                .asString()
                .startsWith("--set student.pol: Invalid key: student.pol (must be one of kind, pool, ")
                .endsWith("; nearest: pool)");
    }

    @Test
    void aPathThatLeadsNowhereIsTold() {
        assertThat(TaskFiles.problems(TASK, "corpus[3].path=x"))
                .containsExactly("--set corpus[3].path: Invalid index: 3 (must be 0 to 2; 2 appends)");
        assertThat(TaskFiles.problems(TASK, "seed.x=1"))
                .containsExactly("--set seed.x: Invalid seed: 7 (must be a section of keys for this key)");
        assertThat(TaskFiles.problems(TASK, "student[0]=1"))
                .containsExactly("--set student[0]: Invalid student: a section (must be a list for this key)");
    }

    @Test
    void textThatIsNoOverrideIsTold() {
        assertThat(TaskFiles.problems(TASK, "seed", "=1", "a..b=1", "corpus[x]=1", "[0]=1"))
                .hasSize(5)
                .allMatch(problem -> problem.startsWith("Invalid --set: "));
    }

    @Test
    void brokenYamlInAValueIsToldWithItsKey() {
        assertThat(TaskFiles.problems(TASK, "corpus=[{"))
                .singleElement()
                .asString()
                .startsWith("--set corpus: Invalid YAML: ");
        assertThat(TaskFiles.problems(TASK, "curate={min_characters: 1, min_characters: 2}"))
                .singleElement()
                .asString()
                .startsWith("--set curate: Invalid key: min_characters stands twice");
    }

    @Test
    void problemsOfFileAndOverridesAreToldTogether() {
        assertThat(TaskFiles.problems(TASK + "sed: 1\n", "student.pool=many", "report.examples"))
                .hasSize(3);
    }
}
