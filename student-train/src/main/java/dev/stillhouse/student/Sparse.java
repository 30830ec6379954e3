package dev.stillhouse.student;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

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

    /**
     * A document of a sparse matrix.
     *
     * @param rows of the table, ascending
     * @param values how much of each
     */
    record Document(int[] rows, float[] values) {

        /** Both, one after the other. */
        Document and(Document later) {
            int[] all = Arrays.copyOf(rows, rows.length + later.rows.length);
            float[] much = Arrays.copyOf(values, all.length);
            System.arraycopy(later.rows, 0, all, rows.length, later.rows.length);
            System.arraycopy(later.values, 0, much, rows.length, later.rows.length);
            return new Document(all, much);
        }
    }

    /** Collects documents one after the other. */
    static final class Builder {
        private int[] starts = new int[16];
        private int[] rows = new int[64];
        private float[] values = new float[64];
        private int documents;
        private int entries;

        void add(Document document) {
            int added = document.rows().length;
            if (entries + added > rows.length) {
                int length = Math.max(2 * rows.length, entries + added);
                rows = Arrays.copyOf(rows, length);
                values = Arrays.copyOf(values, length);
            }
            System.arraycopy(document.rows(), 0, rows, entries, added);
            System.arraycopy(document.values(), 0, values, entries, added);
            entries += added;
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
