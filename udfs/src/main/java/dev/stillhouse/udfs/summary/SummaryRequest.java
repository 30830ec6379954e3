package dev.stillhouse.udfs.summary;

import java.io.Serializable;

/**
 * What is wanted of documents.
 *
 * @param budget how long a summary may be
 * @param headline whether to give the sentence that says the most
 * @param keywords how many to give at most, 0 to {@value #MOST_KEYWORDS}
 */
public record SummaryRequest(Budget budget, boolean headline, int keywords) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Keywords at most. */
    public static final int MOST_KEYWORDS = 100;

    public SummaryRequest {
        if (keywords < 0 || keywords > MOST_KEYWORDS) {
            throw new IllegalArgumentException(
                    "Invalid keywords: " + keywords + " (must be between 0 and " + MOST_KEYWORDS + ")");
        }
    }
}
