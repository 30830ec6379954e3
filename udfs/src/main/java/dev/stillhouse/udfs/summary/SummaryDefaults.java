package dev.stillhouse.udfs.summary;

import dev.stillhouse.udfs.errors.DataException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** What a student's task wants of documents, as it travels in the student's metadata: what the SQL function gives. */
public final class SummaryDefaults {
    private static final String UNIT = "summary.budget_unit";
    private static final String AMOUNT = "summary.budget";
    private static final String TOKENIZER = "summary.budget_tokenizer";
    private static final String HEADLINE = "summary.headline";
    private static final String KEYWORDS = "summary.keywords";
    /** Of every request; a tokenizer is of budgets in tokens alone. */
    private static final Set<String> REQUIRED = Set.of(UNIT, AMOUNT, HEADLINE, KEYWORDS);

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
        if (!metadata.keySet().containsAll(REQUIRED)) {
            throw new DataException(
                    "Cannot read student " + name + ": it does not say what its task wants of documents");
        }
        try {
            return request(metadata);
        } catch (IllegalArgumentException e) {
            throw new DataException(
                    "Cannot read student " + name + ": what its task wants of documents is spoilt: " + e.getMessage(),
                    e);
        }
    }

    /** Whether a student's metadata has a part of a request. */
    static boolean isIn(Map<String, String> metadata) {
        return metadata.containsKey(TOKENIZER) || REQUIRED.stream().anyMatch(metadata::containsKey);
    }

    private static SummaryRequest request(Map<String, String> metadata) {
        return new SummaryRequest(
                new Budget(
                        value(metadata, UNIT, text -> Budget.Unit.valueOf(text.toUpperCase(Locale.ROOT))),
                        value(metadata, AMOUNT, Double::parseDouble),
                        metadata.getOrDefault(TOKENIZER, "")),
                value(metadata, HEADLINE, SummaryDefaults::truth),
                value(metadata, KEYWORDS, Integer::parseInt));
    }

    private static <T> T value(Map<String, String> metadata, String key, Function<String, T> reading) {
        String text = metadata.getOrDefault(key, "");
        try {
            return reading.apply(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Invalid " + key + ": '" + text + "'", e);
        }
    }

    private static boolean truth(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException(text);
        }
        return text.equals("true");
    }
}
