package dev.stillhouse.datasets.schema;

import dev.stillhouse.udfs.quality.Signal;
import dev.stillhouse.udfs.quality.Signals;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** The signals of {@link Signal} as columns: whole numbers as long, the others as double, null where undefined or not measured. */
public final class SignalColumns {
    private SignalColumns() {}

    /** The columns' names, in the order of {@link Signal}. */
    public static List<String> names() {
        return Arrays.stream(Signal.values()).map(Signal::column).toList();
    }

    /** A schema with a column for each signal at its end. */
    public static StructType append(StructType schema) {
        StructType extended = schema;
        for (Signal signal : Signal.values()) {
            String over = signal.isRatio() ? ", over " + signal.denominator() : "";
            extended = extended.add(signal.column(), type(signal), true, signal.meaning() + over);
        }
        return extended;
    }

    /** A signal's value as its column holds it. */
    public static @Nullable Object value(Signals signals, Signal signal) {
        double value = signals.value(signal);
        if (Double.isNaN(value)) {
            return null;
        }
        return signal.isCount() ? (Object) (long) value : (Object) value;
    }

    private static DataType type(Signal signal) {
        return signal.isCount() ? DataTypes.LongType : DataTypes.DoubleType;
    }
}
