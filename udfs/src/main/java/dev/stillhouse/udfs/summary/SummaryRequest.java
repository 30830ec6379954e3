package dev.stillhouse.udfs.summary;

import java.io.Serializable;

/**
 * What is wanted of documents.
 *
 * @param budget how long a summary may be
 * @param headline whether to give the sentence that says the most
 * @param keywords how many to give at most, at least 0
 */
public record SummaryRequest(Budget budget, boolean headline, int keywords) implements Serializable {
    private static final long serialVersionUID = 1L;

    public SummaryRequest {
        if (keywords < 0) {
            throw new IllegalArgumentException("Invalid keywords: " + keywords + " (must be at least 0)");
        }
    }
}
