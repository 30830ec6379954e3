package dev.stillhouse.student;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Documents as a trainer sees them: what {@link dev.stillhouse.udfs.student.StudentModel} computes logits from, and soft targets.
 *
 * @param ngrams rows of the joint vocabulary (words first, characters after them), each with its count in the document over the square root of the hits of its family
 * @param words rows of the vectors' vocabulary, each with its count in the document; empty where the student has no vectors
 * @param targets {@code float[documents * labels]}, as {@link SoftTargets} gives them
 * @param labels number of labels
 */
record Examples(Sparse ngrams, Sparse words, float[] targets, int labels) {

    /** No documents. */
    static Examples none(int labels) {
        return new Examples(Sparse.empty(0), Sparse.empty(0), new float[0], labels);
    }

    int size() {
        return ngrams.size();
    }

    /** The examples as bytes, for Spark to keep. */
    byte[] toBytes() {
        ByteArrayOutputStream bytes =
                new ByteArrayOutputStream(ngrams.bytes() + words.bytes() + 4 * (targets.length + 2));
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(labels);
            ngrams.write(out);
            words.write(out);
            Numbers.write(out, targets);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write examples to memory", e);
        }
        return bytes.toByteArray();
    }

    /**
     * What {@link #toBytes} wrote.
     *
     * @param offset where it begins in the bytes
     */
    static Examples fromBytes(byte[] bytes, int offset) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, offset, bytes.length - offset))) {
            int labels = in.readInt();
            return new Examples(Sparse.read(in), Sparse.read(in), Numbers.readFloats(in), labels);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read examples from memory", e);
        }
    }
}
