package dev.stillhouse.student;

import dev.stillhouse.student.export.EncoderHeads;
import dev.stillhouse.student.export.EncoderStudentWriter;
import dev.stillhouse.udfs.onnx.EncoderLayers;
import dev.stillhouse.udfs.onnx.EncoderSpec;
import dev.stillhouse.udfs.student.StudentFiles;
import java.util.List;
import java.util.Map;

/**
 * An encoder cut at a layer, with a head on top, and exits before it or none.
 *
 * @param layer from 1
 * @param compressed the student with integer weights where there are some that agree, else the uncompressed one
 * @param uncompressed the student in float32
 * @param select how the compressed one does on the select part
 * @param variants one: the layer, and the layers at which texts may leave before
 */
public record EncoderCandidate(
        int layer, Edition compressed, Edition uncompressed, SelectFigures select, List<Candidate.Variant> variants)
        implements Contender {
    public EncoderCandidate {
        variants = List.copyOf(variants);
    }

    @Override
    public StudentConfig.Kind kind() {
        return StudentConfig.Kind.ENCODER;
    }

    /**
     * A cut encoder.
     *
     * @param spec the encoder, in one form
     * @param layers of it
     */
    record Cut(EncoderSpec spec, EncoderLayers layers, EncoderHeads heads, List<String> labels) implements Edition {
        @Override
        public StudentFiles files(Map<String, String> provenance) {
            byte[] onnx = new EncoderStudentWriter(spec, layers).student(heads, labels, provenance);
            return StudentFiles.ofTokens(onnx, spec.files().tokenizer());
        }
    }
}
