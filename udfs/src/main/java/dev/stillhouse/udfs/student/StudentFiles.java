package dev.stillhouse.udfs.student;

import dev.stillhouse.udfs.Decision;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.Sha256;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files that have to be shipped to score with a student: {@value #ONNX}, and {@value #TOKENIZER} where the graph takes tokens. Arrays are not copied. Serialisable with all that it holds, so best broadcast.
 *
 * @param content by file name
 */
public record StudentFiles(SortedMap<String, byte[]> content) implements Serializable {
    /** The student's graph. */
    public static final String ONNX = "student.onnx";
    /** The tokenizer of a student that was cut from an encoder. */
    public static final String TOKENIZER = "tokenizer.json";

    public StudentFiles {
        content = new TreeMap<>(content);
    }

    /** Those of a student whose graph takes text. */
    public static StudentFiles ofText(byte[] onnx) {
        return new StudentFiles(new TreeMap<>(Map.of(ONNX, onnx)));
    }

    /** Those of a student whose graph takes tokens. */
    public static StudentFiles ofTokens(byte[] onnx, byte[] tokenizer) {
        return new StudentFiles(new TreeMap<>(Map.of(ONNX, onnx, TOKENIZER, tokenizer)));
    }

    /** Their size together. */
    public long bytes() {
        return content.values().stream().mapToLong(file -> file.length).sum();
    }

    /** The graph. */
    public byte[] onnx() {
        return content.get(ONNX);
    }

    /** The tokenizer; absent where the graph takes text. */
    public Optional<byte[]> tokenizer() {
        return Optional.ofNullable(content.get(TOKENIZER));
    }

    /** SHA-256 of names and contents: equal identities are equal students. */
    public String identity() {
        StringBuilder all = new StringBuilder();
        content.forEach((name, file) ->
                all.append(name).append(' ').append(Sha256.hex(file)).append('\n'));
        return Sha256.hex(all.toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * How its outputs are read, without loading it to run; of a student that takes tokens, as the most probable label.
     *
     * @param name of the student, for messages
     * @throws dev.stillhouse.udfs.errors.DataException if the file is no student that this code reads
     */
    public Decision decision(String name) {
        return tokenizer().isPresent()
                ? Decision.by(Link.SOFTMAX)
                : StudentReader.read(onnx(), name).decision();
    }

    /**
     * Loads the student.
     *
     * @param name of the student, for messages
     * @throws dev.stillhouse.udfs.errors.DataException if the files are no student that this code reads
     */
    public Student open(String name) {
        return tokenizer().isPresent()
                ? EncoderStudent.open(this, name)
                : new StudentKernel(StudentReader.read(onnx(), name));
    }

    /**
     * Loads the student to be run by ONNX Runtime, whatever its kind.
     *
     * @param name of the student, for messages
     * @throws dev.stillhouse.udfs.errors.DataException if the files are no student that this code reads
     */
    public Student openInOnnxRuntime(String name) {
        return tokenizer().isPresent() ? EncoderStudent.open(this, name) : new OnnxStudent(onnx(), name);
    }
}
