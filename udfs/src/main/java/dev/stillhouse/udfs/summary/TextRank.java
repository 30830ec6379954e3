package dev.stillhouse.udfs.summary;

import java.util.Arrays;
import java.util.List;

/**
 * TextRank: {@link PageRank} over sentences that are linked by the words that they share, {@code common(a, b) / (log |a| + log |b|)}, where {@code common} counts distinct terms of both sentences and {@code |a|} the terms of one. There is no list of stop words and no stemming; words are
 * {@link dev.stillhouse.udfs.text.Terms}.
 *
 * <p>See R. Mihalcea, P. Tarau, TextRank: Bringing Order into Texts, EMNLP 2004. The widely used sumy (0.11 and 0.13) differs: it counts a repeated word by the product of its counts, links each sentence to itself, loses what reaches sentences without links, so that its ranks add up to less than 1, and stops at a change of 1e-4. Two sentences of
 * one word each, for which the denominator is 0, have the similarity 1 or 0, as in sumy.
 */
public record TextRank() implements Ranker {
    @Override
    public double[] rank(List<String> sentences) {
        SentenceTerms terms = SentenceTerms.of(sentences);
        double[][] ones = new double[terms.sentences()][];
        double[] logs = new double[terms.sentences()];
        for (int i = 0; i < ones.length; i++) {
            ones[i] = new double[terms.terms()[i].length];
            Arrays.fill(ones[i], 1);
            logs[i] = Math.log(terms.length(i));
        }
        double[][] weights = terms.products(ones);
        for (int i = 0; i < weights.length; i++) {
            for (int j = 0; j < weights.length; j++) {
                weights[i][j] = i == j ? 0 : similarity(weights[i][j], logs[i] + logs[j]);
            }
        }
        return Arrays.copyOf(PageRank.of(weights), sentences.size());
    }

    private static double similarity(double common, double logs) {
        return common == 0 || logs == 0 ? common : common / logs;
    }
}
