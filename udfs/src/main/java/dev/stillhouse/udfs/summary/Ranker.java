package dev.stillhouse.udfs.summary;

import java.util.List;

/** Ranks the sentences of one document by how much of it they say. Rankers have no state and may be used by several threads. */
public interface Ranker {
    /** Sentences of a document that are read; those after them have rank 0, so that memory is bounded by 32 MB. */
    int MAX_SENTENCES = 2_000;

    /**
     * The ranks.
     *
     * @param sentences in the document's order
     * @return {@code double[sentences]}, 0 to 1, adding up to 1; equal sentences have equal ranks up to rounding. Empty for no sentences; 1 for one, whatever it says
     */
    double[] rank(List<String> sentences);
}
