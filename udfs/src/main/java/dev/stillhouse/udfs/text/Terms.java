package dev.stillhouse.udfs.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Terms of a text, as methods that count words by kind know them: maximal runs of letters and digits, in lower case ({@link Locale#ROOT}). Punctuation and white space part terms and are in none. A combining mark belongs to the term before it. Each letter of a script that is written without spaces (Han, kana,
 * Thai, Lao, Khmer, Myanmar, Tibetan) is a term of its own. Without state.
 */
public final class Terms {
    private Terms() {}

    /** The terms in their order, repeated ones too; none for a text without letters and digits. An unpaired surrogate parts terms. */
    public static List<String> of(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        List<String> terms = new ArrayList<>();
        int start = -1;
        boolean grows = false;
        for (int i = 0; i < lower.length(); ) {
            int codePoint = lower.codePointAt(i);
            int kind = CodePoints.kind(codePoint);
            boolean alone = (kind & CodePoints.ALONE) != 0;
            boolean letter = alone || (kind & (CodePoints.LETTER | CodePoints.DIGIT)) != 0;
            boolean mark = !letter && (kind & CodePoints.MARK) != 0;
            boolean continues = start >= 0 && (mark || (letter && grows && !alone));
            if (!continues) {
                if (start >= 0) {
                    terms.add(lower.substring(start, i));
                }
                start = letter ? i : -1;
                grows = !alone;
            }
            i += Character.charCount(codePoint);
        }
        if (start >= 0) {
            terms.add(lower.substring(start));
        }
        return terms;
    }
}
