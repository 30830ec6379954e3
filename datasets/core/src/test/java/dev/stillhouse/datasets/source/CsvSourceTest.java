package dev.stillhouse.datasets.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillhouse.udfs.errors.ConfigurationException;
import dev.stillhouse.udfs.errors.DataException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvSourceTest {
    @TempDir
    Path folder;

    private Sources sources;

    @BeforeEach
    void files() {
        sources = new Sources(folder);
    }

    @Test
    void quotedValuesHoldSeparatorsAndDoubledQuotes() {
        sources.write("a.csv", "id,text", "1,\"a, \"\"b\"\" c\"", "", "2,back\\slash", "3,5\" pipe");
        assertThat(Sources.documents(sources.read(Sources.csv("a.csv", ",", false))))
                .containsExactly(
                        "1|a, \"b\" c|null|a.csv|8", "2|back\\slash|null|a.csv|24", "3|5\" pipe|null|a.csv|37");
    }

    @Test
    void rowsWithOtherColumnCountsOrOpenQuotesAreRejects() {
        sources.write("a.csv", "id;text", "1;a", "2", "3;b;c", "4;\"open", "5;", "6;\"\"");
        SourceRows rows = sources.read(Sources.csv("a.csv", ";", false));
        assertThat(Sources.texts(rows)).containsExactly("1|a");
        assertThat(Sources.rejects(rows))
                .containsExactly(
                        "a.csv|12|null|unreadable",
                        "a.csv|14|null|unreadable",
                        "a.csv|20|null|unreadable",
                        "a.csv|28|5|empty_text",
                        "a.csv|31|6|empty_text");
    }

    @Test
    void everyFileHasTheSameHeader() {
        sources.write("same/a.csv", "\uFEFFid,text\r\n1,a\r\n".getBytes(StandardCharsets.UTF_8));
        sources.write("same/b.csv", "id,text", "2,b");
        sources.write("same/c.csv", new byte[0]);
        sources.write("other/a.csv", "id,text", "1,a");
        sources.write("other/b.csv", "text,id", "secret,1");
        assertThat(Sources.texts(sources.read(Sources.csv("same", ",", false)))).containsExactly("1|a", "2|b");
        assertThatThrownBy(() -> sources.read(Sources.csv("other", ",", false)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("b.csv: its header differs from that of ")
                .hasMessageContaining("a.csv");
        sources.write("twice.csv", "id,ID,text", "1,2,a");
        assertThatThrownBy(() -> sources.read(Sources.csv("twice.csv", ",", false)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("columns 1 and 2 have the same name");
    }

    @Test
    void aFileWithoutHeaderIsAWrongColumnThatNamesNoText() {
        sources.write("a.csv", "1,this is some secret text", "2,more");
        assertThatThrownBy(() -> sources.read(Sources.csv("a.csv", ",", false)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("Invalid column in corpus[0].id: id")
                .hasMessageNotContaining("secret");
    }

    @Test
    void aHeaderAloneHasNoDocuments() {
        sources.write("a.csv", "id,text");
        assertThat(sources.read(Sources.csv("a.csv", ",", false)).documents().count())
                .isZero();
        assertThat(sources.read(Sources.csv("a.csv", ",", true)).documents().count())
                .isZero();
    }

    @Test
    void multilineValuesKeepTheirLineBreaks() {
        sources.write("m/a.csv", "id,text", "1,\"one", "two\"", "2,b", "3,c,d", "4");
        sources.write("m/b.csv", "id,text", "5,\"say \"\"hi\"\" \u00fc \uFFFD\"");
        SourceRows rows = sources.read(Sources.csv("m", ",", true));
        assertThat(Sources.documents(rows))
                .containsExactly(
                        "1|one\ntwo|null|a.csv|null",
                        "2|b|null|a.csv|null",
                        "5|say \"hi\" \u00fc \uFFFD|null|b.csv|null");
        assertThat(Sources.rejects(rows)).containsExactly("a.csv|null|null|unreadable", "a.csv|null|null|unreadable");
    }

    @Test
    void invalidUtf8IsARejectInALineAndInAHeader() {
        sources.write("a.csv", "id,text\n1,caf\u00e9\n2,b\n".getBytes(StandardCharsets.ISO_8859_1));
        SourceRows rows = sources.read(Sources.csv("a.csv", ",", false));
        assertThat(Sources.texts(rows)).containsExactly("2|b");
        assertThat(Sources.rejects(rows)).containsExactly("a.csv|8|null|invalid_utf8");
        rows = sources.read(Sources.csv("a.csv", ",", true));
        assertThat(Sources.texts(rows)).containsExactly("2|b");
        assertThat(Sources.rejects(rows)).containsExactly("a.csv|null|null|invalid_utf8");
        sources.write("h.csv", "id,text,caf\u00e9\n1,a,b\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> sources.read(Sources.csv("h.csv", ",", false)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("h.csv");
    }
}
