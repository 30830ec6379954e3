package dev.stillhouse.udfs.sql;

import dev.stillhouse.udfs.student.StudentFiles;
import dev.stillhouse.udfs.summary.Summary;
import dev.stillhouse.udfs.summary.SummaryDefaults;
import dev.stillhouse.udfs.summary.SummaryKernel;
import dev.stillhouse.udfs.summary.SummaryKernels;
import dev.stillhouse.udfs.summary.SummaryRequest;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * {@code models.<name>(text string)} of a student that summarises: {@code struct<summary string, sentences array<struct<begin int, end int, score float>>, headline string, keywords array<string>, margin float>}, for the budget of the student's task; headline is null and keywords are empty where the task does not ask for them.
 * Null for a null text; bytes that are not UTF-8 are replaced. The run was pinned when the function was resolved. Pure: Spark may evaluate it again, and all instances of one student are equal.
 *
 * <p>Safe for use by several threads; serialisable. An executor loads the student once, whatever the number of its tasks and queries.
 */
public final class SummaryFunction implements ScalarFunction<InternalRow> {
    private static final long serialVersionUID = 1L;
    private static final StructType SENTENCE = new StructType()
            .add("begin", DataTypes.IntegerType, false)
            .add("end", DataTypes.IntegerType, false)
            .add("score", DataTypes.FloatType, false);
    private static final StructType RESULT = new StructType()
            .add("summary", DataTypes.StringType, false)
            .add("sentences", DataTypes.createArrayType(SENTENCE, false), false)
            .add("headline", DataTypes.StringType, true)
            .add("keywords", DataTypes.createArrayType(DataTypes.StringType, false), false)
            .add("margin", DataTypes.FloatType, false);

    private final String name;
    private final String identity;
    private final Broadcast<StudentFiles> files;
    private transient volatile @Nullable Opened opened;

    /**
     * @param name of the function
     * @param files of a student that summarises
     * @param identity of the files
     */
    SummaryFunction(String name, Broadcast<StudentFiles> files, String identity) {
        this.name = name;
        this.files = files;
        this.identity = identity;
    }

    /** The summary of a text; null for null. Called by Spark's generated code. */
    public @Nullable InternalRow invoke(@Nullable UTF8String text) {
        return text == null ? null : student().says(text.toString());
    }

    private Opened student() {
        Opened student = opened;
        if (student == null) {
            SummaryKernel kernel =
                    SummaryKernels.of(identity, () -> files.value().onnx(), name);
            student = new Opened(kernel, SummaryDefaults.of(kernel.model().metadata(), name));
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
        return RESULT;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SummaryFunction function && function.identity.equals(identity);
    }

    @Override
    public int hashCode() {
        return identity.hashCode();
    }

    /** The student in this JVM. */
    private record Opened(SummaryKernel kernel, SummaryRequest request) {
        InternalRow says(String text) {
            Summary summary = kernel.summarize(text, request);
            Object[] sentences = summary.sentences().stream()
                    .map(sentence -> row(sentence.begin(), sentence.end(), sentence.score()))
                    .toArray();
            Object[] keywords =
                    summary.keywords().stream().map(UTF8String::fromString).toArray();
            return row(
                    UTF8String.fromString(summary.text()),
                    new GenericArrayData(sentences),
                    request.headline() ? UTF8String.fromString(summary.headline()) : null,
                    new GenericArrayData(keywords),
                    (float) summary.margin());
        }

        private static InternalRow row(@Nullable Object... values) {
            return new GenericInternalRow(values);
        }
    }
}
