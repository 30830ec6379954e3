package dev.stillhouse.datasets.catalogue;

import java.util.ArrayList;
import java.util.List;

/** Takes WordNet's glosses apart: a gloss is a definition, perhaps in several parts, and quoted examples, separated by semicolons. */
final class Glosses {
    private Glosses() {}

    /**
     * A gloss without its examples: without each part, between semicolons outside quotes, that begins with a quotation mark, and without a quotation that ends the definition after a colon. Quotations inside a part stay.
     * A gloss of nothing but examples stays whole.
     */
    static String definition(String gloss) {
        List<String> kept = new ArrayList<>();
        for (String part : parts(gloss)) {
            if (!part.startsWith("\"") && !part.isEmpty()) {
                kept.add(part.replaceFirst(":\\s*\"[^\"]*\"?$", ""));
            }
        }
        return kept.isEmpty() ? gloss.strip() : String.join("; ", kept);
    }

    private static List<String> parts(String gloss) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < gloss.length(); i++) {
            char c = gloss.charAt(i);
            quoted ^= c == '"';
            if (c == ';' && !quoted) {
                parts.add(gloss.substring(start, i).strip());
                start = i + 1;
            }
        }
        parts.add(gloss.substring(start).strip());
        return parts;
    }
}
