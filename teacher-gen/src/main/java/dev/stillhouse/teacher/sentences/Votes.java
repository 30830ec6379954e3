package dev.stillhouse.teacher.sentences;

import dev.stillhouse.udfs.summary.Budget;
import dev.stillhouse.udfs.summary.SentenceChooser;
import dev.stillhouse.udfs.summary.Sentences;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * What several teachers say of the sentences of a document together. A teacher's vote for a sentence is half whether it is chosen, and half its rank: the share of the document's other sentences of a smaller salience, with half of those of an equal one. Saliences themselves are not comparable: half of those by centrality are above a half, and by a summary hardly more than what is chosen.
 * Salience is the mean of the votes by weight; chosen is by that, less repetition of words, as by {@link Centrality}. Serialisable.
 *
 * @param budget of a summary
 */
record Votes(Budget budget) implements Serializable {
    private static final double CHOSEN_SHARE = 0.5;
    private static final SentenceChooser CHOOSER = new SentenceChooser();

    /**
     * What one teacher says.
     *
     * @param weight greater than 0
     * @param saliences of each sentence
     * @param isChosen whether each is
     */
    record Opinion(double weight, float[] saliences, boolean[] isChosen) {}

    /**
     * Labels a document.
     *
     * @param opinions of those that say something of it, at least one, of all of its sentences each
     */
    Labelled label(String text, Sentences sentences, List<Opinion> opinions) {
        double[] mean = mean(opinions);
        float[] saliences = new float[mean.length];
        for (int i = 0; i < mean.length; i++) {
            saliences[i] = (float) mean[i];
        }
        int[] chosen =
                CHOOSER.choose(text, sentences, mean, new SentenceChooser.Settings(budget, Centrality.REDUNDANCY));
        return new Labelled(text, sentences, saliences, chosen);
    }

    /** The mean of the votes, 0 to 1. */
    static double[] mean(List<Opinion> opinions) {
        double[] mean = new double[opinions.get(0).saliences().length];
        double weights = opinions.stream().mapToDouble(Opinion::weight).sum();
        for (Opinion opinion : opinions) {
            double[] ranks = ranks(opinion.saliences());
            for (int i = 0; i < mean.length; i++) {
                double vote = (1 - CHOSEN_SHARE) * ranks[i] + (opinion.isChosen()[i] ? CHOSEN_SHARE : 0);
                mean[i] += opinion.weight() / weights * vote;
            }
        }
        return mean;
    }

    /** The share of the others that are smaller, with half of those that are equal; 1 of one alone. */
    static double[] ranks(float[] values) {
        double[] sorted = new double[values.length];
        Arrays.setAll(sorted, i -> values[i]);
        Arrays.sort(sorted);
        double[] ranks = new double[values.length];
        for (int i = 0; i < ranks.length; i++) {
            int first = Centrality.lower(sorted, values[i]);
            int last = Centrality.lower(sorted, Math.nextUp((double) values[i])) - 1;
            ranks[i] = sorted.length == 1 ? 1 : (first + last) / 2.0 / (sorted.length - 1);
        }
        return ranks;
    }
}
