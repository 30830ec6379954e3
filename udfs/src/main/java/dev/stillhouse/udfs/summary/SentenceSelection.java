package dev.stillhouse.udfs.summary;

import java.util.Arrays;
import java.util.PriorityQueue;

/**
 * Chooses sentences for a budget: again and again the one of the greatest value of those that still fit, where value is what a sentence is worth by itself less {@code redundancy} times the share of its words, repeated ones as often as they stand there, weighted by their rarity, that the chosen ones have already.
 *
 * <p>Maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998) with coverage in the place of the greatest similarity. Since coverage only grows, a value that is not up to date is too high, and only the sentence on top has to be looked at again (Minoux 1978, lazy evaluation): near {@code n log n} for {@code n} sentences.
 */
final class SentenceSelection {
    private final DocumentWords words;
    private final SalienceFeatures features;
    private final double redundancy;

    /**
     * @param features that were computed of {@code words} last
     */
    SentenceSelection(DocumentWords words, SalienceFeatures features, double redundancy) {
        this.words = words;
        this.features = features;
        this.redundancy = redundancy;
    }

    /**
     * What can be chosen.
     *
     * @param worth of each sentence
     * @param costs of each sentence, at least 0
     * @param limit what they may cost together
     * @param eligible which may be chosen
     */
    record Offer(double[] worth, int[] costs, long limit, boolean[] eligible) {}

    /** The chosen sentences, in the order of the text. Of equals the first is chosen. */
    int[] choose(Offer offer) {
        int size = words.size();
        PriorityQueue<Candidate> queue = new PriorityQueue<>();
        for (int i = 0; i < size; i++) {
            if (offer.eligible()[i] && offer.costs()[i] <= offer.limit()) {
                queue.add(new Candidate(i, offer.worth()[i], 0));
            }
        }
        boolean[] said = new boolean[words.distinct()];
        int[] chosen = new int[Math.min(size, queue.size())];
        int count = 0;
        long left = offer.limit();
        while (!queue.isEmpty()) {
            Candidate best = queue.poll();
            int sentence = best.sentence();
            if (offer.costs()[sentence] > left) {
                continue;
            }
            if (best.seen() < count && redundancy > 0) {
                queue.add(
                        new Candidate(sentence, offer.worth()[sentence] - redundancy * covered(sentence, said), count));
                continue;
            }
            chosen[count++] = sentence;
            left -= offer.costs()[sentence];
            for (int at = words.start(sentence); at < words.start(sentence + 1); at++) {
                said[words.word(at)] = true;
            }
        }
        int[] sorted = Arrays.copyOf(chosen, count);
        Arrays.sort(sorted);
        return sorted;
    }

    /** The share of a sentence's words, by their rarity, that are said. Words that stand in every sentence count for nothing. */
    private double covered(int sentence, boolean[] said) {
        double all = 0;
        double known = 0;
        for (int at = words.start(sentence); at < words.start(sentence + 1); at++) {
            int word = words.word(at);
            double weight = features.rarity(word);
            all += weight;
            known += said[word] ? weight : 0;
        }
        return all > 0 ? known / all : 0;
    }

    /**
     * A sentence that may be chosen.
     *
     * @param value when it was last looked at
     * @param seen how many were chosen then
     */
    private record Candidate(int sentence, double value, int seen) implements Comparable<Candidate> {
        @Override
        public int compareTo(Candidate other) {
            int byValue = Double.compare(other.value, value);
            return byValue != 0 ? byValue : Integer.compare(sentence, other.sentence);
        }
    }
}
