package dev.stillhouse.teacher.endpoint;

import java.io.Serializable;

/**
 * A prompt with a place for the text. Serialisable.
 *
 * @param before what stands before the text
 * @param after what stands after it
 * @param maxCharacters UTF-16 units of a text that are kept; a pair is not cut in two
 */
record Prompt(String before, String after, int maxCharacters) implements Serializable {

    /**
     * Of a template.
     *
     * @param template with {@link EndpointConfig#TEXT}, the first of which is the place
     * @param name what else stands for something
     * @param value what it stands for
     */
    static Prompt of(String template, String name, String value, int maxCharacters) {
        int place = template.indexOf(EndpointConfig.TEXT);
        return new Prompt(
                template.substring(0, place).replace(name, value),
                template.substring(place + EndpointConfig.TEXT.length()).replace(name, value),
                maxCharacters);
    }

    /** The whole prompt; braces of the text are left alone. */
    String about(String text) {
        return before + (text.length() <= maxCharacters ? text : text.substring(0, end(text))) + after;
    }

    private int end(String text) {
        return Character.isHighSurrogate(text.charAt(maxCharacters - 1)) ? maxCharacters - 1 : maxCharacters;
    }
}
