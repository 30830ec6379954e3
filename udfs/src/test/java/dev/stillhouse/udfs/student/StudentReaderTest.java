package dev.stillhouse.udfs.student;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.stillhouse.udfs.errors.DataException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StudentReaderTest {
    @Test
    void bytesThatAreNoOnnxFileAreADataError() {
        for (byte[] file : new byte[][] {{}, "PAR1 not a model".getBytes(StandardCharsets.UTF_8), {10, 127, 1}}) {
            assertThatThrownBy(() -> StudentReader.read(file, "broken.onnx"))
                    .isInstanceOf(DataException.class)
                    .hasMessageStartingWith("Cannot read student broken.onnx: ");
        }
    }

    @Test
    void aModelOfAnotherProducerIsADataErrorThatNamesBoth() {
        ModelProto.Builder other = ModelProto.newBuilder().setProducerName("pytorch");
        other.getGraphBuilder().setName("g");
        assertThatThrownBy(() -> StudentReader.read(other.build().toByteArray(), "student.onnx"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("producer is 'pytorch' where 'stillhouse' is expected");
    }
}
