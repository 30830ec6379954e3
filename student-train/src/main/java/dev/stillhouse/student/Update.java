package dev.stillhouse.student;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a pass over a shard made of the rows that it touched.
 *
 * @param shard the shard's number
 * @param parts for each of {@link Parameters#tables} the touched rows
 */
record Update(int shard, List<Part> parts) {

    /**
     * Gathers the rows that a pass has touched.
     *
     * @param usage of the shard's documents
     */
    static Update of(int shard, Parameters after, Usage usage) {
        List<Table> tables = after.tables();
        return new Update(
                shard,
                IntStream.range(0, tables.size())
                        .mapToObj(i -> Part.of(tables.get(i), usage.documents()[i]))
                        .toList());
    }

    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(shard);
            out.writeInt(parts.size());
            for (Part part : parts) {
                Numbers.write(out, part.rows());
                Numbers.write(out, part.documents());
                Numbers.write(out, part.values());
                Numbers.write(out, part.squares());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write an update to memory", e);
        }
        return bytes.toByteArray();
    }

    static Update fromBytes(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int shard = in.readInt();
            int count = in.readInt();
            List<Part> parts = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                parts.add(new Part(
                        Numbers.readInts(in), Numbers.readInts(in), Numbers.readFloats(in), Numbers.readFloats(in)));
            }
            return new Update(shard, parts);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read an update from memory", e);
        }
    }

    /**
     * Touched rows of a table.
     *
     * @param rows which, ascending
     * @param documents how many documents of the shard use them
     * @param values their weights
     * @param squares their sums of squared slopes
     */
    record Part(int[] rows, int[] documents, float[] values, float[] squares) {
        static Part of(Table table, int[] usage) {
            int[] rows = IntStream.range(0, usage.length)
                    .filter(row -> usage[row] > 0)
                    .toArray();
            int[] documents = new int[rows.length];
            for (int i = 0; i < rows.length; i++) {
                documents[i] = usage[rows[i]];
            }
            return new Part(
                    rows,
                    documents,
                    gather(rows, table.values(), table.columns()),
                    gather(rows, table.squares(), table.squareColumns()));
        }

        private static float[] gather(int[] rows, float[] values, int columns) {
            float[] gathered = new float[rows.length * columns];
            for (int i = 0; i < rows.length; i++) {
                System.arraycopy(values, rows[i] * columns, gathered, i * columns, columns);
            }
            return gathered;
        }
    }
}
