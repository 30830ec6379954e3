package dev.stillhouse.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DescribeTest {
    private static final Path PAGE = TaskFiles.REPOSITORY.resolve("docs/task-file.md");
    private static final String BEGIN =
            "<!-- keys: generated from the annotations on the configuration records; see the end of this page -->\n";
    private static final String END = "<!-- keys: end -->";

    @Test
    void thePageHasTheKeysOfTheCode() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        assertThat(page).contains(BEGIN, END);
        if ("write".equals(System.getProperty("stillhouse.docs"))) {
            Files.writeString(PAGE, page.substring(0, begin) + Describe.markdown() + page.substring(end));
            return;
        }
        assertThat(page.substring(begin, end))
                .as("keys in docs/task-file.md; the end of the page says how to write them anew")
                .isEqualTo(Describe.markdown());
    }

    @Test
    void theTerminalTellsTypeDefaultAndMeaningOfEveryKey() {
        String text = Describe.terminal(120);
        assertThat(text)
                .containsPattern("(?m)^task +text {2}\\(required\\)$")
                .containsPattern("(?m)^kind +classify, multilabel, regress or summarize {2}\\(default classify\\)$")
                .containsPattern("(?m)^student\\.targets\\.size +size$")
                .containsPattern("(?m)^corpus\\[]\\.separator +text {2}\\(default ,\\)$")
                .containsPattern("(?m)^score\\.sources +list of sections like corpus\\[]$")
                .containsPattern("(?m)^report\\.slices +list of text {2}\\(default \\[source, length]\\)$")
                .contains(
                        "\n    The label budget: how many labelled documents the teacher may learn from, at least 2.\n");
        for (RecordKey key : RecordKey.of(TaskFile.class)) {
            assertThat(text).containsPattern("(?m)^" + key.name() + " ");
        }
    }

    @Test
    void typesStandInOneColumn() {
        List<String> heads = Arrays.stream(Describe.terminal(1000).split("\n"))
                .filter(line -> !line.startsWith(" "))
                .toList();
        assertThat(heads).hasSizeGreaterThan(40).allMatch(line -> line.matches("\\S+ +\\S.*"));
        assertThat(heads.stream()
                        .map(line ->
                                line.length() - line.replaceFirst("\\S+ +", "").length())
                        .distinct())
                .hasSize(1);
    }

    @Test
    void linesAreNoLongerThanTheTerminal() {
        assertThat(Describe.terminal(80).split("\n")).allMatch(line -> line.length() <= 80);
        assertThat(Describe.terminal(1)).isEqualTo(Describe.terminal(40));
    }
}
