package dev.stillhouse.reports;

import dev.stillhouse.reports.record.ScoreFigures;
import dev.stillhouse.reports.record.SummarizeFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a run of summarising leaves, with numbers as they occur. */
final class SummarizeFixtures {
    private SummarizeFixtures() {}

    /** Every text from data is the one given. */
    static SummarizeFigures of(String text) {
        List<SummarizeFigures.Example> examples = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            examples.add(new SummarizeFigures.Example(
                    text,
                    "pubmed-" + i,
                    text.equals(SummaryFixtures.PLAIN) ? "A headline of the student." : text,
                    List.of(text, "glands"),
                    List.of(
                            new SummarizeFigures.Piece("What stands before it", false),
                            new SummarizeFigures.Piece(
                                    text.equals(SummaryFixtures.PLAIN) ? SummaryFixtures.SECRET : text, true))));
        }
        return new SummarizeFigures(
                17_597,
                6,
                35_032,
                927_262,
                2_625_088,
                3,
                1_204,
                Map.of(text, 17_597L),
                Map.of("empty_text", 4L),
                "200 words",
                SummaryFixtures.MODEL,
                1_429,
                12,
                List.of("source", "year"),
                examples,
                List.of(new SummarizeFigures.Digest(
                        List.of(text, "2019"),
                        1_204,
                        List.of(
                                new SummarizeFigures.Sentence(text, text, "pubmed-7", 1),
                                new SummarizeFigures.Sentence("What several say.", "test", "pubmed-8", 41)))),
                Map.of("student", 9_301L, "teacher", 7_980L, "cache", 316L),
                Optional.of(route()));
    }

    private static ScoreFigures.Route route() {
        return new ScoreFigures.Route(
                "agreement",
                "",
                0.8,
                0.95,
                Optional.of(0.2145),
                0.5286,
                300,
                171,
                300,
                Optional.of(0.8472),
                0.8013,
                Optional.of(0.8039),
                200,
                Optional.of(0.8391),
                Optional.empty(),
                7_980,
                Optional.of(10_000),
                Optional.of(1.9),
                "");
    }
}
