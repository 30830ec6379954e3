package dev.stillhouse.datasets.quality;

import dev.stillhouse.udfs.text.Terms;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * ROUGE: how much of a reference summary a candidate has, and how much of the candidate is in the reference. Figures are those of Google's {@code rouge-score} 0.1.2 with stemming (Porter's, of words of four letters and more), without a list of stop words. Without state.
 *
 * <ul>
 *   <li>ROUGE-1 and ROUGE-2 count words and pairs of neighbouring words, each as often as both texts have it; pairs go across lines.
 *   <li>ROUGE-L counts the words of the longest common subsequence of the two texts.
 *   <li>ROUGE-Lsum takes the lines for sentences. A word of a reference's sentence counts where it is in the longest common subsequence with any sentence of the candidate, and as often as both texts have it.
 * </ul>
 *
 * <p>Of {@code hits}, precision is {@code hits / candidate}, recall {@code hits / reference} and F1 {@code 2 hits / (candidate + reference)}. Time is the product of the lengths in words. ROUGE-L takes memory of the candidate's length, ROUGE-Lsum a bit for each pair of words of two sentences.
 *
 * <p>See C.-Y. Lin, ROUGE: A Package for Automatic Evaluation of Summaries, 2004.
 */
public final class Rouge {
    private static final int UNSTEMMED = 3;

    private Rouge() {}

    /** What the words of a text are. */
    public enum Tokenizer {
        /** Google's: runs of the letters a to z and digits, in lower case; what is between them parts words. Texts of other scripts have no words, and accented letters part theirs. Figures are comparable with published ones. */
        GOOGLE {
            @Override
            List<String> words(String line) {
                String lower = line.toLowerCase(Locale.ROOT);
                List<String> words = new ArrayList<>();
                int start = 0;
                for (int i = 0; i <= lower.length(); i++) {
                    if (i == lower.length() || !isLetterOrDigit(lower.charAt(i))) {
                        if (i > start) {
                            words.add(lower.substring(start, i));
                        }
                        start = i + 1;
                    }
                }
                return words;
            }

            @Override
            boolean stems(String word) {
                return true;
            }
        },

        /** Of any script: {@link Terms}, so that each letter of Han, kana, Thai, Lao, Khmer, Myanmar and Tibetan is a word. Words of nothing but the letters a to z are stemmed. Figures are comparable among themselves only. */
        UNICODE {
            @Override
            List<String> words(String line) {
                return Terms.of(line);
            }

            @Override
            boolean stems(String word) {
                return word.chars().allMatch(Tokenizer::isLetter);
            }
        };

        abstract List<String> words(String line);

        abstract boolean stems(String word);

        private static boolean isLetter(int character) {
            return character >= 'a' && character <= 'z';
        }

        private static boolean isLetterOrDigit(int character) {
            return isLetter(character) || (character >= '0' && character <= '9');
        }
    }

    /** A text that is ready to be compared, as a reference or as a candidate, any number of times and by several threads. */
    public static final class Tokens {
        /** The number of each kind of word, from 0 in order of appearance. */
        private final Map<String, Integer> kinds;

        private final int[] words;

        /** Of each line that has words, the place after its last. */
        private final int[] ends;

        private Tokens(Map<String, Integer> kinds, int[] words, int[] ends) {
            this.kinds = kinds;
            this.words = words;
            this.ends = ends;
        }

        /** Number of words. */
        public int size() {
            return words.length;
        }

        /** The words by the text's own numbers. */
        int[] words() {
            return words.clone();
        }

        /** The words by the numbers of a reference, -1 for those that it lacks. */
        int[] in(Tokens reference) {
            int[] numbers = new int[kinds.size()];
            kinds.forEach((word, kind) -> numbers[kind] = reference.kinds.getOrDefault(word, -1));
            return Arrays.stream(words).map(word -> numbers[word]).toArray();
        }

        /** The words by lines. */
        private int[][] lines(int[] numbers) {
            int[][] lines = new int[ends.length][];
            for (int i = 0; i < lines.length; i++) {
                lines[i] = Arrays.copyOfRange(numbers, i == 0 ? 0 : ends[i - 1], ends[i]);
            }
            return lines;
        }
    }

    /**
     * F1 of each kind, 0 to 1; 0 where a text has no words (or, for ROUGE-2, no pairs).
     *
     * @param rouge1 of words
     * @param rouge2 of pairs of words
     * @param rougeL of the longest common subsequence
     * @param rougeLsum of those of sentences
     */
    public record Scores(double rouge1, double rouge2, double rougeL, double rougeLsum) {}

