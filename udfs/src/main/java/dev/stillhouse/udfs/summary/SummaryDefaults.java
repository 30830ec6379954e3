package dev.stillhouse.udfs.summary;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

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
     * @throws IllegalArgumentException if there is none, or it is no request
     */
    public static SummaryRequest of(Map<String, String> metadata) {
        if (!metadata.keySet()
                .containsAll(metadata(new SummaryRequest(new Budget(Budget.Unit.SENTENCES, 1), false, 0))
                        .keySet())) {
            throw new IllegalArgumentException("Invalid student: it does not say what its task wants of documents");
        }
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
