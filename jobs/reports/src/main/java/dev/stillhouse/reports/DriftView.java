package dev.stillhouse.reports;

import static dev.stillhouse.reports.NumberText.count;
import static dev.stillhouse.reports.NumberText.score;

import dev.stillhouse.reports.Block.Cell;
import dev.stillhouse.reports.Block.Column;
import dev.stillhouse.reports.Block.PairedBar;
import dev.stillhouse.reports.Block.PairedCard;
import dev.stillhouse.reports.Block.Row;
import dev.stillhouse.reports.record.DriftFigures;
import dev.stillhouse.reports.record.DriftFigures.Statistic;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** How scored documents differ from those that the student was chosen on. */
final class DriftView {
    private static final String OTHERS = "all others";

    private DriftView() {}

    static List<Block> blocks(DriftFigures drift) {
        return List.of(table(drift), cards(drift));
    }

    /** One sentence for the head of the section. */
    static String sentence(DriftFigures drift) {
        List<Statistic> drifted = drift.drifted();
        return drifted.isEmpty()
                ? "They are like the documents that the student was chosen on."
                : "They differ from the documents that the student was chosen on, by "
                        + drifted.stream().map(one -> name(one.name())).collect(Collectors.joining(" and by ")) + ".";
    }

    private static Block table(DriftFigures drift) {
        double most = Math.max(drift.bound(), drift.worst().map(Statistic::psi).orElse(0.0));
        List<Row> rows = new ArrayList<>();
        for (Statistic one : drift.statistics()) {
            rows.add(Row.of(
                    Cell.of(name(one.name()), meaning(one.name())),
                    verdict(drift, one),
                    Cell.bar(score(one.psi()), one.psi() / most),
                    Cell.of(score(one.psiFloor())),
                    Cell.of(score(one.jensenShannon())),
                    Cell.of(count(one.scored()))));
        }
        drift.absent()
                .forEach((name, reason) -> rows.add(Row.of(
                        Cell.of(name(name), meaning(name)),
                        Cell.of("not compared", reason),
                        Cell.of(NumberText.ABSENT),
                        Cell.of(NumberText.ABSENT),
                        Cell.of(NumberText.ABSENT),
                        Cell.of(NumberText.ABSENT))));
        String gate = drift.isGate() ? " Scores that drift are not published." : "";
        return new Block.Table(
                "Drift",
                "Against " + count(drift.referenceDocuments())
                        + " documents that the student was chosen on but not fitted on. Drifted is what has a stability index above "
                        + NumberText.value(drift.bound())
                        + ", and above what chance makes 95 times in 100 where nothing has changed."
                        + gate,
                List.of(
                        Column.text("statistic"),
                        Column.text("verdict"),
                        Column.number("stability index"),
                        Column.number("by chance"),
                        Column.number("divergence"),
                        Column.number("values")),
                rows);
    }

    private static Cell verdict(DriftFigures drift, Statistic one) {
        if (drift.hasDrifted(one)) {
            return Cell.toned("drifted", "bad");
        }
        return one.psi() > one.psiFloor()
                ? Cell.toned("differs, within the bound", "quiet")
                : Cell.toned("no more than chance", "good");
    }

    private static Block cards(DriftFigures drift) {
        return new Block.Paired(
                "Then and now",
                "Share of values by bin. Bins are of about equal mass then, so equal heights are what is expected of score and unseen words.",
                drift.statistics().stream().map(DriftView::card).toList());
    }

    private static PairedCard card(Statistic one) {
        double most = 0;
        for (int bin = 0; bin < one.referenceCounts().size(); bin++) {
            most = Math.max(most, Math.max(then(one, bin), now(one, bin)));
        }
        List<PairedBar> bars = new ArrayList<>();
        for (int bin = 0; bin < one.referenceCounts().size(); bin++) {
            if (one.referenceCounts().get(bin) + one.scoredCounts().get(bin) > 0) {
                String name = bin(one, bin);
                bars.add(new PairedBar(
                        height(then(one, bin), most),
                        height(now(one, bin), most),
                        name,
                        NumberText.percent(then(one, bin)),
                        NumberText.percent(now(one, bin))));
            }
        }
        return new PairedCard(name(one.name()), "stability index " + score(one.psi()), bars);
    }

    private static double then(Statistic one, int bin) {
        return (double) one.referenceCounts().get(bin) / Math.max(1, one.reference());
    }

    private static double now(Statistic one, int bin) {
        return (double) one.scoredCounts().get(bin) / Math.max(1, one.scored());
    }

    private static String height(double share, double most) {
        return "--h:" + NumberText.decimal(most == 0 ? 0 : 100 * share / most, 1) + "%";
    }

    private static String bin(Statistic one, int bin) {
        if (!one.categories().isEmpty()) {
            return bin < one.categories().size() ? one.categories().get(bin) : OTHERS;
        }
        if (one.edges().isEmpty()) {
            return "any";
        }
        if (bin == 0) {
            return "below " + edge(one, 0);
        }
        return bin == one.edges().size()
                ? edge(one, bin - 1) + " or more"
                : edge(one, bin - 1) + " – " + edge(one, bin);
    }

    private static String edge(Statistic one, int edge) {
        double value = one.edges().get(edge);
        return one.name().equals("unseen_words") ? NumberText.percent(value) : decimals(value);
    }

    private static String decimals(double value) {
        return value == Math.rint(value) && Math.abs(value) >= 2 ? count((long) value) : score(value);
    }

    private static String name(String key) {
        return key.replace('_', ' ');
    }

    private static String meaning(String key) {
        return switch (key) {
            case "score" -> "greatest probability, or the score";
            case "label" -> "labels that the student gives";
            case "length" -> "code points of a text";
            case "unseen_words" -> "share of a text’s words that the student does not know";
            case "language" -> "as a kept column tells it";
            default -> "";
        };
    }
}