    /**
     * What a figure is made of.
     *
     * @param hits words, or pairs of words, that both texts have
     * @param candidate those of the candidate
     * @param reference those of the reference
     */
    public record Match(int hits, int candidate, int reference) {
        /** Share of the candidate that the reference has; 0 for an empty candidate. */
        public double precision() {
            return candidate == 0 ? 0 : (double) hits / candidate;
        }

        /** Share of the reference that the candidate has; 0 for an empty reference. */
        public double recall() {
            return reference == 0 ? 0 : (double) hits / reference;
        }

        /** Harmonic mean of the two; 0 where nothing matches. */
        public double f1() {
            return hits == 0 ? 0 : 2.0 * hits / ((double) candidate + reference);
        }
    }

    /** What the figures are made of, by their kinds. */
    public record Matches(Match rouge1, Match rouge2, Match rougeL, Match rougeLsum) {
        /** F1 of each. */
        public Scores f1() {
            return new Scores(rouge1.f1(), rouge2.f1(), rougeL.f1(), rougeLsum.f1());
        }
    }

    /** A text by {@link Tokenizer#GOOGLE}. */
    public static Tokens tokens(String text) {
        return tokens(text, Tokenizer.GOOGLE);
    }

    /** A text; sentences are its lines, parted by {@code \n}. */
    public static Tokens tokens(String text, Tokenizer tokenizer) {
        Map<String, Integer> kinds = new HashMap<>();
        Map<String, Integer> unstemmed = new HashMap<>();
        List<Integer> words = new ArrayList<>();
        List<Integer> ends = new ArrayList<>();
        for (String line : text.split("\n")) {
            List<String> found = tokenizer.words(line);
            for (String word : found) {
                words.add(unstemmed.computeIfAbsent(word, key -> {
                    boolean stems = key.length() > UNSTEMMED && tokenizer.stems(key);
                    return kinds.computeIfAbsent(stems ? PorterStemmer.stem(key) : key, stem -> kinds.size());
                }));
            }
            if (!found.isEmpty()) {
                ends.add(words.size());
            }
        }
        return new Tokens(kinds, ints(words), ints(ends));
    }

    /** F1 of two texts by {@link Tokenizer#GOOGLE}. */
    public static Scores score(String reference, String candidate) {
        return score(tokens(reference), tokens(candidate));
    }

    /** F1 of two texts, of one tokenizer. */
    public static Scores score(Tokens reference, Tokens candidate) {
        return matches(reference, candidate).f1();
    }

    /** Mean of the F1 of ROUGE-1 and ROUGE-2 of two texts, of one tokenizer; in time that grows with their lengths alone, where the others need the product of these. */
    public static double ngrams(Tokens reference, Tokens candidate) {
        NgramMatches ngrams = new NgramMatches(reference.words);
        ngrams.add(candidate.in(reference));
        return (ngrams.ofWords().f1() + ngrams.ofPairs().f1()) / 2;
    }

    /** What matches in two texts, of one tokenizer. */
    public static Matches matches(Tokens reference, Tokens candidate) {
        int[] words = candidate.in(reference);
        NgramMatches ngrams = new NgramMatches(reference.words);
        ngrams.add(words);
        int longest = CommonSubsequence.length(reference.words, words);
        return new Matches(
                ngrams.ofWords(),
                ngrams.ofPairs(),
                new Match(longest, candidate.size(), reference.size()),
                new Match(union(reference, candidate.lines(words)), candidate.size(), reference.size()));
    }

    /** Words of the reference that are in the longest common subsequence of their sentence and any of the candidate's; each as often as the candidate has it. */
    private static int union(Tokens reference, int[][] candidate) {
        int[] left = new int[reference.kinds.size()];
        for (int[] sentence : candidate) {
            for (int word : sentence) {
                if (word >= 0) {
                    left[word]++;
                }
            }
        }
        int hits = 0;
        BitSet places = new BitSet();
        for (int[] sentence : reference.lines(reference.words)) {
            places.clear();
            for (int[] other : candidate) {
                CommonSubsequence.mark(sentence, other, places);
            }
            for (int place = places.nextSetBit(0); place >= 0; place = places.nextSetBit(place + 1)) {
                if (left[sentence[place]] > 0) {
                    left[sentence[place]]--;
                    hits++;
                }
            }
        }
        return hits;
    }

    private static int[] ints(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }
}
