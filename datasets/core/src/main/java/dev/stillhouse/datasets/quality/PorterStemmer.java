package dev.stillhouse.datasets.quality;

import java.util.List;
import java.util.Map;

/**
 * Porter's stemmer with the extensions of the Natural Language Toolkit (its default mode): a table of irregular forms, {@code ies} and {@code ied} of words of four letters, {@code y} after a consonant, {@code alli} before the other suffixes of step 2, {@code bli}, {@code fulli} and {@code logi}. What is not a vowel is a consonant,
 * digits too. Without state.
 *
 * <p>See M. F. Porter, An algorithm for suffix stripping, Program 14(3), 1980. A word's measure is the number of times that a consonant follows a vowel in it; {@code y} is a vowel after a consonant.
 */
final class PorterStemmer {
    private static final Map<String, String> IRREGULAR = Map.ofEntries(
            Map.entry("sky", "sky"),
            Map.entry("skies", "sky"),
            Map.entry("dying", "die"),
            Map.entry("lying", "lie"),
            Map.entry("tying", "tie"),
            Map.entry("news", "news"),
            Map.entry("innings", "inning"),
            Map.entry("inning", "inning"),
            Map.entry("outings", "outing"),
            Map.entry("outing", "outing"),
            Map.entry("cannings", "canning"),
            Map.entry("canning", "canning"),
            Map.entry("howe", "howe"),
            Map.entry("proceed", "proceed"),
            Map.entry("exceed", "exceed"),
            Map.entry("succeed", "succeed"));

    /** The first rule whose suffix a word has decides, whether or not its measure allows it. */
    private static final List<Rule> STEP_2 = List.of(
            new Rule("ational", "ate"),
            new Rule("tional", "tion"),
            new Rule("enci", "ence"),
            new Rule("anci", "ance"),
            new Rule("izer", "ize"),
            new Rule("bli", "ble"),
            new Rule("entli", "ent"),
            new Rule("eli", "e"),
            new Rule("ousli", "ous"),
            new Rule("ization", "ize"),
            new Rule("ation", "ate"),
            new Rule("ator", "ate"),
            new Rule("alism", "al"),
            new Rule("iveness", "ive"),
            new Rule("fulness", "ful"),
            new Rule("ousness", "ous"),
            new Rule("aliti", "al"),
            new Rule("iviti", "ive"),
            new Rule("biliti", "ble"),
            new Rule("fulli", "ful"));

    private static final List<Rule> STEP_3 = List.of(
            new Rule("icate", "ic"),
            new Rule("ative", ""),
            new Rule("alize", "al"),
            new Rule("iciti", "ic"),
            new Rule("ical", "ic"),
            new Rule("ful", ""),
            new Rule("ness", ""));

    private static final List<Rule> STEP_4 = List.of(
            new Rule("al", ""),
            new Rule("ance", ""),
            new Rule("ence", ""),
            new Rule("er", ""),
            new Rule("ic", ""),
            new Rule("able", ""),
            new Rule("ible", ""),
            new Rule("ant", ""),
            new Rule("ement", ""),
            new Rule("ment", ""),
            new Rule("ent", ""),
            new Rule("ou", ""),
            new Rule("ism", ""),
            new Rule("ate", ""),
            new Rule("iti", ""),
            new Rule("ous", ""),
            new Rule("ive", ""),
            new Rule("ize", ""));

    private PorterStemmer() {}

    private record Rule(String suffix, String replacement) {}

    /** The stem of a word in lower case; of a word of one or two letters the word itself. */
    static String stem(String word) {
        String irregular = IRREGULAR.get(word);
        if (irregular != null) {
            return irregular;
        }
        return word.length() <= 2 ? word : step5(step4(apply(STEP_3, step2(step1(word)), 0)));
    }

    /** Plurals, participles, and y. */
    private static String step1(String word) {
        String stem = participle(plural(word));
        int last = stem.length() - 1;
        return last > 1 && stem.endsWith("y") && !isVowel(stem, last - 1) ? stem.substring(0, last) + 'i' : stem;
    }

    private static String plural(String word) {
        if (word.endsWith("ies")) {
            return cut(word, word.length() == 4 ? 1 : 2);
        }
        if (word.endsWith("sses")) {
            return cut(word, 2);
        }
        return word.endsWith("s") && !word.endsWith("ss") ? cut(word, 1) : word;
    }

