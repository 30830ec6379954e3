package dev.stillhouse.datasets.quality;

import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The extractive summary that a reference asks for, as nearly as a greedy choice finds it: of a document's sentences the one that raises ROUGE-1 F1 + ROUGE-2 F1 the most is added until none raises it or fits. Figures are those of {@link Rouge} for the chosen sentences in the document's order, a line each.
 *
 * <p>Time is that of the rounds, of which there are as many as chosen sentences and one, times the document's words. Not safe for use by several threads.
 *
 * <p>See R. Nallapati, F. Zhai, B. Zhou, SummaRuNNer: A Recurrent Neural Network Based Sequence Model for Extractive Summarization of Documents, AAAI 2017, section 3.1.
 */
public final class GreedyOracle {
    /** {@code int[sentences][words]}, by the reference's numbers. */
    private final int[][] sentences;

    private final NgramMatches matches;

    private GreedyOracle(int[][] sentences, NgramMatches matches) {
        this.sentences = sentences;
        this.matches = matches;
    }

    /** Of a document's sentences, in their order, with the words of {@link Rouge.Tokenizer#GOOGLE}. */
    public static GreedyOracle of(List<String> sentences, String reference) {
        return of(sentences, reference, Rouge.Tokenizer.GOOGLE);
    }

    /** Of a document's sentences, in their order. */
    public static GreedyOracle of(List<String> sentences, String reference, Rouge.Tokenizer tokenizer) {
        Rouge.Tokens wanted = Rouge.tokens(reference, tokenizer);
        int[][] words = sentences.stream()
                .map(sentence -> Rouge.tokens(sentence, tokenizer).in(wanted))
                .toArray(int[][]::new);
        return new GreedyOracle(words, new NgramMatches(wanted.words()));
    }

    /**
     * Chooses sentences.
     *
     * @param costs {@code int[sentences]}, what each takes of the budget, not negative
     * @param budget what all may take together
     * @return indices of the chosen sentences, ascending; of equal gains the first sentence's. None for a reference or sentences without words
     * @throws IllegalArgumentException where there is not a cost for each sentence, or one is negative
     */
    public int[] choose(int[] costs, int budget) {
        if (costs.length != sentences.length) {
            throw new IllegalArgumentException(
                    "Invalid costs: " + costs.length + " (must be one for each of " + sentences.length + " sentences)");
        }
        int least = Arrays.stream(costs).min().orElse(0);
        if (least < 0) {
            throw new IllegalArgumentException("Invalid cost: " + least + " (must not be negative)");
        }
        NavigableSet<Integer> chosen = new TreeSet<>();
        int left = budget;
        for (int best = best(chosen, costs, left); best >= 0; best = best(chosen, costs, left)) {
            insert(best, chosen);
            chosen.add(best);
            left -= costs[best];
        }
        int[] indices = chosen.stream().mapToInt(Integer::intValue).toArray();
        for (int sentence : indices) {
            chosen.remove(sentence);
            withdraw(sentence, chosen);
        }
        return indices;
    }

    /**
     * How much of each sentence the reference has.
     *
     * @return {@code double[sentences][2]}, precision of ROUGE-1 and of ROUGE-2 of the sentence alone, 0 to 1; 0 where it has no words, or one
     */
    public double[][] precisions() {
        double[][] precisions = new double[sentences.length][];
        for (int i = 0; i < sentences.length; i++) {
            matches.add(sentences[i]);
            precisions[i] = new double[] {
                matches.ofWords().precision(), matches.ofPairs().precision()
            };
            matches.remove(sentences[i]);
        }
        return precisions;
    }

    /** The sentence with which the summary is best, -1 where none makes it better. */
    private int best(NavigableSet<Integer> chosen, int[] costs, int left) {
        int best = -1;
        double highest = value();
        for (int sentence = 0; sentence < sentences.length; sentence++) {
            if (costs[sentence] > left || sentences[sentence].length == 0 || chosen.contains(sentence)) {
                continue;
            }
            insert(sentence, chosen);
            double value = value();
            withdraw(sentence, chosen);
            if (value > highest) {
                highest = value;
                best = sentence;
            }
        }
        return best;
    }

    private double value() {
        return matches.ofWords().f1() + matches.ofPairs().f1();
    }

    /** Counts a sentence in, between those of the others that stand before and after it. */
    private void insert(int sentence, NavigableSet<Integer> others) {
        int[] words = sentences[sentence];
        Integer before = others.lower(sentence);
        Integer after = others.higher(sentence);
        if (before != null && after != null) {
            matches.removePair(last(before), sentences[after][0]);
        }
        matches.add(words);
        if (before != null) {
            matches.addPair(last(before), words[0]);
        }
        if (after != null) {
            matches.addPair(last(sentence), sentences[after][0]);
        }
    }

    /** Counts it out again. */
    private void withdraw(int sentence, NavigableSet<Integer> others) {
        int[] words = sentences[sentence];
        Integer before = others.lower(sentence);
        Integer after = others.higher(sentence);
        if (after != null) {
            matches.removePair(last(sentence), sentences[after][0]);
        }
        if (before != null) {
            matches.removePair(last(before), words[0]);
        }
        matches.remove(words);
        if (before != null && after != null) {
            matches.addPair(last(before), sentences[after][0]);
        }
    }

    private int last(int sentence) {
        return sentences[sentence][sentences[sentence].length - 1];
    }
}
