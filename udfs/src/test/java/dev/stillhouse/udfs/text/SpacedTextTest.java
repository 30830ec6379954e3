package dev.stillhouse.udfs.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpacedTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    ""                          | 0
                    "  \t "                     | 0
                    one                         | 1
                    a well-known word, and (1)! | 5
                    a - b                       | 3
                    …                           | 1
                    我来了                        | 3
                    我来了。                       | 3
                    「我来了」、好！                   | 4
                    我 。 好                       | 3
                    用Spark，3.5。                 | 2
                    กิน                         | 2
                    𩸽です。                        | 3
                    """)
    void marksBelongToTheLettersBesideThem(String text, int words) {
        assertThat(SpacedText.words(text, 0, text.length())).isEqualTo(words);
    }

    @Test
    void aPartIsCountedByItself() {
        String text = "one 我来了。two";
        assertThat(SpacedText.words(text, 0, 4)).isEqualTo(1);
        assertThat(SpacedText.words(text, 4, 8)).isEqualTo(3);
        assertThat(SpacedText.words(text, 8, text.length())).isEqualTo(1);
        assertThat(SpacedText.words(text, 0, text.length())).isEqualTo(5);
    }

    @Test
    void lettersOfScriptsWithoutSpacesGetSpaces() {
        assertThat(SpacedText.of("好ok")).isEqualTo(" 好 ok");
        assertThat(SpacedText.of("ok, fine")).isEqualTo("ok, fine");
    }
}
