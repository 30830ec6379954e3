package dev.stillhouse.udfs.sql;

import dev.stillhouse.udfs.quality.QualityKernel;
import dev.stillhouse.udfs.quality.Signal;
import dev.stillhouse.udfs.quality.Signals;
import java.util.Arrays;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * {@code quality(text string)}: a struct with a field for each {@link Signal}, by its column's name: bigint for counts, double for others, null where a signal is undefined. Null for a null text; bytes that are not UTF-8 count as replacement characters. All instances are equal, so that Spark measures a text once
 * for all uses in an operator.
 *
 * <p>Safe for use by several threads, each of which keeps a kernel; serialisable.
 */
public record QualityFunction() implements ScalarFunction<InternalRow> {
    static final String NAME = "quality";

    private static final long serialVersionUID = 1L;
    private static final Signal[] SIGNALS = Signal.values();
    private static final StructType TYPE = new StructType(Arrays.stream(SIGNALS)
            .map(signal -> DataTypes.createStructField(
                    signal.column(), signal.isCount() ? DataTypes.LongType : DataTypes.DoubleType, true))
            .toArray(StructField[]::new));
    private static final ThreadLocal<Measurer> MEASURER = ThreadLocal.withInitial(Measurer::new);

    /** The signals of a text; null for null. Called by Spark's generated code. */
    public @Nullable InternalRow invoke(@Nullable UTF8String text) {
        return text == null ? null : MEASURER.get().measure(text);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String canonicalName() {
        return "stillhouse.quality(string)";
    }

    /** The name, for Spark's plans and for columns without a name of their own. */
    @Override
    public String toString() {
        return NAME;
    }

    @Override
    public DataType[] inputTypes() {
        return new DataType[] {DataTypes.StringType};
    }

    @Override
    public StructType resultType() {
        return TYPE;
    }

    /** What a thread keeps. */
    private static final class Measurer {
        private final StringScan strings = new StringScan();
        private final QualityKernel kernel = QualityKernel.ofAll();
        private final Signals signals = new Signals();

        InternalRow measure(UTF8String text) {
            kernel.measure(strings.read(text), signals);
            strings.release();
            @Nullable Object[] values = new @Nullable Object[SIGNALS.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = value(SIGNALS[i]);
            }
            return new GenericInternalRow(values);
        }

        private @Nullable Object value(Signal signal) {
            double value = signals.value(signal);
            if (Double.isNaN(value)) {
                return null;
            }
            return signal.isCount() ? (Object) (long) value : (Object) value;
        }
    }
}
