package dev.stillhouse.teacher.sentences;

import dev.stillhouse.datasets.quality.GreedyOracle;
import dev.stillhouse.datasets.quality.Rouge;
import dev.stillhouse.udfs.summary.Budget;
import dev.stillhouse.udfs.summary.Sentences;

/** {@link GreedyOracle} over the sentences of a document, within a budget, by words of any script. Not safe for use by several threads. */
public final class SentenceOracle {
    private final GreedyOracle oracle;
    private final int[] costs;
    private final int limit;

    private SentenceOracle(GreedyOracle oracle, int[] costs, int limit) {
        this.oracle = oracle;
        this.costs = costs;
        this.limit = limit;
    }

    /**
     * Of a document.
     *
     * @param sentences of the text
     * @param reference what a summary is to be like
     */
    public static SentenceOracle of(String text, Sentences sentences, String reference, Budget budget) {
        int[] costs = budget.costs(text, sentences);
        return new SentenceOracle(GreedyOracle.of(sentences.texts(), reference, Rouge.Tokenizer.UNICODE), costs, (int)
                Math.min(Integer.MAX_VALUE, budget.limit(costs)));
    }

    /** The sentences that it chooses, ascending. */
    public int[] choose() {
        return oracle.choose(costs, limit);
    }

    /** {@link GreedyOracle#precisions}. */
    double[][] precisions() {
        return oracle.precisions();
    }
}
