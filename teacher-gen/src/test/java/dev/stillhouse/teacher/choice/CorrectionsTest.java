package dev.stillhouse.teacher.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillhouse.udfs.errors.ConfigurationException;
import dev.stillhouse.udfs.errors.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorrectionsTest {
    private static final Configuration HADOOP = new Configuration();

    @TempDir
    private java.nio.file.Path folder;

    @Test
    void linesWithALabelAreReadAndTheOthersAreNotAnsweredYet() throws IOException {
        Corrections read = read("""
                {"text_hash": "a", "text": "x", "label": " cat "}
                {"text_hash": "b", "label": null}

                {"text_hash": "c", "label": ""}
                {"text_hash": "d"}
                {"text_hash": "a", "label": "cat"}
                """);
        assertThat(read.labels()).containsExactly(Map.entry("a", "cat"));
        assertThat(read.identity()).hasSize(64).isNotEqualTo(Corrections.none().identity());
    }

    @Test
    void aFolderIsAllItsFiles() throws IOException {
        Files.writeString(folder.resolve("1.jsonl"), "\uFEFF{\"text_hash\": \"a\", \"label\": \"cat\"}");
        Files.writeString(folder.resolve("2.jsonl"), "{\"text_hash\": \"b\", \"label\": \"dog\"}");
        Files.writeString(folder.resolve(".2.jsonl.crc"), "no JSON");
        assertThat(Corrections.read(new Path(folder.toString()), HADOOP).labels())
                .isEqualTo(Map.of("a", "cat", "b", "dog"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"text_hash\": \"a\"| is no JSON",
                "[1]| has no text_hash, or a label that is no text",
                "{\"label\": \"cat\"}| has no text_hash, or a label that is no text",
                "{\"text_hash\": \"a\", \"label\": 3}| has no text_hash, or a label that is no text",
                "{\"text_hash\": \"z\", \"label\": \"dog\"}| and a line before it say different labels of one text, dog and cat",
            })
    void whatIsNoAnswerIsRefusedByItsLine(String line, String message) {
        assertThatThrownBy(() -> read("{\"text_hash\": \"z\", \"label\": \"cat\"}\n" + line))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("Cannot read teacher.corrections: answers.jsonl, line 2 " + message);
    }

    @Test
    void aFileThatIsNotThereIsAnErrorOfTheTask() {
        assertThatThrownBy(() -> Corrections.read(new Path(folder + "/none.jsonl"), HADOOP))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageEndingWith("none.jsonl (must be a file that exists)");
    }

    private Corrections read(String lines) throws IOException {
        java.nio.file.Path file = folder.resolve("answers.jsonl");
        Files.writeString(file, lines);
        return Corrections.read(new Path(file.toString()), HADOOP);
    }
}
