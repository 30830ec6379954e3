package dev.stillhouse.udfs.quality;

import java.util.Arrays;

/** The values of one text's signals; NaN where one is undefined or was not measured. Reusable; not safe for use by several threads. */
public final class Signals {
    private final double[] values = new double[Signal.values().length];

    public Signals() {
        clear();
    }

    /** Makes every value NaN. */
    void clear() {
        Arrays.fill(values, Double.NaN);
    }

    /** The value of a signal. */
    @SuppressWarnings("EnumOrdinal") // the array's index, and no one else's
    public double value(Signal signal) {
        return values[signal.ordinal()];
    }

    @SuppressWarnings("EnumOrdinal")
    void set(Signal signal, double value) {
        values[signal.ordinal()] = value;
    }

    /** Takes over another's values of a group. */
    public void replace(SignalGroup group, Signals other) {
        group.signals().forEach(signal -> set(signal, other.value(signal)));
    }

    void add(Signal signal, double more) {
        set(signal, value(signal) + more);
    }
}
