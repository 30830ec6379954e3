package dev.stillhouse.student;

import dev.stillhouse.udfs.student.FeatureSpec;
import dev.stillhouse.udfs.student.NgramScan;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Counts documents by n-gram inside a partition, a bounded number of n-grams at a time; an n-gram comes out once for each block in which it stands. Rows in have the text alone. */
record NgramCounter(FeatureSpec features) implements MapPartitionsFunction<Row, Row> {
    static final String HASH = "hash";
    static final String DOCUMENTS = "documents";
    static final StructType SCHEMA =
            new StructType().add(HASH, DataTypes.LongType, false).add(DOCUMENTS, DataTypes.IntegerType, false);

    private static final long serialVersionUID = 1L;
    private static final int MOST_NGRAMS = 1_000_000;

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        NgramScan scan = new NgramScan(features);
        return new Iterator<>() {
            private Iterator<Row> ready = Collections.emptyIterator();

            @Override
            public boolean hasNext() {
                while (!ready.hasNext() && rows.hasNext()) {
                    ready = block(scan, rows).rows();
                }
                return ready.hasNext();
            }

            @Override
            public Row next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return ready.next();
            }
        };
    }

    private static Block block(NgramScan scan, Iterator<Row> rows) {
        Block block = new Block();
        for (int document = 1; rows.hasNext() && block.size < MOST_NGRAMS; document++) {
            int number = document;
            scan.read(rows.next().getString(0));
            scan.words((start, end, hash, size) ->
                    block.add(NgramKind.ofWords(size).hash(hash), number));
            scan.characters((start, end, hash, size) -> block.add(NgramKind.CHARACTERS.hash(hash), number));
        }
        return block;
    }

    /** Counts by hash, in an open-addressing table with linear probing. */
    private static final class Block {
        private static final int FIRST_SLOTS = 1 << 12;

        private long[] hashes = new long[FIRST_SLOTS];
        private int[] documents = new int[FIRST_SLOTS];
        private int[] last = new int[FIRST_SLOTS];
        private int size;

        /** Counts a document once, however often the n-gram stands in it; documents come one after the other. */
        void add(long hash, int document) {
            int slot = slot(hash);
            if (hashes[slot] == 0) {
                if (2 * size >= hashes.length) {
                    grow();
                    slot = slot(hash);
                }
                hashes[slot] = hash;
                size++;
            }
            if (last[slot] != document) {
                last[slot] = document;
                documents[slot]++;
            }
        }

        /** Where the hash stands, or is to stand. */
        private int slot(long hash) {
            int mask = hashes.length - 1;
            int slot = (int) (hash >>> 2) & mask;
            while (hashes[slot] != 0 && hashes[slot] != hash) {
                slot = slot + 1 & mask;
            }
            return slot;
        }

        private void grow() {
            long[] oldHashes = hashes;
            int[] oldDocuments = documents;
            int[] oldLast = last;
            hashes = new long[2 * oldHashes.length];
            documents = new int[hashes.length];
            last = new int[hashes.length];
            for (int old = 0; old < oldHashes.length; old++) {
                if (oldHashes[old] != 0) {
                    int slot = slot(oldHashes[old]);
                    hashes[slot] = oldHashes[old];
                    documents[slot] = oldDocuments[old];
                    last[slot] = oldLast[old];
                }
            }
        }

        Iterator<Row> rows() {
            return new Iterator<>() {
                private int slot = after(-1);

                private int after(int before) {
                    int next = before + 1;
                    while (next < hashes.length && hashes[next] == 0) {
                        next++;
                    }
                    return next;
                }

                @Override
                public boolean hasNext() {
                    return slot < hashes.length;
                }

                @Override
                public Row next() {
                    if (!hasNext()) {
                        throw new NoSuchElementException();
                    }
                    Row row = RowFactory.create(hashes[slot], documents[slot]);
                    slot = after(slot);
                    return row;
                }
            };
        }
    }
}
