package dev.stillhouse.student.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.stillhouse.udfs.Decision;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.errors.DataException;
import dev.stillhouse.udfs.onnx.OnnxEnvironment;
import dev.stillhouse.udfs.student.FeatureSpec;
import dev.stillhouse.udfs.student.StudentFile;
import dev.stillhouse.udfs.student.StudentKernel;
import dev.stillhouse.udfs.student.StudentModel;
import dev.stillhouse.udfs.student.StudentModel.Block;
import dev.stillhouse.udfs.student.StudentModel.Float32;
import dev.stillhouse.udfs.student.StudentModel.Int8;
import dev.stillhouse.udfs.student.StudentModel.Weights;
import dev.stillhouse.udfs.student.StudentReader;
import dev.stillhouse.udfs.testing.RandomStudents;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxStudentWriterTest {
    private static final List<String> TEXTS = List.of("pay my card bill", "card lost in École", "日本語 card");

    @Property(tries = 50)
    void whatIsWrittenIsReadBackTheSame(@ForAll long seed, @ForAll boolean int8) {
        RandomStudents random = new RandomStudents(seed);
        StudentModel model = random.model(new FeatureSpec(2, 2, 4), int8, random.texts(20));
        StudentModel read = StudentReader.read(OnnxStudentWriter.write(model), "student.onnx");
        assertThat(read.labels()).isEqualTo(model.labels());
        assertThat(read.features()).isEqualTo(model.features());
        assertThat(read.bias()).containsExactly(model.bias());
        assertThat(read.temperature()).isEqualTo(model.temperature());
        assertThat(read.metadata()).isEqualTo(model.metadata());
        assertSame(read.words(), model.words());
        assertSame(read.characters(), model.characters());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theSizeIsToldWithoutTheFile(boolean int8) {
        RandomStudents random = new RandomStudents(3);
        StudentModel model = random.model(new FeatureSpec(2, 2, 4), int8, random.texts(20));

        assertThat(OnnxStudentWriter.bytes(model)).isEqualTo(OnnxStudentWriter.write(model).length);
    }

    @Test
    void equalModelsGiveEqualBytes() {
        StudentModel model = student(true);
        Map<String, String> sameMetadata = new HashMap<>(32);
        model.metadata().entrySet().stream()
                .sorted(Map.Entry.<String, String>comparingByKey(Comparator.reverseOrder()))
                .forEach(entry -> sameMetadata.put(entry.getKey(), entry.getValue()));
        byte[] file = OnnxStudentWriter.write(model);
        assertThat(OnnxStudentWriter.write(student(true).withMetadata(sameMetadata)))
                .isEqualTo(file);
        assertThat(OnnxStudentWriter.write(StudentReader.read(file, "student.onnx")))
                .isEqualTo(file);
        assertThat(OnnxStudentWriter.write(model.withTemperature(3))).isNotEqualTo(file);
    }

    @Test
    void int8WeightsStayInt8InTheFile() {
        assertThat(weights(OnnxStudentWriter.write(student(true))).getDataType())
                .isEqualTo(TensorProto.DataType.INT8.getNumber());
        assertThat(weights(OnnxStudentWriter.write(student(false))).getDataType())
                .isEqualTo(TensorProto.DataType.FLOAT.getNumber());
    }

    @Test
    void metadataPropsAreSortedAndHoldTheModelsOwnAndTheFormats() {
        Map<String, String> own = Map.of("b", "2", "a", "1", "z", "3");
        List<StringStringEntryProto> entries =
                parse(OnnxStudentWriter.write(student(false).withMetadata(own))).getMetadataPropsList();
        assertThat(entries)
                .extracting(StringStringEntryProto::getKey)
                .isSorted()
                .containsAll(own.keySet())
                .containsAll(alwaysThere());
        String labels = entries.stream()
                .filter(entry -> entry.getKey().equals(StudentFile.META_LABELS))
                .findFirst()
                .orElseThrow()
                .getValue();
        assertThat(labels).startsWith("[\"label \\\"0\\\" é\",\"label \\\"1\\\" é\"");
    }

    /** All but what a model without a map has none of. */
    private static List<String> alwaysThere() {
        return StudentFile.RESERVED_METADATA.stream()
                .filter(key -> !key.equals(StudentFile.META_MAP))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Link.class)
    void everyInitializerIsUsedByANodeAndTheStudentComesBack(Link link) throws Exception {
        StudentModel model = link == Link.IDENTITY ? score() : student(false).withDecision(Decision.by(link));

        byte[] file = OnnxStudentWriter.write(model);

        GraphProto graph = ModelProto.parseFrom(file).getGraph();
        Set<String> used = new HashSet<>();
        graph.getNodeList().forEach(node -> used.addAll(node.getInputList()));
        assertThat(graph.getInitializerList()).extracting(TensorProto::getName).isSubsetOf(used);
        StudentModel read = StudentReader.read(file, "student.onnx");
        assertThat(read.labels()).isEqualTo(model.labels());
        assertThat(read.temperature()).isEqualTo(model.temperature());
        assertThat(read.decision().link()).isEqualTo(link);
    }

    private static StudentModel score() {
        return new StudentModel(
                List.of(StudentModel.SCORE),
                FeatureSpec.words(1),
                new StudentModel.Block(new String[] {"good"}, new StudentModel.Float32(new float[] {2}, 1)),
                StudentModel.Block.none(1),
                StudentModel.Vectors.none(),
                new float[] {1},
                1,
                Decision.by(Link.IDENTITY),
                Map.of());
    }

    @Test
    void metadataUnderANameOfTheFormatIsRefused() {
        StudentModel model = student(false).withMetadata(Map.of(StudentFile.META_FORMAT, "7"));
        assertThatThrownBy(() -> OnnxStudentWriter.write(model))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("student.format");
    }

    @Test
    void theLabelOutputIsTheMostProbableLabel() throws OrtException {
        StudentModel model = student(true);
        StudentKernel kernel = new StudentKernel(model);
        try (OrtSession session = OnnxEnvironment.shared().createSession(OnnxStudentWriter.write(model));
                OnnxTensor input = OnnxTensor.createTensor(OnnxEnvironment.shared(), TEXTS.toArray(String[]::new));
                OrtSession.Result result = session.run(Map.of(StudentFile.TEXT, input))) {
            String[] labels =
                    (String[]) result.get(StudentFile.LABEL).orElseThrow().getValue();
            for (int i = 0; i < labels.length; i++) {
                float[] row = kernel.probabilities(TEXTS.get(i));
                assertThat(row[model.labels().indexOf(labels[i])]).isEqualTo(max(row));
            }
        }
    }

    @Test
    void filesWithBrokenPartsAreDataErrorsThatNameBothSides() {
        assertBroken(file -> file.setProducerName("other"), "producer is 'other' where 'stillhouse'");
        assertBroken(file -> setMetadata(file, StudentFile.META_FORMAT, "9"), "format version '9' where '1' or '2'");
        assertBroken(
                file -> setMetadata(file, StudentFile.META_MAX_WORD, "two"),
                "'student.max_word_ngram' is 'two' where a whole number");
        assertBroken(
                file -> setMetadata(file, StudentFile.META_MAX_WORD, "9"), "Invalid maxWordNgram: 9 (must be 1 to 3)");
        assertBroken(OnnxStudentWriterTest::removeMetadata, "no metadata 'student.format'");
        assertBroken(file -> initializer(file, StudentFile.BIAS).setName("gone"), "no initializer 'bias'");
        assertBroken(
                file -> initializer(file, StudentFile.BIAS).setDims(0, 99),
                "initializer 'bias' has shape [99] where [");
        assertBroken(
                file -> initializer(file, StudentFile.BIAS).setDataType(TensorProto.DataType.DOUBLE.getNumber()),
                "'bias' has data type DOUBLE where FLOAT");
        assertBroken(
                file -> initializer(file, "words_weights").clearRawData(),
                "initializer 'words_weights' has 0 bytes where ");
        assertBroken(
                file -> initializer(file, "words_scales").setDims(0, 1),
                "initializer 'words_scales' has shape [1] where [");
    }

    private static void assertBroken(Consumer<ModelProto.Builder> change, String message) {
        ModelProto.Builder file = parse(OnnxStudentWriter.write(student(true))).toBuilder();
        change.accept(file);
        byte[] bytes = file.build().toByteArray();
        assertThatThrownBy(() -> StudentReader.read(bytes, "student.onnx"))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("Cannot read student student.onnx: ")
                .hasMessageContaining(message);
    }

    private static TensorProto.Builder initializer(ModelProto.Builder file, String name) {
        GraphProto.Builder graph = file.getGraphBuilder();
        return graph.getInitializerBuilderList().stream()
                .filter(tensor -> tensor.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void setMetadata(ModelProto.Builder file, String key, String value) {
        file.getMetadataPropsBuilderList().stream()
                .filter(entry -> entry.getKey().equals(key))
                .forEach(entry -> entry.setValue(value));
    }

    private static void removeMetadata(ModelProto.Builder file) {
        file.clearMetadataProps();
    }

    private static TensorProto weights(byte[] file) {
        return parse(file).getGraph().getInitializerList().stream()
                .filter(tensor -> tensor.getName().equals("words_weights"))
                .findFirst()
                .orElseThrow();
    }

    private static ModelProto parse(byte[] file) {
        try {
            return ModelProto.parseFrom(file);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static StudentModel student(boolean int8) {
        return new RandomStudents(11).model(new FeatureSpec(2, 2, 3), int8, TEXTS);
    }

    private static float max(float[] row) {
        float max = row[0];
        for (float value : row) {
            max = Math.max(max, value);
        }
        return max;
    }

    private static void assertSame(Block read, Block written) {
        assertThat(read.keys()).containsExactly(written.keys());
        Weights expected = written.weights();
        assertThat(read.weights()).hasSameClassAs(expected);
        if (expected instanceof Int8 small && read.weights() instanceof Int8 found) {
            assertThat(found.values()).containsExactly(small.values());
            assertThat(found.scales()).containsExactly(small.scales());
        } else if (expected instanceof Float32 full && read.weights() instanceof Float32 found) {
            assertThat(found.values()).containsExactly(full.values());
        }
    }
}
