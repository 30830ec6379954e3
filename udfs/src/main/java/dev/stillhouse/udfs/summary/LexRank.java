package dev.stillhouse.udfs.summary;

import java.util.Arrays;
import java.util.List;

/**
 * LexRank: {@link PageRank} over sentences, where those are linked, all links alike, whose vectors of {@code tf * idf} have a cosine above 0.1; a sentence is linked to itself, so that one that is like no other has the mean rank. {@code tf} is how often a sentence has a term, {@code idf} is {@code log(n / holders)}: the document's sentences are the collection, so that a word that all have
 * counts for nothing. There is no list of stop words and no stemming; words are {@link dev.stillhouse.udfs.text.Terms}. A sentence of nothing but words that all have is linked to none.
 *
 * <p>See G. Erkan, D. Radev, LexRank: Graph-based Lexical Centrality as Salience in Text Summarization, JAIR 22, 2004, algorithm 3; its idf is of a cluster of documents. The widely used sumy (0.11) differs: its idf is {@code log(n / (1 + holders))}, which is 0 for words of all sentences but one and below 0 for those of all; it has no damping, loses what reaches
 * sentences without links, and stops at a change of 0.1, mostly after one or two steps; 0.13 scales the ranks to a length of 1 in each step besides.
 */
public record LexRank() implements Ranker {
    private static final double THRESHOLD = 0.1;

    @Override
    public double[] rank(List<String> sentences) {
        SentenceTerms terms = SentenceTerms.of(sentences);
        double[][] vectors = new double[terms.sentences()][];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = vector(terms, i);
        }
        double[][] links = terms.products(vectors);
        for (double[] row : links) {
            Arrays.setAll(row, j -> row[j] > THRESHOLD ? 1 : 0);
        }
        return Arrays.copyOf(PageRank.of(links), sentences.size());
    }

    /** A sentence's vector, of length 1; zeros where no term has weight. */
    private static double[] vector(SentenceTerms terms, int sentence) {
        int[] distinct = terms.terms()[sentence];
        double[] vector = new double[distinct.length];
        double squares = 0;
        for (int k = 0; k < distinct.length; k++) {
            double idf = Math.log((double) terms.sentences() / terms.holders()[distinct[k]]);
            vector[k] = terms.counts()[sentence][k] * idf;
            squares += vector[k] * vector[k];
        }
        double length = Math.sqrt(squares);
        return length == 0 ? vector : Arrays.stream(vector).map(v -> v / length).toArray();
    }
}
