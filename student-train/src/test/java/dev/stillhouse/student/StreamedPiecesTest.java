package dev.stillhouse.student;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.student.ShardEpochs.Piece;
import dev.stillhouse.udfs.testing.SharedSpark;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Encoders;
import org.junit.jupiter.api.Test;

class StreamedPiecesTest {
    private static final LearningRows.Deal DEAL = new LearningRows.Deal(4, 2);

    @Test
    void piecesComeInTheOrderOfShardsAndNumbersFromHoweverManyPartitions() {
        // A piece may be empty of documents, and then it is not there.
        List<byte[]> pieces = List.of(piece(3, 0), piece(2, 1), piece(0, 1), piece(1, 0), piece(0, 0), piece(2, 0));
        for (int partitions : List.of(1, 4)) {
            try (StreamedPieces streamed = StreamedPieces.of(
                    SharedSpark.session()
                            .createDataset(pieces, Encoders.BINARY())
                            .repartition(partitions),
                    DEAL)) {
                for (int pass = 0; pass < 2; pass++) {
                    List<String> seen = new ArrayList<>();
                    streamed.iterator().forEachRemaining(piece -> seen.add(piece.shard() + "." + piece.number()));
                    assertThat(seen).containsExactly("0.0", "0.1", "1.0", "2.0", "2.1", "3.0");
                }
            }
        }
    }

    private static byte[] piece(int shard, int number) {
        return new Piece(shard, number, ExampleProblems.random(5, 10L * shard + number)).toBytes();
    }
}
