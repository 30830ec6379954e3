package dev.stillhouse.student;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;

/**
 * A sparse matrix by documents (compressed sparse rows).
 *
 * @param starts {@code int[documents + 1]}: document {@code d} has the entries from {@code starts[d]} to {@code starts[d + 1]}
 * @param rows of each entry the row of the table it uses, distinct in a document
 * @param values of each entry how much of that row
 */
record Sparse(int[] starts, int[] rows, float[] values) {

    /** Documents without entries. */
    static Sparse empty(int documents) {
        return new Sparse(new int[documents + 1], new int[0], new float[0]);
    }

    int size() {
        return starts.length - 1;
    }

    /** Bytes that {@link #write} needs. */
    int bytes() {
        return 4 * (3 + starts.length + rows.length + values.length);
    }

    void write(DataOutputStream out) throws IOException {
        Numbers.write(out, starts);
        Numbers.write(out, rows);
        Numbers.write(out, values);
    }

    static Sparse read(DataInputStream in) throws IOException {
        return new Sparse(Numbers.readInts(in), Numbers.readInts(in), Numbers.readFloats(in));
    }

    /** Collects documents one after the other. */
    static final class Builder {
        private int[] starts = new int[16];
        private int[] rows = new int[64];
        private float[] values = new float[64];
        private int documents;
        private int entries;

        /** Adds a document with the given values by row. */
        void add(Map<Integer, Float> document) {
            if (entries + document.size() > rows.length) {
                int length = Math.max(2 * rows.length, entries + document.size());
                rows = Arrays.copyOf(rows, length);
                values = Arrays.copyOf(values, length);
            }
            for (Map.Entry<Integer, Float> entry : document.entrySet()) {
                rows[entries] = entry.getKey();
                values[entries++] = entry.getValue();
            }
            documents++;
            if (documents == starts.length) {
                starts = Arrays.copyOf(starts, 2 * documents);
            }
            starts[documents] = entries;
        }

        int size() {
            return documents;
        }

        Sparse build() {
            return new Sparse(
                    Arrays.copyOf(starts, documents + 1), Arrays.copyOf(rows, entries), Arrays.copyOf(values, entries));
        }
    }
}
