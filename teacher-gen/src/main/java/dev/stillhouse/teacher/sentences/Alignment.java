package dev.stillhouse.teacher.sentences;

import dev.stillhouse.udfs.summary.Budget;
import dev.stillhouse.udfs.summary.Sentences;
import java.io.Serializable;

/**
 * What a summary in somebody's own words says of the sentences of its document: the greedy oracle chooses the sentences that make ROUGE-1 and ROUGE-2 against it the greatest within the budget, and the salience of a sentence is half whether it is chosen and half how much of it stands in the summary: {@code (P1 / 2 + P2) / 1.5} with the precisions of ROUGE-1 and ROUGE-2.
 * A choice alone says of two sentences of which either would do that one is right and the other wrong. Serialisable.
 *
 * <p>See R. Nallapati, F. Zhai, B. Zhou, SummaRuNNer: A Recurrent Neural Network Based Sequence Model for Extractive Summarization of Documents, AAAI 2017.
 *
 * @param budget of a summary
 */
record Alignment(Budget budget) implements Serializable {
    private static final double CHOSEN_SHARE = 0.5;
    private static final double PRECISION_OF_WORDS = 0.5;

    /**
     * Labels a document.
     *
     * @param summary of it; none is chosen and nothing salient where it has no word in common with the document
     */
    Labelled label(String text, Sentences sentences, String summary) {
        SentenceOracle oracle = SentenceOracle.of(text, sentences, summary, budget);
        int[] chosen = oracle.choose();
        return new Labelled(text, sentences, saliences(oracle.precisions(), chosen), chosen);
    }

    private static float[] saliences(double[][] precisions, int[] chosen) {
        float[] saliences = new float[precisions.length];
        for (int i = 0; i < saliences.length; i++) {
            double held = (PRECISION_OF_WORDS * precisions[i][0] + precisions[i][1]) / (1 + PRECISION_OF_WORDS);
            saliences[i] = (float) ((1 - CHOSEN_SHARE) * held);
        }
        for (int sentence : chosen) {
            saliences[sentence] += (float) CHOSEN_SHARE;
        }
        return saliences;
    }
}
