package dev.stillhouse.udfs.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TermsTest {
    @Test
    void termsAreRunsOfLettersAndDigitsInLowerCase() {
        assertThat(Terms.of("The 2nd e-mail, from_Café ΣΊΣΥΦΟΣ!"))
                .containsExactly("the", "2nd", "e", "mail", "from", "café", "σίσυφος");
    }

    @Test
    void textsWithoutLettersAndDigitsHaveNone() {
        assertThat(Terms.of("")).isEmpty();
        assertThat(Terms.of(" \n\u00a0?!… 😀 \u0301 \ud800")).isEmpty();
    }

    @Test
    void lettersOfScriptsWithoutSpacesStandAlone() {
        assertThat(Terms.of("蒸留所xと2")).containsExactly("蒸", "留", "所", "x", "と", "2");
        assertThat(Terms.of("𠀀𠀁")).containsExactly("𠀀", "𠀁");
    }

    @Test
    void marksBelongToTheTermBeforeThem() {
        assertThat(Terms.of("cafe\u0301s हिन्दी")).containsExactly("cafe\u0301s", "हिन्दी");
        assertThat(Terms.of("น้ำ")).containsExactly("น้", "ำ");
    }

    @Test
    void lettersOfHigherPlanesAreLetters() {
        assertThat(Terms.of("𐐀𐐁 𝒳y")).containsExactly("𐐨𐐩", "𝒳y");
    }
}
