package dev.stillhouse.udfs.quality;

import dev.stillhouse.udfs.text.TextScan;
import java.util.EnumSet;
import java.util.Set;

/**
 * Measures the signals of a text: one pass over its bytes finds words and lines, and every group of signals is counted from those. Memory grows with the longest text. Not safe for use by several threads; not serialisable.
 */
public final class QualityKernel {
    private final Set<SignalGroup> groups;
    private final TextComposition composition = new TextComposition();
    private final Repetition repetition = new Repetition();
    private final FineWebLines fineWeb = new FineWebLines();
    private final C4Lines c4 = new C4Lines();

    private QualityKernel(Set<SignalGroup> groups) {
        this.groups = groups;
    }

    /** A kernel for some groups of signals. */
    public static QualityKernel of(Set<SignalGroup> groups) {
        return new QualityKernel(groups.isEmpty() ? EnumSet.noneOf(SignalGroup.class) : EnumSet.copyOf(groups));
    }

    /** A kernel for all signals. */
    public static QualityKernel ofAll() {
        return new QualityKernel(EnumSet.allOf(SignalGroup.class));
    }

    /**
     * Measures a text that was scanned.
     *
     * @param signals gets all values: NaN where a signal is undefined or not of the kernel's groups
     */
    public void measure(TextScan scan, Signals signals) {
        signals.clear();
        if (groups.contains(SignalGroup.COMPOSITION)) {
            composition.measure(scan, signals);
        }
        if (groups.contains(SignalGroup.GOPHER_QUALITY)) {
            GopherQuality.measure(scan, signals);
        }
        if (groups.contains(SignalGroup.GOPHER_REPETITION)) {
            repetition.measure(scan, signals);
        }
        if (groups.contains(SignalGroup.C4)) {
            c4.measure(scan, signals);
        }
        if (groups.contains(SignalGroup.FINEWEB)) {
            fineWeb.measure(scan, signals);
        }
    }
}
