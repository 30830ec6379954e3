package dev.stillhouse.udfs.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillhouse.udfs.errors.DataException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenizerWordsTest {
    /** WordPiece, SentencePiece with its scores, byte-level BPE, and a vocabulary without any mark. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"model": {"vocab": {"[CLS]": 0, "card": 1, "##s": 2, "money": 3}}}                     | [CLS],card,money
                    {"model": {"vocab": [["<s>", 0.0], ["\u2581card", -1.5], ["s", -2.0], ["\u2581", -3]]}} | card
                    {"model": {"vocab": {"\u0120card": 1, "s": 2, "\u0120money": 3}}}                       | card,money
                    {"model": {"vocab": {"card": 1, "money": 2}}}                                            | card,money
                    """)
    void wordsArePiecesThatBeginWords(String tokenizer, String words) {
        assertThat(words(tokenizer)).containsExactly(words.split(","));
    }

    @Test
    void aTokenizerWithoutVocabularyHasNoWords() {
        assertThat(words("{\"model\": {}}")).isEmpty();
    }

    @Test
    void whatIsNoJsonIsRefused() {
        assertThatThrownBy(() -> words("{\"model\""))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("tokenizer of some/folder")
                .hasMessageContaining("no JSON");
    }

    private static List<String> words(String tokenizer) {
        return TokenizerWords.of("some/folder", tokenizer.getBytes(StandardCharsets.UTF_8));
    }
}
