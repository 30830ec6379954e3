package dev.stillhouse.student;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/**
 * Documents as a trainer sees them: sparse features with values and soft targets. Features are rows of the joint vocabulary, words first, characters after them; the value of a feature is its count in the document over the square root of the hits of its
 * family, so that {@code bias + sum of value * weight} are the logits of {@link dev.stillhouse.udfs.student.StudentModel}.
 *
 * @param starts {@code int[documents + 1]}: document {@code d} has the features from {@code starts[d]} to {@code starts[d + 1]}
 * @param features rows of the joint vocabulary, ascending and distinct in a document
 * @param values their values
 * @param targets {@code float[documents * labels]}, each document's summing to 1
 * @param labels number of labels
 */
record Examples(int[] starts, int[] features, float[] values, float[] targets, int labels) {

    /** No documents. */
    static Examples none(int labels) {
        return new Examples(new int[1], new int[0], new float[0], new float[0], labels);
    }

    int size() {
        return starts.length - 1;
    }

    /** The examples as bytes, for Spark to keep. */
    byte[] toBytes() {
        ByteArrayOutputStream bytes =
                new ByteArrayOutputStream(4 * (starts.length + 2 * features.length + targets.length) + 32);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(labels);
            write(out, starts);
            write(out, features);
            write(out, values);
            write(out, targets);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write examples to memory", e);
        }
        return bytes.toByteArray();
    }

    static Examples fromBytes(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int labels = in.readInt();
            return new Examples(readInts(in), readInts(in), readFloats(in), readFloats(in), labels);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read examples from memory", e);
        }
    }

    private static void write(DataOutputStream out, int[] values) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(4 * values.length);
        buffer.asIntBuffer().put(values);
        out.writeInt(values.length);
        out.write(buffer.array());
    }

    private static void write(DataOutputStream out, float[] values) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(4 * values.length);
        buffer.asFloatBuffer().put(values);
        out.writeInt(values.length);
        out.write(buffer.array());
    }

    private static int[] readInts(DataInputStream in) throws IOException {
        int[] values = new int[in.readInt()];
        ByteBuffer.wrap(in.readNBytes(4 * values.length)).asIntBuffer().get(values);
        return values;
    }

    private static float[] readFloats(DataInputStream in) throws IOException {
        float[] values = new float[in.readInt()];
        ByteBuffer.wrap(in.readNBytes(4 * values.length)).asFloatBuffer().get(values);
        return values;
    }
}
