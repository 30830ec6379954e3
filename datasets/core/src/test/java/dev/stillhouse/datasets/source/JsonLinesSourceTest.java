package dev.stillhouse.datasets.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.datasets.schema.Rejects;
import dev.stillhouse.udfs.errors.ConfigurationException;
import dev.stillhouse.udfs.testing.Records;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesSourceTest {
    @TempDir
    Path folder;

    private Sources sources;

    @BeforeEach
    void files() {
        sources = new Sources(folder);
    }

    @Test
    void linesBecomeDocumentsWithPathAndByteOffset() {
        sources.write(
                "a.jsonl",
                "{\"id\": 7, \"text\": \"zwölf\", \"label\": \"n\"}",
                "",
                "{\"id\": 8, \"text\": \"b\", \"label\": \"\"}");
        SourceRows rows =
                sources.read(Sources.change(SourceKind.JSONL, "a.jsonl", Optional.of("id"), Optional.of("label")));
        assertThat(Sources.documents(rows)).containsExactly("7|zwölf|n|a.jsonl|0", "8|b|null|a.jsonl|43");
        assertThat(rows.documents().schema()).isEqualTo(Documents.SCHEMA);
        assertThat(rows.rejects().schema()).isEqualTo(Rejects.SCHEMA);
        assertThat(rows.documents().select(Documents.SOURCE).distinct().first().getString(0))
                .isEqualTo("a");
    }

    @Test
    void wholeNumbersBesideFractionsKeepAllTheirDigitsAsIdsAndLabels() {
        sources.write(
                "a.jsonl",
                "{\"id\": 9007199254740993, \"text\": \"a\", \"label\": 1, \"weight\": 2}",
                "{\"id\": 9007199254740992, \"text\": \"b\", \"label\": 1.50, \"weight\": 0.5}",
                "{\"id\": 0.5, \"text\": \"c\", \"label\": 2, \"weight\": 3}");
        SourceConfig source = Sources.change(SourceKind.JSONL, "a.jsonl", Optional.of("id"), Optional.of("label"));
        assertThat(Sources.documents(sources.read(Sources.where(source, "weight > 0.4"))))
                .extracting(row -> row.substring(0, row.indexOf("|a.jsonl")))
                .containsExactlyInAnyOrder("9007199254740993|a|1", "9007199254740992|b|1.5", "0.5|c|2");
    }

    @Test
    void aTextOfMoreThanTwentyMillionCharactersIsRead() {
        sources.write("a.jsonl", "{\"id\": 1, \"text\": \"" + "lorem ".repeat(3_500_000) + "\"}");
        SourceRows rows = sources.read(Sources.withId(SourceKind.JSONL, "a.jsonl"));
        assertThat(rows.documents().selectExpr("length(text)").head().getInt(0)).isEqualTo(21_000_000);
        assertThat(rows.rejects().count()).isZero();
    }

    @Test
    void linesThatAreNoWholeObjectAreRejectsAndTheRestIsRead() {
        sources.write(
                "a.jsonl",
                "{\"id\": 1, \"text\": \"a\"}",
                "[{\"text\": \"b\"}]",
                "5",
                "null",
                "{\"text\": \"c\"}{\"text\": \"d\"}",
                "{\"id\": 2, \"tex");
        SourceRows rows = sources.read(Sources.withId(SourceKind.JSONL, "a.jsonl"));
        assertThat(Sources.texts(rows)).containsExactly("1|a");
        assertThat(Sources.rejects(rows))
                .containsExactly(
                        "a.jsonl|23|null|unreadable",
                        "a.jsonl|39|null|unreadable",
                        "a.jsonl|41|null|unreadable",
                        "a.jsonl|46|null|unreadable",
                        "a.jsonl|73|null|unreadable");
    }

    @Test
    void textWithoutContentAndRowsWithoutIdAreRejects() {
        sources.write(
                "a.jsonl",
                "{\"id\": \"x\", \"text\": \" \\u200b\\n\"}",
                "{\"id\": \"y\"}",
                "{\"text\": \"a\"}",
                "{\"id\": \" \", \"text\": \"b\"}",
                "{\"id\": \"z\", \"text\": \"c\"}");
        SourceRows rows = sources.read(Sources.withId(SourceKind.JSONL, "a.jsonl"));
        assertThat(Sources.texts(rows)).containsExactly("z|c");
        assertThat(Sources.rejects(rows))
                .containsExactly(
                        "a.jsonl|0|x|empty_text",
                        "a.jsonl|33|y|empty_text",
                        "a.jsonl|45|null|missing_id",
                        "a.jsonl|59| |missing_id");
    }

    @Test
    void repeatedIdStaysWithTheSmallestContentHashWhateverTheOrderOfFiles() {
        String a = "{\"id\": 1, \"text\": \"alpha\"}";
        String b = "{\"id\": 1, \"text\": \"beta\"}";
        String c = "{\"id\": 1, \"text\": \"gamma\"}";
        sources.write("one/1.jsonl", a, b);
        sources.write("one/2.jsonl", c);
        sources.write("two/1.jsonl", c, b);
        sources.write("two/2.jsonl", a);
        List<String> one = Sources.texts(sources.read(Sources.withId(SourceKind.JSONL, "one")));
        SourceRows two = sources.read(Sources.withId(SourceKind.JSONL, "two"));
        assertThat(one).hasSize(1).isEqualTo(Sources.texts(two));
        assertThat(two.rejects().where("reason = 'repeated_id' AND id = '1'").count())
                .isEqualTo(2);
    }

    @Test
    void derivedIdsDoNotDependOnWhereALineIs() {
        String a = "{\"text\": \"a\"}";
        String b = "{\"text\": \"b\"}";
        sources.write("one/f.jsonl", a, b, b);
        sources.write("two/f.jsonl", b, "", a, b);
        SourceConfig one = named("s", "one");
        List<String> ids = Sources.texts(sources.read(one));
        assertThat(ids).doesNotHaveDuplicates().hasSize(3).isEqualTo(Sources.texts(sources.read(named("s", "two"))));
        assertThat(ids).doesNotContainAnyElementsOf(Sources.texts(sources.read(named("t", "one"))));
        assertThat(ids).allMatch(line -> line.matches("[0-9a-f]{32}\\|[ab]"));
    }

    @Test
    void rowsOfDifferentTypesAreAllRead() {
        sources.write(
                "a.jsonl",
                "{\"id\": 1, \"text\": \"a\"}",
                "{\"id\": \"x\", \"text\": 2.5}",
                "{\"id\": [1], \"text\": {\"k\": 1}}",
                "{\"id\": 4, \"text\": true, \"text\": \"last\"}");
        SourceRows rows = sources.read(Sources.withId(SourceKind.JSONL, "a.jsonl"));
        assertThat(Sources.texts(rows)).containsExactly("1|a", "4|last", "[1]|{\"k\":1}", "x|2.5");
        assertThat(rows.rejects().count()).isZero();
    }

    @Test
    void namesThatDifferInCaseOnlyAreOneColumn() {
        sources.write(
                "a.jsonl",
                "{\"ID\": 1, \"Text\": \"a\"}",
                "{\"id\": 2, \"text\": \"b\", \"Text\": \"B\"}",
                "{\"id\": \"3\", \"TEXT\": \"c\"}");
        assertThat(Sources.texts(sources.read(Sources.withId(SourceKind.JSONL, "a.jsonl"))))
                .containsExactly("1|a", "2|b", "3|c");
    }

    @Test
    void byteOrderMarkAndCarriageReturnsAreNotText() {
        sources.write(
                "a.jsonl",
                "\uFEFF{\"id\": 1, \"text\": \"a\"}\r\n{\"id\": 2, \"text\": \"b\"}\r\n"
                        .getBytes(StandardCharsets.UTF_8));
        SourceRows rows = sources.read(Sources.withId(SourceKind.JSONL, "a.jsonl"));
        assertThat(Sources.documents(rows)).containsExactly("1|a|null|a.jsonl|0", "2|b|null|a.jsonl|27");
    }

    @Test
    void bytesThatAreNoUtf8AreARejectAndNeverReplaced() {
        sources.write(
                "a.jsonl",
                "{\"id\": 1, \"text\": \"caf\u00e9\"}\n{\"id\": 2, \"text\": \"b\"}\n"
                        .getBytes(StandardCharsets.ISO_8859_1));
        SourceRows rows = sources.read(Sources.withId(SourceKind.JSONL, "a.jsonl"));
        assertThat(Sources.texts(rows)).containsExactly("2|b");
        assertThat(Sources.rejects(rows)).containsExactly("a.jsonl|0|null|invalid_utf8");
    }

    @Test
    void emptyFileHasNoDocuments() {
        sources.write("empty.jsonl", new byte[0]);
        sources.write("blank.jsonl", "", "  ");
        sources.write("objects.jsonl", "{}");
        SourceRows rows = sources.read(
                Sources.withId(SourceKind.JSONL, "empty.jsonl"),
                Sources.of(SourceKind.JSONL, "blank.jsonl"),
                Sources.of(SourceKind.JSONL, "objects.jsonl"));
        assertThat(rows.documents().count()).isZero();
        assertThat(Sources.rejects(rows)).containsExactly("objects.jsonl|0|null|empty_text");
    }

    @Test
    void wrongColumnNamesTheOnesThereAre() {
        sources.write("a.jsonl", "{\"id\": 1, \"body\": \"secret\"}");
        assertThatThrownBy(() -> sources.read(Sources.withId(SourceKind.JSONL, "a.jsonl")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("Invalid column in corpus[0].text: text (must be one of: body, id)");
        assertThatThrownBy(() -> sources.read(Sources.text(Sources.withId(SourceKind.JSONL, "a.jsonl"), "upper(bodi)")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "Invalid column in corpus[0].text: bodi in upper(bodi) (must be one of: body, id; nearest: body)");
    }

    @Test
    void expressionsMustGiveOneRepeatableValueARow() {
        sources.write("a.jsonl", "{\"id\": 1, \"text\": \"secret\", \"n\": 3}");
        SourceConfig source = Sources.withId(SourceKind.JSONL, "a.jsonl");
        for (String wrong : List.of(
                "upper(",
                "max(text)",
                "rand()",
                "explode(array(text))",
                "row_number() OVER (ORDER BY text)",
                "nosuchfunction(text)")) {
            assertThatThrownBy(() -> sources.read(Sources.text(source, wrong)))
                    .as(wrong)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageStartingWith("Invalid expression in corpus[0].text: " + wrong)
                    .hasMessageNotContaining("secret");
        }
        assertThatThrownBy(() -> sources.read(Sources.where(source, "n + 1")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(
                        "corpus[0].where: n + 1 (must be true or false for each row, but is of type bigint)");
    }

    @Test
    void whereSelectsOverTheSourcesOwnColumnsAndUnselectedRowsAreNotRead() {
        sources.write(
                "a.jsonl",
                "{\"id\": 1, \"body\": \"a\", \"lang\": \"en\"}",
                "{\"id\": 2, \"body\": \"b\", \"lang\": \"de\"}",
                "{\"id\": 3, \"body\": \"c\"}",
                "{\"body\": \" \", \"lang\": \"de\"}",
                "{\"id\": 5, \"body\": \"\", \"lang\": \"en\"}",
                "{half");
        SourceRows rows = sources.read(Sources.where(
                Sources.text(Sources.withId(SourceKind.JSONL, "a.jsonl"), "concat(body, '!')"),
                "lang = 'en' AND body <> ''"));
        assertThat(Sources.texts(rows)).containsExactly("1|a!");
        assertThat(Sources.rejects(rows)).hasSize(1).first().asString().endsWith("unreadable");
    }

    @Test
    void aLineIsParsedOnceAlsoWhereThereIsAPredicate() {
        sources.write("a.jsonl", "{\"id\": 1, \"text\": \"a\", \"lang\": \"en\"}");
        SourceConfig source = Sources.where(Sources.withId(SourceKind.JSONL, "a.jsonl"), "lang = 'en' AND id > 0");
        var documents =
                (org.apache.spark.sql.classic.Dataset<Row>) sources.read(source).documents();
        assertThat(documents.queryExecution().optimizedPlan().toString()).containsOnlyOnce("from_json(");
    }

    @Test
    void columnNamesNeedNoQuotes() {
        sources.write("a.jsonl", "{\"a-b\": 1, \"my text\": \"x\", \"path\": \"p\", \"a.b\": \"dot\"}");
        SourceConfig source = Sources.change(SourceKind.JSONL, "a.jsonl", Optional.of("a-b"), Optional.of("a.b"));
        assertThat(Sources.documents(sources.read(Sources.text(source, "my text"))))
                .containsExactly("1|x|dot|a.jsonl|0");
    }

    private static SourceConfig named(String name, String path) {
        return Records.with(Sources.of(SourceKind.JSONL, path), "name", Optional.of(name));
    }
}
