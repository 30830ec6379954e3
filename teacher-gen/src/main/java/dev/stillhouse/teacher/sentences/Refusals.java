package dev.stillhouse.teacher.sentences;

import dev.stillhouse.datasets.schema.Rejects;
import dev.stillhouse.udfs.text.Terms;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether what a model wrote may be a summary of its document. */
final class Refusals {
    /** An answer that has no word of the document. */
    static final String UNLIKE = "answer_unlike_document";

    /** How models begin that were trained to refuse, whatever language they are asked in. */
    private static final Pattern REFUSAL = Pattern.compile(
            "^[^\\p{L}\\p{N}]*(i'm sorry|i am sorry|sorry, (?:but )?i|i can't|i cannot|i can not|i'm unable|i am unable|i'm not able|i am not able|as an ai)\\b");

    private static final Pattern SPACE = Pattern.compile("\\s+");

    private Refusals() {}

    /**
     * Why an answer is no summary of a document; null where it may be one. A document that begins a sentence the same way is one that a summary may quote.
     *
     * @param text the document
     * @param answer what the model wrote
     */
    static @Nullable String reason(String text, String answer) {
        Matcher refusal = REFUSAL.matcher(plain(answer));
        if (refusal.find() && !plain(text).contains(refusal.group(1))) {
            return Rejects.REFUSED_BY_MODEL;
        }
        Set<String> words = new HashSet<>(Terms.of(answer));
        return Terms.of(text).stream().anyMatch(words::contains) ? null : UNLIKE;
    }

    private static String plain(String text) {
        return SPACE.matcher(text.toLowerCase(Locale.ROOT).replace('\u2019', '\''))
                .replaceAll(" ");
    }
}
