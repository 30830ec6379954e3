package dev.stillhouse.udfs.sql;

import dev.stillhouse.udfs.minhash.MinHasher;
import dev.stillhouse.udfs.minhash.Shingles;
import dev.stillhouse.udfs.text.TextScan;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * {@code minhash(text string [, shingle int [, permutations int]])}: the signature of {@link MinHasher} over {@link Shingles} as {@code array<int>}, of {@value #SHINGLE} words and {@value #PERMUTATIONS} permutations where they are not given. Null where an argument is null; {@link MinHasher#EMPTY} at every place for a
 * text without words. Both numbers may differ from row to row.
 *
 * <p>Safe for use by several threads, each of which keeps kernels; serialisable.
 *
 * @param arguments how many the call gives, 1 to 3
 */
public record MinHashFunction(int arguments) implements ScalarFunction<ArrayData> {
    /** Words of a shingle where none are given. */
    public static final int SHINGLE = 5;

    /** Most words of a shingle. */
    public static final int MOST_SHINGLE = 1000;

    /** Length of a signature where none is given. */
    public static final int PERMUTATIONS = 128;

    /** Longest signature. */
    public static final int MOST_PERMUTATIONS = 4096;

    static final String NAME = "minhash";

    private static final long serialVersionUID = 1L;
    private static final DataType[] TYPES = {DataTypes.StringType, DataTypes.IntegerType, DataTypes.IntegerType};
    private static final ThreadLocal<Signer> SIGNER = ThreadLocal.withInitial(Signer::new);

    /** The signature of a text; null for null. Called by Spark's generated code. */
    public @Nullable ArrayData invoke(@Nullable UTF8String text) {
        return invoke(text, SHINGLE, PERMUTATIONS);
    }

    /**
     * The signature of a text; null for null. Called by Spark's generated code.
     *
     * @throws IllegalArgumentException where the number is not 1 to {@value #MOST_SHINGLE}
     */
    public @Nullable ArrayData invoke(@Nullable UTF8String text, int shingle) {
        return invoke(text, shingle, PERMUTATIONS);
    }

    /**
     * The signature of a text; null for null. Called by Spark's generated code.
     *
     * @throws IllegalArgumentException where a number is not 1 to {@value #MOST_SHINGLE} or 1 to {@value #MOST_PERMUTATIONS}
     */
    public @Nullable ArrayData invoke(@Nullable UTF8String text, int shingle, int permutations) {
        require("shingle", shingle, MOST_SHINGLE);
        require("permutations", permutations, MOST_PERMUTATIONS);
        return text == null ? null : SIGNER.get().sign(text, new Parameters(shingle, permutations));
    }

    private static void require(String noun, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException("Invalid " + noun + ": " + value + " (must be 1 to " + most + ")");
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String canonicalName() {
        return "stillhouse.minhash(string" + ",int".repeat(arguments - 1) + ")";
    }

    /** The name, for Spark's plans and for columns without a name of their own. */
    @Override
    public String toString() {
        return NAME;
    }

    @Override
    public DataType[] inputTypes() {
        return Arrays.copyOf(TYPES, arguments);
    }

    @Override
    public DataType resultType() {
        return DataTypes.createArrayType(DataTypes.IntegerType, false);
    }

    private record Parameters(int shingle, int permutations) {}

    private record Kernel(Shingles shingles, MinHasher hasher) {
        static Kernel of(Parameters parameters) {
            return new Kernel(new Shingles(parameters.shingle()), new MinHasher(parameters.permutations()));
        }
    }

    /** What a thread keeps: kernels of a few calls of a query, not of all values of a column. */
    private static final class Signer {
        private static final int KEPT = 8;

        private final StringScan strings = new StringScan();
        private final Map<Parameters, Kernel> kernels = new HashMap<>();

        ArrayData sign(UTF8String text, Parameters parameters) {
            if (kernels.size() == KEPT && !kernels.containsKey(parameters)) {
                kernels.clear();
            }
            Kernel kernel = kernels.computeIfAbsent(parameters, Kernel::of);
            TextScan scan = strings.read(text);
            kernel.shingles().read(scan);
            strings.release();
            return UnsafeArrayData.fromPrimitiveArray(kernel.hasher().signature(kernel.shingles()));
        }
    }
}
