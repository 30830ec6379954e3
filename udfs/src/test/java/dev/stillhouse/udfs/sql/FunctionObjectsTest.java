package dev.stillhouse.udfs.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.connector.catalog.functions.BoundFunction;
import org.apache.spark.sql.connector.catalog.functions.Function;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The functions as objects, without a session. */
class FunctionObjectsTest {
    private final QualityFunction quality = new QualityFunction();
    private final MinHashFunction minhash = new MinHashFunction(1);

    static Stream<Function> everyFunctionSurvivesSerialisation() {
        return Stream.of(
                new UnboundQuality(),
                new UnboundMinHash(),
                new QualityFunction(),
                new MinHashFunction(1),
                new MinHashFunction(2),
                new MinHashFunction(3));
    }

    @ParameterizedTest
    @MethodSource
    void everyFunctionSurvivesSerialisation(Function function) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(function);
        }
        assertThat(bytes.size()).as("bytes").isLessThan(500);
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            Object read = in.readObject();
            assertThat(read).isEqualTo(function).isNotSameAs(function).hasSameHashCodeAs(function);
            if (read instanceof QualityFunction other) {
                assertThat(values(other.invoke(UTF8String.fromString("one two"))))
                        .isEqualTo(SampleTexts.quality(SampleTexts.bytes("one two")));
            } else if (read instanceof MinHashFunction other) {
                assertThat(values(other.invoke(UTF8String.fromString("one two"), 1, 9)))
                        .isEqualTo(SampleTexts.signature(SampleTexts.bytes("one two"), 1, 9));
            }
        }
    }

    @Test
    void bytesAreReadWhereTheyLie() {
        for (byte[] text : SampleTexts.all()) {
            byte[] padded = new byte[text.length + 12];
            Arrays.fill(padded, (byte) '.');
            System.arraycopy(text, 0, padded, 5, text.length);
            UTF8String slice = UTF8String.fromBytes(padded, 5, text.length);
            assertThat(values(quality.invoke(slice))).isEqualTo(SampleTexts.quality(text));
            assertThat(values(minhash.invoke(slice))).isEqualTo(SampleTexts.signature(text, 5, 128));
        }
    }

    @Test
    void bytesOutsideTheHeapAreRead() {
        byte[] text = SampleTexts.bytes("five words make one shingle; six make two");
        long address = Platform.allocateMemory(text.length);
        try {
            Platform.copyMemory(text, Platform.BYTE_ARRAY_OFFSET, null, address, text.length);
            UTF8String outside = UTF8String.fromAddress(null, address, text.length);
            assertThat(values(quality.invoke(outside))).isEqualTo(SampleTexts.quality(text));
            assertThat(values(minhash.invoke(outside))).isEqualTo(SampleTexts.signature(text, 5, 128));
        } finally {
            Platform.freeMemory(address);
        }
    }

    @Test
    void oneObjectServesSeveralThreads() {
        List<byte[]> texts = Collections.nCopies(200, SampleTexts.all()).stream()
                .flatMap(List::stream)
                .toList();
        List<List<@Nullable Object>> alone =
                SampleTexts.all().stream().map(SampleTexts::quality).toList();
        int kinds = alone.size();
        List<Boolean> same = IntStream.range(0, texts.size())
                .parallel()
                .mapToObj(i -> values(quality.invoke(UTF8String.fromBytes(texts.get(i))))
                        .equals(alone.get(i % kinds)))
                .toList();
        assertThat(same).containsOnly(true);
    }

    @Test
    void aResultIsNotOverwrittenByTheNext() {
        UTF8String first = UTF8String.fromString("a few words");
        UTF8String second = UTF8String.fromString("some others, and more of them");
        InternalRow row = Objects.requireNonNull(quality.invoke(first));
        ArrayData signature = Objects.requireNonNull(minhash.invoke(first));
        quality.invoke(second);
        minhash.invoke(second);
        assertThat(values(row)).isEqualTo(SampleTexts.quality(first.getBytes()));
        assertThat(values(signature)).isEqualTo(SampleTexts.signature(first.getBytes(), 5, 128));
    }

    @Test
    void aShorterSignatureIsTheBeginningOfALongerOne() {
        UTF8String text = UTF8String.fromString("words enough for a shingle or two");
        assertThat(values(minhash.invoke(text, 5, 4096))).startsWith(values(minhash.invoke(text)));
    }

    @Test
    void canonicalNamesTellFunctionsApartAndAreStable() {
        StructType text = StructType.fromDDL("text string");
        BoundFunction bound = new UnboundQuality().bind(text);
        assertThat(bound.canonicalName()).isEqualTo("stillhouse.quality(string)");
        assertThat(bound.isDeterministic()).isTrue();
        assertThat(new UnboundMinHash().bind(text).canonicalName()).isEqualTo("stillhouse.minhash(string)");
        assertThat(new MinHashFunction(3).canonicalName()).isEqualTo("stillhouse.minhash(string,int,int)");
    }

    private List<@Nullable Object> values(@Nullable InternalRow row) {
        StructField[] fields = quality.resultType().fields();
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < fields.length; i++) {
            values.add(Objects.requireNonNull(row).get(i, fields[i].dataType()));
        }
        return values;
    }

    private static int[] values(@Nullable ArrayData array) {
        return Objects.requireNonNull(array).toIntArray();
    }
}
