package dev.stillhouse.datasets.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FunctionWordsTest {
    @Test
    void aLanguageIsFoundByItsCommonestWords() {
        assertThat(FunctionWords.language("Die Abstimmung ist geschlossen, und das Wort hat der Berichterstatter."))
                .isEqualTo("de");
        assertThat(FunctionWords.language("Det är viktigt att vi inte glömmer detta."))
                .isEqualTo("sv");
        assertThat(FunctionWords.language("Det er vigtigt, at vi ikke glemmer dette."))
                .isEqualTo("da");
        assertThat(FunctionWords.language("Myslím si, že toto je veľmi dôležité, ale sú tu aj iné veci."))
                .isEqualTo("sk");
        assertThat(FunctionWords.language("Myslím si, že to je velmi důležité, ale jsou zde také jiné věci."))
                .isEqualTo("cs");
    }

    @Test
    void aTextWithoutFunctionWordsGoesByTheNextOne() {
        assertThat(FunctionWords.language("123", "Comunicação da Presidência não é uma"))
                .isEqualTo("pt");
        assertThat(FunctionWords.language("123")).isNull();
    }

    @Test
    void thereAre21Languages() {
        assertThat(Europarl.codes()).hasSize(21).isSorted().contains("el", "lv");
    }
}
