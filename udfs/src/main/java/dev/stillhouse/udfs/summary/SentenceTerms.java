package dev.stillhouse.udfs.summary;

import dev.stillhouse.udfs.text.Terms;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The terms of a document's sentences, of the first {@link Ranker#MAX_SENTENCES} of them. Terms have numbers from 0 in order of appearance.
 *
 * @param terms {@code int[sentences][]}, the distinct terms of each sentence
 * @param counts {@code int[sentences][]}, how often the sentence has each of them
 * @param holders {@code int[terms]}, how many sentences have a term
 */
record SentenceTerms(int[][] terms, int[][] counts, int[] holders) {

    static SentenceTerms of(List<String> sentences) {
        int size = Math.min(sentences.size(), Ranker.MAX_SENTENCES);
        int[][] terms = new int[size][];
        int[][] counts = new int[size][];
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 0; i < size; i++) {
            int[] sequence = Terms.of(sentences.get(i)).stream()
                    .mapToInt(term -> numbers.computeIfAbsent(term, absent -> numbers.size()))
                    .sorted()
                    .toArray();
            terms[i] = Arrays.stream(sequence).distinct().toArray();
            counts[i] = runs(sequence, terms[i].length);
        }
        int[] holders = new int[numbers.size()];
        for (int[] distinct : terms) {
            for (int term : distinct) {
                holders[term]++;
            }
        }
        return new SentenceTerms(terms, counts, holders);
    }

    int sentences() {
        return terms.length;
    }

    /** Terms of a sentence, repeated ones too. */
    int length(int sentence) {
        return Arrays.stream(counts[sentence]).sum();
    }

    /**
     * The dot products of sentences.
     *
     * @param values {@code double[sentences][]}, of each sentence the value of each of its distinct terms, in the order of {@link #terms}
     * @return {@code double[sentences][sentences]}, symmetric
     */
    double[][] products(double[][] values) {
        double[][] products = new double[sentences()][sentences()];
        int[][] places = new int[holders.length][];
        double[][] weights = new double[holders.length][];
        for (int term = 0; term < holders.length; term++) {
            places[term] = new int[holders[term]];
            weights[term] = new double[holders[term]];
        }
        int[] filled = new int[holders.length];
        for (int i = 0; i < sentences(); i++) {
            for (int k = 0; k < terms[i].length; k++) {
                int term = terms[i][k];
                places[term][filled[term]] = i;
                weights[term][filled[term]++] = values[i][k];
                for (int holder = 0; holder < filled[term]; holder++) {
                    products[i][places[term][holder]] += values[i][k] * weights[term][holder];
                }
            }
        }
        for (int i = 0; i < sentences(); i++) {
            for (int j = 0; j < i; j++) {
                products[j][i] = products[i][j];
            }
        }
        return products;
    }

    /** Lengths of the runs of equal numbers in a sorted array. */
    private static int[] runs(int[] sorted, int distinct) {
        int[] runs = new int[distinct];
        int run = -1;
        for (int i = 0; i < sorted.length; i++) {
            if (i == 0 || sorted[i] != sorted[i - 1]) {
                run++;
            }
            runs[run]++;
        }
        return runs;
    }
}