    private static String participle(String word) {
        if (word.endsWith("ied")) {
            return cut(word, word.length() == 4 ? 1 : 2);
        }
        if (word.endsWith("eed")) {
            return measure(word, word.length() - 3) > 0 ? cut(word, 1) : word;
        }
        int suffix = word.endsWith("ed") ? 2 : word.endsWith("ing") ? 3 : 0;
        return suffix > 0 && hasVowel(word, word.length() - suffix) ? restored(cut(word, suffix)) : word;
    }

    /** What is left of a participle, with the e that it lost or without the letter that it doubled. */
    private static String restored(String stem) {
        if (stem.endsWith("at") || stem.endsWith("bl") || stem.endsWith("iz")) {
            return stem + 'e';
        }
        int last = stem.length() - 1;
        char letter = stem.charAt(last);
        if (last > 0 && letter == stem.charAt(last - 1) && !isVowel(stem, last)) {
            return "lsz".indexOf(letter) < 0 ? cut(stem, 1) : stem;
        }
        return measure(stem, stem.length()) == 1 && isShort(stem, stem.length()) ? stem + 'e' : stem;
    }

    private static String step2(String word) {
        int length = word.length();
        if (word.endsWith("alli")) {
            return measure(word, length - 4) > 0 ? apply(STEP_2, cut(word, 2), 0) : word;
        }
        if (word.endsWith("logi")) {
            return measure(word, length - 3) > 0 ? cut(word, 1) : word;
        }
        return apply(STEP_2, word, 0);
    }

    private static String step4(String word) {
        int stem = word.length() - 3;
        if (word.endsWith("ion")) {
            return measure(word, stem) > 1 && "st".indexOf(word.charAt(stem - 1)) >= 0 ? cut(word, 3) : word;
        }
        return apply(STEP_4, word, 1);
    }

    /** A last e, and one of two last l. */
    private static String step5(String word) {
        String stem = word;
        int before = word.length() - 1;
        if (word.endsWith("e")) {
            int measure = measure(word, before);
            stem = measure > 1 || (measure == 1 && !isShort(word, before)) ? cut(word, 1) : word;
        }
        return stem.endsWith("ll") && measure(stem, stem.length() - 1) > 1 ? cut(stem, 1) : stem;
    }

    private static String apply(List<Rule> rules, String word, int measure) {
        for (Rule rule : rules) {
            if (word.endsWith(rule.suffix())) {
                int stem = word.length() - rule.suffix().length();
                return measure(word, stem) > measure ? word.substring(0, stem) + rule.replacement() : word;
            }
        }
        return word;
    }

    private static String cut(String word, int letters) {
        return word.substring(0, word.length() - letters);
    }

    /** Of a word's first {@code length} letters: how often a consonant follows a vowel. */
    private static int measure(String word, int length) {
        int measure = 0;
        boolean vowel = false;
        for (int i = 0; i < length; i++) {
            boolean before = vowel;
            vowel = isVowel(word.charAt(i), i > 0 && !before);
            measure += before && !vowel ? 1 : 0;
        }
        return measure;
    }

    private static boolean hasVowel(String word, int length) {
        boolean vowel = false;
        for (int i = 0; i < length && !vowel; i++) {
            vowel = isVowel(word.charAt(i), i > 0);
        }
        return vowel;
    }

    /** Ends with consonant, vowel and a consonant other than w, x and y, or is a vowel and a consonant. */
    private static boolean isShort(String word, int length) {
        if (length == 2) {
            return isVowel(word, 0) && !isVowel(word, 1);
        }
        return length > 2
                && !isVowel(word, length - 3)
                && isVowel(word, length - 2)
                && !isVowel(word, length - 1)
                && "wxy".indexOf(word.charAt(length - 1)) < 0;
    }

    private static boolean isVowel(char letter, boolean afterConsonant) {
        return "aeiou".indexOf(letter) >= 0 || (letter == 'y' && afterConsonant);
    }

    /** Of y after y every second one is a vowel. */
    private static boolean isVowel(String word, int place) {
        int start = place;
        while (start > 0 && word.charAt(start) == 'y') {
            start--;
        }
        boolean even = (place - start) % 2 == 0;
        return even == isVowel(word.charAt(start), false);
    }
}
