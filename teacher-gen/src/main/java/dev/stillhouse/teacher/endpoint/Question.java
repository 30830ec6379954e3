package dev.stillhouse.teacher.endpoint;

import dev.stillhouse.teacher.endpoint.EndpointConfig.Answer;
import java.io.Serializable;
import java.util.List;

/**
 * What is asked about every text. Serialisable.
 *
 * @param model the model, as the server calls it
 * @param prompt with {@code {labels}} and {@code {text}}
 * @param labels the labels that may be answered
 * @param described what stands for {@code {labels}}
 * @param answer what an answer must be
 * @param logProbabilities whether log-probabilities are asked for
 * @param maxCharacters characters of a text that are sent
 */
public record Question(
        String model,
        String prompt,
        List<String> labels,
        String described,
        Answer answer,
        boolean logProbabilities,
        int maxCharacters)
        implements Serializable {

    public Question {
        labels = List.copyOf(labels);
    }

    /** The whole prompt for a text; what the text itself says of braces is left alone. */
    String about(String text) {
        String cut = text.length() <= maxCharacters ? text : text.substring(0, end(text));
        int place = prompt.indexOf(EndpointConfig.TEXT);
        return prompt.substring(0, place).replace(EndpointConfig.LABELS, described)
                + cut
                + prompt.substring(place + EndpointConfig.TEXT.length()).replace(EndpointConfig.LABELS, described);
    }

    /** Tokens that an answer may have: as many as its bytes at most. */
    int maxTokens() {
        return 24 + 2 * labels.stream().mapToInt(String::length).max().orElse(0);
    }

    private int end(String text) {
        return Character.isHighSurrogate(text.charAt(maxCharacters - 1)) ? maxCharacters - 1 : maxCharacters;
    }
}
