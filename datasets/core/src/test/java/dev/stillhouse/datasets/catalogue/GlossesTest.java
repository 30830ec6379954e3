package dev.stillhouse.datasets.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlossesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'a separate and self-contained entity  '                                       | a separate and self-contained entity
            'a firm; a company; "he owns a firm"; "a; b"'                                  | a firm; a company
            'a complete range: "a face that expressed a gamut of emotions"; "the gamut"'   | a complete range
            'as much as necessary; "Have I eaten?"; (`plenty'' is nonstandard) "I have"'   | as much as necessary; (`plenty' is nonstandard) "I have"
            'a demand especially in the phrase "the call of duty"'                         | a demand especially in the phrase "the call of duty"
            'roundabout; "A study in a style"- T.S.Eliot; "had a preference"'              | roundabout
            'promise of reward as in "carrot and stick"; "used the carrot; then the stick"'| promise of reward as in "carrot and stick"
            '"only an example"'                                                            | "only an example"
            'broken off; "an example without end'                                          | broken off
            """)
    void examplesAreLeftOut(String gloss, String definition) {
        assertThat(Glosses.definition(gloss)).isEqualTo(definition);
    }
}
