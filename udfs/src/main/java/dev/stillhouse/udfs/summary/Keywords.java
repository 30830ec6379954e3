package dev.stillhouse.udfs.summary;

import dev.stillhouse.udfs.student.NgramTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The words that tell what a document is about: those of the greatest {@code (1 + log count) * rarity^2}, as in the dot product of two tf-idf vectors, where rarity is the inverse document frequency in the corpus that the model learned from, the greatest of all for words that it does not know. Words of one letter and numbers are none. */
final class Keywords {
    /** A word that the model does not know has to stand in the document as often as this, or it is taken for a slip of the pen. */
    private static final int LEAST_UNKNOWN = 2;

    private final float[] rarities;
    private final float rarest;

    /**
     * @param rarities of the cues, by row
     */
    Keywords(float[] rarities) {
        this.rarities = rarities;
        float most = 1;
        for (float rarity : rarities) {
            most = Math.max(most, rarity);
        }
        this.rarest = most;
    }

    /** The keywords of a document, at most {@code most}, the most telling first; of equals the first in the text. */
    List<String> of(String text, Sentences sentences, DocumentWords words, int most) {
        List<Integer> order = new ArrayList<>();
        for (int word = 0; word < words.distinct(); word++) {
            if (worth(words, word) > 0) {
                order.add(word);
            }
        }
        order.sort(Comparator.comparingDouble((Integer word) -> -worth(words, word)));
        List<String> keywords = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (int word : order) {
            if (keywords.size() == most) {
                break;
            }
            String written = written(text, sentences, words, word);
            if (isWord(written) && taken.add(written.toLowerCase(Locale.ROOT))) {
                keywords.add(written);
            }
        }
        return keywords;
    }

    private double worth(DocumentWords words, int word) {
        int row = words.row(word);
        int count = words.count(word);
        if (row == NgramTable.ABSENT && count < LEAST_UNKNOWN) {
            return 0;
        }
        double rarity = row == NgramTable.ABSENT ? rarest : rarities[row];
        return (1 + Math.log(count)) * rarity * rarity;
    }

    private static boolean isWord(String written) {
        return written.codePointCount(0, written.length()) > 1
                && written.codePoints().anyMatch(Character::isLetter);
    }

    /** As it stands where it stands first, ASCII letters in lower case. */
    private static String written(String text, Sentences sentences, DocumentWords words, int word) {
        int token = words.firstToken(word);
        int low = 0;
        int high = words.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (words.start(middle) <= token) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return words.string(text, sentences.begin(low), sentences.end(low), token - words.start(low));
    }
}
