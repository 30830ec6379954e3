package dev.stillhouse.reports;

import static dev.stillhouse.reports.NumberText.count;
import static dev.stillhouse.reports.NumberText.percent;
import static dev.stillhouse.reports.NumberText.share;

import dev.stillhouse.reports.Block.Cell;
import dev.stillhouse.reports.Block.Column;
import dev.stillhouse.reports.Block.Piece;
import dev.stillhouse.reports.Block.Quote;
import dev.stillhouse.reports.Block.Row;
import dev.stillhouse.reports.record.NearDuplicateFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Near-duplicates: how they were proposed, what verification refused, and pairs side by side. */
final class NearDuplicatesView {
    private static final int SHOWN = 4;
    private static final Map<String, String> REFUSED = Map.of(
            "below_threshold", "not similar enough to any kept document that shares a band",
            "not_contained", "says something that no kept document that shares a band says",
            "no_kept_partner", "linked by removed documents alone: it would have been lost in a chain",
            "comparison_limit", "not similar enough to those compared with; more share a band than are compared",
            "always_keep", "a rule of the task says to keep it");

    private NearDuplicatesView() {}

    static List<Block> blocks(NearDuplicateFigures near) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(outcomes(near));
        blocks.add(curve(near));
        if (!near.pairs().isEmpty()) {
            blocks.add(new Block.Pairs(
                    "Near-duplicates side by side",
                    "Of each kept document the near-duplicate that is least like it, those first that stand for most. Marked is what the other does not say at this place.",
                    near.pairs().stream().map(NearDuplicatesView::pair).toList(),
                    SHOWN));
        }
        return blocks;
    }

    private static Block outcomes(NearDuplicateFigures near) {
        List<Row> rows = new ArrayList<>();
        rows.add(row(
                "proposed",
                "share a band with another document, the first of each group aside",
                near.proposed(),
                near));
        rows.add(row("verified", near.rule(), near.verified(), near));
        near.refusedByReason()
                .forEach((reason, documents) ->
                        rows.add(row("refused: " + reason, REFUSED.getOrDefault(reason, ""), documents, near)));
        String groups = near.clusters() == 0
                ? ""
                : " Kept documents that stand for those verified: " + count(near.clusters())
                        + "; documents in the largest group that bands link: " + count(near.largest()) + ".";
        return new Block.Table(
                "Near-duplicates",
                "Bands only propose; each near-duplicate was verified against a document that stays." + groups,
                List.of(Column.text("documents"), Column.number("count"), Column.number("of proposed")),
                rows);
    }

    private static Row row(String name, String meaning, long documents, NearDuplicateFigures near) {
        return Row.of(Cell.of(name, meaning), Cell.of(count(documents)), Cell.of(share(documents, near.proposed())));
    }

    private static Block curve(NearDuplicateFigures near) {
        List<double[]> points = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        List<Double> curve = near.curve();
        for (int i = 0; i < curve.size(); i++) {
            double similarity = (double) i / (curve.size() - 1);
            points.add(new double[] {similarity, curve.get(i), 0});
            if (i % 5 == 0) {
                rows.add(Row.of(Cell.of(NumberText.decimal(similarity, 2)), Cell.of(percent(curve.get(i)))));
            }
        }
        double reached = curve.get((int) Math.round(near.threshold() * (curve.size() - 1)));
        String note = near.bands() + " bands of " + near.rows() + " values, family " + near.family()
                + ": a pair at the threshold "
                + NumberText.decimal(near.threshold(), 2) + " is proposed with a chance of " + percent(reached)
                + " (asked for: "
                + percent(near.recall()) + ").";
        ChartData data = new ChartData(
                "curve",
                "curve",
                List.of(),
                List.of(
                        new ChartData.Series("chance to be proposed", points),
                        new ChartData.Series(
                                "threshold",
                                List.of(new double[] {near.threshold(), 0, 0}, new double[] {near.threshold(), 1, 0}))),
                "Jaccard similarity",
                "chance to be proposed");
        return new Block.Chart(
                "curve",
                "How similar documents must be to be proposed",
                "S-curve: " + note,
                note,
                data,
                new Block.Table("", "", List.of(Column.number("similarity"), Column.number("chance")), rows));
    }

    private static Block.Pair pair(NearDuplicateFigures.Pair pair) {
        String detail = "Jaccard " + NumberText.score(pair.jaccard()) + ", " + percent(pair.containment())
                + " of the near-duplicate’s word sequences are in the kept one, " + pair.sharedBands()
                + " shared bands; the kept one stands for "
                + count(pair.clusterSize()) + " documents, itself included";
        return new Block.Pair(detail, side("kept", pair.kept()), side("near-duplicate", pair.removed()));
    }

    private static Quote side(String fate, NearDuplicateFigures.Side side) {
        return new Quote(
                fate + ": " + side.source() + " / " + side.id(),
                side.pieces().stream()
                        .map(piece -> new Piece(piece.text(), piece.differs()))
                        .toList(),
                "");
    }
}
