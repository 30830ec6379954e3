package dev.stillhouse.datasets.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.udfs.testing.Records;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptColumnTest {
    @Test
    void isAColumnOrAnExpressionWithAName() {
        assertThat(KeptColumn.of("url")).contains(new KeptColumn("url", "url"));
        assertThat(KeptColumn.of("lower(Url) AS url")).contains(new KeptColumn("url", "lower(Url)"));
        assertThat(KeptColumn.of("cast(n as string) as n_text"))
                .contains(new KeptColumn("n_text", "cast(n as string)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "lower(url)", "x as 1st", "x as ", "meta.url"})
    void whatHasNoNameIsNone(String entry) {
        assertThat(KeptColumn.of(entry)).isEmpty();
    }

    @Test
    void aNameTwiceIsAProblem() {
        SourceConfig source = Records.with(Sources.of(SourceKind.JSONL, "x"), "keep", List.of("a", "b as a"));

        assertThat(SourceReader.problems("corpus[0]", source))
                .containsExactly("Invalid corpus[0].keep: [a, b as a] (must be each name once)");
        assertThat(KeptColumn.names(List.of(source))).containsExactly("a");
    }
}
