package dev.stillhouse.reports;

import static dev.stillhouse.reports.NumberText.count;

import dev.stillhouse.reports.PageView.Section;
import dev.stillhouse.reports.record.SummarizeFigures;
import java.util.ArrayList;
import java.util.List;

/** What groups of documents say, with where each sentence comes from. */
final class DigestsView {
    private static final int SHOWN = 4;
    private static final int MOST_OF_SENTENCE = 1_200;

    private DigestsView() {}

    static Section section(SummarizeFigures figures) {
        String lead = "What the documents of each " + String.join(" and ", figures.groupBy())
                + " say, each thing once, with where it comes from."
                + (figures.groups() > figures.digests().size()
                        ? " Of " + count(figures.groups()) + " digests, those of the largest groups."
                        : "");
        Block digests = new Block.Digests(
                "",
                "",
                figures.digests().stream()
                        .map(digest -> digest(digest, figures.groupBy()))
                        .toList(),
                SHOWN);
        return new Section("digests", "Digests", lead, List.of(digests));
    }

    private static Block.Digest digest(SummarizeFigures.Digest digest, List<String> groupBy) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < digest.group().size(); i++) {
            String column = i < groupBy.size() ? groupBy.get(i) + ": " : "";
            values.add(column + digest.group().get(i));
        }
        return new Block.Digest(
                String.join(", ", values),
                documents(digest.documents()),
                digest.sentences().stream().map(DigestsView::sentence).toList());
    }

    private static Block.Quote sentence(SummarizeFigures.Sentence sentence) {
        return new Block.Quote(
                sentence.source() + " / " + sentence.id(),
                List.of(new Block.Piece(Excerpt.beginning(sentence.text(), MOST_OF_SENTENCE), false)),
                sentence.saidBy() == 1 ? "" : "said by " + documents(sentence.saidBy()));
    }

    private static String documents(long documents) {
        return documents == 1 ? "1 document" : count(documents) + " documents";
    }
}
