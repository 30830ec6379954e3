package dev.stillhouse.udfs.sql;

import dev.stillhouse.udfs.Decision;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.student.StudentFiles;
import dev.stillhouse.udfs.student.StudentKernel;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * {@code models.<name>(text string)}: what a student of n-grams and vectors says of a text, as a struct.
 *
 * <ul>
 *   <li>one label of several: {@code label string, probability float, margin float, probabilities array<float>}, in the order of the student's labels; margin is the first less the second probability;
 *   <li>any number of labels: {@code labels array<string>, probabilities array<float>, margin float}, the least distance of a probability from its threshold;
 *   <li>a number: {@code score float}.
 * </ul>
 *
 * Null for a null text; bytes that are not UTF-8 separate words. The run was pinned when the function was resolved. Pure: Spark may evaluate it again, and all instances of one student are equal.
 *
 * <p>Safe for use by several threads; serialisable. An executor loads the student once, whatever the number of its tasks and queries.
 */
public final class StudentFunction implements ScalarFunction<InternalRow> {
    private static final long serialVersionUID = 1L;
    private static final DataType FLOATS = DataTypes.createArrayType(DataTypes.FloatType, false);
    private static final DataType STRINGS = DataTypes.createArrayType(DataTypes.StringType, false);
    private static final StructType ONE = new StructType()
            .add("label", DataTypes.StringType, false)
            .add("probability", DataTypes.FloatType, false)
            .add("margin", DataTypes.FloatType, false)
            .add("probabilities", FLOATS, false);
    private static final StructType SEVERAL = new StructType()
            .add("labels", STRINGS, false)
            .add("probabilities", FLOATS, false)
            .add("margin", DataTypes.FloatType, false);
    private static final StructType NUMBER = new StructType().add("score", DataTypes.FloatType, false);

    private final String name;
    private final String identity;
    private final Link link;
    private final Broadcast<StudentFiles> files;
    private transient volatile @Nullable Opened opened;

    /**
     * @param name of the function
     * @param files of a student that takes text
     * @param identity of the files
     * @param link of the student
     */
    StudentFunction(String name, Broadcast<StudentFiles> files, String identity, Link link) {
        this.name = name;
        this.files = files;
        this.identity = identity;
        this.link = link;
    }

    /** What the student says of a text; null for null. Called by Spark's generated code. */
    public @Nullable InternalRow invoke(@Nullable UTF8String text) {
        return text == null ? null : student().says(text);
    }

    private Opened student() {
        Opened student = opened;
        if (student == null) {
            student = new Opened(TaskKernel.lease(files, identity, name));
            opened = student;
        }
        return student;
    }

    @Override
    public String name() {
        return name;
    }

    /** Equal for equal students alone. */
    @Override
    public String canonicalName() {
        return "stillhouse.models." + identity + "(string)";
    }

    /** The name, for Spark's plans and for columns without a name of their own. */
    @Override
    public String toString() {
        return name;
    }

    @Override
    public DataType[] inputTypes() {
        return new DataType[] {DataTypes.StringType};
    }

    @Override
    public StructType resultType() {
        return switch (link) {
            case SOFTMAX -> ONE;
            case LOGISTIC -> SEVERAL;
            case IDENTITY -> NUMBER;
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StudentFunction function && function.identity.equals(identity);
    }

    @Override
    public int hashCode() {
        return identity.hashCode();
    }

    /** The student in this JVM. */
    private static final class Opened {
        private final StudentKernel kernel;
        private final Decision decision;
        private final UTF8String[] labels;
        private final float[] limits;

        Opened(StudentKernel kernel) {
            this.kernel = kernel;
            this.decision = kernel.decision();
            List<String> names = kernel.labels();
            this.labels = names.stream().map(UTF8String::fromString).toArray(UTF8String[]::new);
            this.limits = decision.limits(names);
        }

        InternalRow says(UTF8String text) {
            float[] outputs = outputs(text);
            return switch (decision.link()) {
                case SOFTMAX -> {
                    int first = Link.first(outputs);
                    yield row(labels[first], outputs[first], decision.link().margin(outputs, limits), array(outputs));
                }
                case LOGISTIC -> {
                    int[] given = decision.link().decide(outputs, limits);
                    Object[] names = new Object[given.length];
                    for (int i = 0; i < given.length; i++) {
                        names[i] = labels[given[i]];
                    }
                    yield row(
                            new GenericArrayData(names),
                            array(outputs),
                            decision.link().margin(outputs, limits));
                }
                case IDENTITY -> row(outputs[0]);
            };
        }

        /** The bytes are read where they lie, if they lie in an array. */
        private float[] outputs(UTF8String text) {
            if (text.getBaseObject() instanceof byte[] bytes) {
                int offset = (int) (text.getBaseOffset() - Platform.BYTE_ARRAY_OFFSET);
                return kernel.probabilities(bytes, offset, text.numBytes());
            }
            byte[] copied = text.getBytes();
            return kernel.probabilities(copied, 0, copied.length);
        }

        private static InternalRow row(Object... values) {
            return new GenericInternalRow(values);
        }

        private static UnsafeArrayData array(float[] values) {
            return UnsafeArrayData.fromPrimitiveArray(values);
        }
    }
}
