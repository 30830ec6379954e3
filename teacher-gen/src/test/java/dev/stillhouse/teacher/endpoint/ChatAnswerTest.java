package dev.stillhouse.teacher.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatAnswerTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            "two words"                                                                       | two words
            [{"type": "text", "text": "two "}, {"type": "text", "text": "words"}]             | two words
            [{"type": "image_url", "image_url": {"url": "x"}}, {"type": "text", "text": "it"}] | it
            null                                                                              | ''
            []                                                                                | ''
            """)
    void theMessageIsATextOrTheTextsOfItsParts(String content, String text) throws JsonProcessingException {
        String body = "{\"choices\": [{\"message\": {\"content\": " + content + "}}]}";

        assertThat(ChatAnswer.of(new ObjectMapper().readTree(body)).content()).isEqualTo(text);
    }
}
