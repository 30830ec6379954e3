package dev.stillhouse.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are no task files, by accident or on purpose: refused with a message, without running or unfolding anything. */
class HostileTaskFileTest {

    @Test
    void aMissingFileIsRefused(@TempDir Path folder) {
        assertThat(TaskFiles.refusal(folder.resolve("no.yaml")))
                .endsWith("no.yaml: there is no such file (check the path; examples/ has some to start from)");
    }

    @Test
    void aFolderIsRefused(@TempDir Path folder) {
        assertThat(TaskFiles.refusal(folder))
                .isEqualTo("Cannot read task file " + folder + ": it is a folder (name the file in it)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# only a comment\n", "---\n", "null", "\uFEFF"})
    void anEmptyFileIsRefused(String yaml) {
        assertThat(TaskFiles.problems(yaml))
                .containsExactly("Invalid document: nothing (must be a section of keys, such as task: my-task)");
    }

    @Test
    void aDocumentThatIsNoMapIsRefused() {
        assertThat(TaskFiles.problems("- task: t"))
                .containsExactly("line 1: Invalid document: a list (must be a section of keys)");
        assertThat(TaskFiles.problems("hello"))
                .containsExactly("line 1: Invalid document: hello (must be a section of keys)");
    }

    @Test
    void aSecondDocumentIsRefused() {
        assertThat(TaskFiles.problems(TaskFiles.MINIMAL + "---\ntask: u\n"))
                .containsExactly("line 3: Invalid YAML: a second document begins (must be one document)");
    }

    @Test
    void aRepeatedKeyIsRefusedWhereverItStands() {
        assertThat(TaskFiles.problems(
                        TaskFiles.MINIMAL + "seed: 1\nseed: 2\ncurate: {min_characters: 1, min_characters: 2}\n"))
                .containsExactly(
                        "line 4: Invalid key: seed stands twice (must stand once; first at line 3)",
                        "line 5: Invalid key: min_characters stands twice (must stand once; first at line 5)");
    }

    @Test
    void aKeyThatIsNoNameIsRefused() {
        assertThat(TaskFiles.problems(TaskFiles.MINIMAL + "? [a, b]\n: c\n"))
                .containsExactly("line 3: Invalid key: a list or section (must be a name)");
    }

    @Test
    void aTabAsIndentationIsNamed() {
        assertThat(TaskFiles.problems(TaskFiles.MINIMAL + "curate:\n\tmin_characters: 1\n"))
                .containsExactly("line 4: Invalid YAML: a tab where a value or key should begin (must be spaces)");
    }

    @Test
    void brokenSyntaxIsToldWithItsLine() {
        assertThat(TaskFiles.problems(TaskFiles.MINIMAL + "corpus: [{source: jsonl\nscore: []\n"))
                .singleElement()
                .asString()
                .startsWith("line 4: Invalid YAML: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "!!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[]]]",
                "!!java.util.Date 2020-01-01",
                "!local x",
                "!!binary aGk=",
                "!!set {a, b}"
            })
    void aTagIsRefusedAndMakesNothing(String value) {
        assertThat(TaskFiles.problems(TaskFiles.MINIMAL + "curate: " + value))
                .anyMatch(problem -> problem.startsWith("line 3: Invalid YAML tag: "));
    }

    @Test
    void aMergeKeyIsAnUnknownKey() {
        assertThat(TaskFiles.problems(TaskFiles.MINIMAL + "teacher: &t {gold: 5}\nstudent: {<<: *t}\n"))
                .singleElement()
                .asString()
                .startsWith("line 3: Invalid key: student.<< (must be one of ");
    }

    @Test
    void aliasesOfAliasesAreNotUnfolded() {
        StringBuilder laughs = new StringBuilder(TaskFiles.MINIMAL).append("a0: &a0 [lol, lol]\n");
        for (int i = 1; i < 40; i++) {
            laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        assertThat(TaskFiles.problems(laughs + "corpus: *a39\n"))
                .singleElement()
                .asString()
                .contains("Number of aliases for non-scalar nodes exceeds");
        String few = laughs.substring(0, laughs.indexOf("a20:"));
        assertThat(TaskFiles.problems(few + "corpus: *a19\n"))
                .contains("line 21: Invalid corpus[0]: a list (must be a section of keys)");
    }

    @Test
    void anAliasInsideItsOwnAnchorIsRefused() {
        assertThat(TaskFiles.problems(TaskFiles.MINIMAL + "corpus: &c\n  - *c\n"))
                .contains("line 3: Invalid YAML alias: it stands inside its own anchor (must be outside)");
    }

    @Test
    void deepNestingIsRefused() {
        assertThat(TaskFiles.problems(TaskFiles.MINIMAL + "corpus: " + "[".repeat(100_000)))
                .singleElement()
                .asString()
                .contains("Nesting Depth exceeded");
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        assertThat(TaskFiles.refusal(TaskFiles.file(new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 1})))
                .endsWith("it is not UTF-8 text (save it as UTF-8)");
        assertThat(TaskFiles.problems("task: a\u0000b\n"))
                .containsExactly("Invalid YAML: it holds the character U+0000 (must be text)");
    }

    @Test
    void aHugeFileIsRefusedUnread() {
        assertThat(TaskFiles.refusal(TaskFiles.file(new byte[10 << 20])))
                .endsWith("it has 10485760 bytes (must be at most 1000000)");
    }

    @Test
    void aByteOrderMarkIsSkipped() {
        assertThat(TaskFiles.read("\uFEFF" + TaskFiles.MINIMAL).task()).isEqualTo("t");
    }
}
