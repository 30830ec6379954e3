package dev.stillhouse.reports;

import dev.stillhouse.reports.Block.Mark;
import dev.stillhouse.reports.Block.SignalCard;
import dev.stillhouse.reports.record.Histogram;
import dev.stillhouse.reports.record.SignalFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The distribution of each signal with the thresholds of its rules. */
final class SignalsView {
    private SignalsView() {}

    /** The signals that rules look at, and folded the others; empty where nothing was measured. */
    static Optional<Block> block(Map<String, SignalFigures> signals) {
        List<SignalCard> first = new ArrayList<>();
        List<SignalCard> rest = new ArrayList<>();
        signals.forEach((name, signal) -> {
            if (signal.documents() > 0) {
                (signal.thresholds().isEmpty() ? rest : first).add(card(name, signal));
            }
        });
        if (first.isEmpty() && rest.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Block.Signals(
                "Signals",
                "Of kept and removed documents; the first and last bar hold what lies beyond. Lines mark the thresholds of rules.",
                first,
                rest));
    }

    private static SignalCard card(String name, SignalFigures signal) {
        Histogram histogram = signal.histogram();
        double low = histogram.edges().get(0);
        double high = histogram.edges().get(histogram.edges().size() - 1);
        boolean share = !signal.denominator().isEmpty() && high <= 1 && low >= 0;
        String over = signal.denominator().isEmpty() ? "" : ", over " + signal.denominator();
        String quantiles = "5 %: " + value(signal.p5(), share) + " · half: " + value(signal.p50(), share) + " · 95 %: "
                + value(signal.p95(), share);
        String failed = signal.thresholds().isEmpty()
                ? ""
                : signal.failed() == 0 ? "" : NumberText.count(signal.failed()) + " fail";
        boolean constant = low == high;
        return new SignalCard(
                name,
                signal.meaning() + over,
                constant ? List.of() : bars(histogram),
                marks(signal, low, high),
                value(low, share),
                value(high, share),
                constant ? value(low, share) + " in nearly all documents" : quantiles,
                failed);
    }

    private static List<String> bars(Histogram histogram) {
        long most = histogram.counts().stream().mapToLong(Long::longValue).max().orElse(0);
        return histogram.counts().stream()
                .map(count -> "--h:" + NumberText.decimal(most == 0 ? 0 : 100.0 * count / most, 1) + "%")
                .toList();
    }

    private static List<Mark> marks(SignalFigures signal, double low, double high) {
        List<Mark> marks = new ArrayList<>();
        for (SignalFigures.Threshold threshold : signal.thresholds()) {
            double place = high > low ? (threshold.value() - low) / (high - low) : threshold.value() < low ? -1 : 2;
            double bounded = Math.max(0, Math.min(1, place));
            String beyond =
                    high == low || (place >= 0 && place <= 1) ? "" : place < 0 ? ", left of this" : ", right of this";
            marks.add(new Mark("--x:" + NumberText.decimal(100 * bounded, 2) + "%", threshold.condition() + beyond));
        }
        return marks;
    }

    private static String value(double value, boolean share) {
        if (share) {
            return NumberText.percent(value);
        }
        return NumberText.value(value);
    }
}
