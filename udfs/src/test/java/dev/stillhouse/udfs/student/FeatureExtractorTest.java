package dev.stillhouse.udfs.student;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureExtractorTest {
    @Test
    void wordsAreFoldedInAsciiOnlyAndCutAtAsciiPunctuation() {
        assertThat(words(1, "I'd PAY 5€, École-ÉCOLE 日本語!"))
                .containsExactly("i", "d", "pay", "5€", "École", "École", "日本語");
    }

    @Test
    void codePointsBeyondTheBasicPlaneAndLoneSurrogatesSeparateWords() {
        assertThat(words(1, "a😀b \uD800c\uDC00d\u0000e")).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void wordNgramsCountEveryOccurrenceUpToTheLongest() {
        assertThat(words(3, "a b a b")).containsExactly("a", "a b", "a b a", "b", "b a", "b a b", "a", "a b", "b");
    }

    @Test
    void characterNgramsStayWithinWords() {
        assertThat(characters(new FeatureSpec(1, 2, 3), "Abc d éf")).containsExactly("ab", "abc", "bc", "éf");
    }

    @Test
    void aSpecificationWithoutCharactersGivesNone() {
        assertThat(characters(FeatureSpec.words(2), "abc")).isEmpty();
    }

    @Test
    void textsWithoutWordsGiveNothing() {
        assertThat(words(2, "")).isEmpty();
        assertThat(words(2, " \t!?\n")).isEmpty();
    }

    private static List<String> words(int longest, String text) {
        List<String> ngrams = new ArrayList<>();
        new FeatureExtractor(FeatureSpec.words(longest)).words(text, ngrams::add);
        return ngrams;
    }

    private static List<String> characters(FeatureSpec spec, String text) {
        List<String> ngrams = new ArrayList<>();
        new FeatureExtractor(spec).characters(text, ngrams::add);
        return ngrams;
    }
}
