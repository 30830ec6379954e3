package dev.stillhouse.reports;

import dev.stillhouse.reports.record.SummaryFigures;
import dev.stillhouse.reports.record.SummaryFigures.SystemFigures;
import java.util.List;
import java.util.Optional;

/** Ways to summarise, by their keys in {@link SummaryFigures#systems}, and what a report calls them. */
final class SummarySystems {
    static final String TEACHER = "teacher";
    static final String STUDENT = "student";
    static final String LEAD = "lead";
    static final String LEXRANK = "lexrank";
    static final String ORACLE = "oracle";

    /** Those that learned nothing and are more than a place in the text. */
    private static final List<String> GRAPHS = List.of("textrank", LEXRANK);

    private SummarySystems() {}

    static Optional<SystemFigures> of(SummaryFigures figures, String key) {
        return Optional.ofNullable(figures.systems().get(key));
    }

    /** The key, as people write it. */
    static String name(String key) {
        return switch (key) {
            case "textrank" -> "TextRank";
            case LEXRANK -> "LexRank";
            default -> key;
        };
    }

    /** What it chooses, in a few words; empty where that is not known. */
    static String meaning(String key) {
        return switch (key) {
            case LEAD -> "first sentences";
            case "tail" -> "last sentences";
            case "random" -> "any sentences";
            case "textrank" -> "by shared words";
            case LEXRANK -> "by tf-idf";
            case ORACLE -> "knows the reference";
            default -> "";
        };
    }

    /** The key of the best of those that learned nothing, by ROUGE-1; empty if none was judged. */
    static Optional<String> bestGraph(SummaryFigures figures) {
        return GRAPHS.stream()
                .filter(figures.systems()::containsKey)
                .max((left, right) -> Double.compare(
                        figures.systems().get(left).rouge1().value(),
                        figures.systems().get(right).rouge1().value()));
    }

    /** Whether summaries are compared with what people wrote, and not with the teacher's own. */
    static boolean isReferenced(SummaryFigures figures) {
        return !figures.judgedBy().equals(TEACHER);
    }
}
