package dev.stillhouse.udfs.summary;

import dev.stillhouse.udfs.errors.DataException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a student's task wants of documents, as it travels in the student's metadata: what the SQL function gives. */
public final class SummaryDefaults {
    private static final String UNIT = "summary.budget_unit";
    private static final String AMOUNT = "summary.budget";
    private static final String TOKENIZER = "summary.budget_tokenizer";
    private static final String HEADLINE = "summary.headline";
    private static final String KEYWORDS = "summary.keywords";

    private SummaryDefaults() {}

    /** A request as metadata. */
    public static Map<String, String> metadata(SummaryRequest request) {
        Map<String, String> metadata = new TreeMap<>();
        metadata.put(UNIT, request.budget().unit().name().toLowerCase(Locale.ROOT));
        metadata.put(AMOUNT, Double.toString(request.budget().amount()));
        if (!request.budget().tokenizer().isEmpty()) {
            metadata.put(TOKENIZER, request.budget().tokenizer());
        }
        metadata.put(HEADLINE, Boolean.toString(request.headline()));
        metadata.put(KEYWORDS, Integer.toString(request.keywords()));
        return metadata;
    }

    /**
     * The request in a student's metadata.
     *
     * @param name of the student, for messages
     * @throws DataException if there is none, or it is no request
     */
    public static SummaryRequest of(Map<String, String> metadata, String name) {
        if (!metadata.keySet()
                .containsAll(metadata(new SummaryRequest(new Budget(Budget.Unit.SENTENCES, 1), false, 0))
                        .keySet())) {
            throw new DataException("Cannot read student " + name + ": it does not say what its task wants of documents");
        }
        try {
            return request(metadata);
        } catch (IllegalArgumentException e) {
            throw new DataException(
"Cannot read student " + name + ": what its task wants of documents is spoilt: " + e.getMessage(), e);
        }
    }

    /** Whether a student's metadata has a part of a request. */
    static boolean isIn(Map<String, String> metadata) {
        return Stream.of(UNIT, AMOUNT, TOKENIZER, HEADLINE, KEYWORDS).anyMatch(metadata::containsKey);
    }

    private static SummaryRequest request(Map<String, String> metadata) {
        Budget.Unit unit = Budget.Unit.valueOf(metadata.getOrDefault(UNIT, "").toUpperCase(Locale.ROOT));
        return new SummaryRequest(
                new Budget(
                        unit,
                        Double.parseDouble(metadata.getOrDefault(AMOUNT, "")),
                        metadata.getOrDefault(TOKENIZER, "")),
                Boolean.parseBoolean(metadata.get(HEADLINE)),
                Integer.parseInt(metadata.getOrDefault(KEYWORDS, "")));
    }
}
