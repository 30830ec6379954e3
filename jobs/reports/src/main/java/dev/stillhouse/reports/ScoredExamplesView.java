package dev.stillhouse.reports;

import dev.stillhouse.reports.Block.Piece;
import dev.stillhouse.reports.Block.Quote;
import dev.stillhouse.reports.Block.QuoteGroup;
import dev.stillhouse.reports.record.ScoreEvidence.Example;
import dev.stillhouse.reports.record.ScoreFigures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Scored documents to look at, by how sure the student is of them. */
final class ScoredExamplesView {
    private ScoredExamplesView() {}

    static List<Block> blocks(ScoreFigures figures) {
        Map<String, List<Example>> byConfidence = figures.evidence().examples().stream()
                .collect(Collectors.groupingBy(Example::confidence, LinkedHashMap::new, Collectors.toList()));
        if (byConfidence.isEmpty()) {
            return List.of();
        }
        boolean isNumber = figures.scores().isPresent();
        List<QuoteGroup> groups = new ArrayList<>();
        byConfidence.forEach((confidence, examples) -> groups.add(new QuoteGroup(
                title(confidence, isNumber),
                "",
                examples.stream().map(example -> quote(example, isNumber)).toList())));
        return List.of(new Block.Quotes(
                isNumber ? "Documents by score" : "Documents by confidence",
                "Out of 200 documents chosen by hash, those with the lowest, a middle and the highest "
                        + (isNumber ? "score" : "confidence") + "; the beginning of each text.",
                groups,
                groups.size()));
    }

    private static String title(String confidence, boolean isNumber) {
        String noun = isNumber ? "score" : "confidence";
        return switch (confidence) {
            case "low" -> "Lowest " + noun;
            case "high" -> "Highest " + noun;
            default -> "Middle";
        };
    }

    private static Quote quote(Example example, boolean isNumber) {
        String labels = example.labels().isEmpty() ? "no label" : String.join(", ", example.labels());
        String detail = isNumber
                ? "score " + NumberText.score(example.value())
                : labels + ", " + NumberText.score(example.value());
        return new Quote(example.source() + " / " + example.id(), List.of(new Piece(example.excerpt(), false)), detail);
    }
}
