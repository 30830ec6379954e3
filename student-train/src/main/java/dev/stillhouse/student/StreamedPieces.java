package dev.stillhouse.student;

import dev.stillhouse.student.ShardEpochs.Piece;
import java.util.Iterator;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.storage.StorageLevel;

/** Pieces of all shards on executors' disks, each a partition of its own, since a partition that is read comes to the driver as a whole, and while it comes it is there several times. */
final class StreamedPieces implements AutoCloseable {
    private final JavaRDD<byte[]> pieces;

    private StreamedPieces(JavaRDD<byte[]> pieces) {
        this.pieces = pieces;
    }

    /**
     * Writes the pieces. One job.
     *
     * @param encodedDS {@link Piece#toBytes} of each piece
     * @param deal how they were dealt
     */
    static StreamedPieces of(Dataset<byte[]> encodedDS, LearningRows.Deal deal) {
        int piecesOfShard = deal.pieces();
        JavaRDD<byte[]> pieces = encodedDS
                .toJavaRDD()
                .keyBy(bytes -> Piece.place(bytes, piecesOfShard))
                .partitionBy(new HashPartitioner(deal.shards() * piecesOfShard))
                .values()
                .persist(StorageLevel.DISK_ONLY());
        StreamedPieces streamed = new StreamedPieces(pieces);
        try {
            // Rows are sorted in the memory that the parameters are about to take.
            pieces.count();
            // Else the shuffles' copies stay until the driver collects its garbage.
            pieces.rdd().cleanShuffleDependencies(false);
            return streamed;
        } catch (RuntimeException | Error e) {
            streamed.close();
            throw e;
        }
    }

    /** The pieces in the order of shards and, in a shard, of their numbers. Runs a job for each. */
    Iterator<Piece> iterator() {
        Iterator<byte[]> bytes = pieces.toLocalIterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return bytes.hasNext();
            }

            @Override
            public Piece next() {
                return Piece.fromBytes(bytes.next());
            }
        };
    }

    @Override
    public void close() {
        pieces.unpersist();
    }
}
