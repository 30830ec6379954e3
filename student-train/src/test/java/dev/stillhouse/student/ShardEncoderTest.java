package dev.stillhouse.student;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.udfs.student.FeatureSpec;
import dev.stillhouse.udfs.testing.SharedSpark;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ShardEncoderTest {
    private static final Vocabulary WORDS =
            new Vocabulary(FeatureSpec.words(1), new String[] {"one", "two"}, new String[0], new String[0]);
    private static final SoftTargets TARGETS = new SoftTargets(Goal.oneOf(List.of("a", "b")), Scale.NONE, 0.7f, 0, 1);
    private static final int ROWS = 200;

    @Test
    void everyRowIsInTheOnePieceThatItIsDealtTo() {
        LearningRows.Deal deal = new LearningRows.Deal(3, 4);

        List<ShardEpochs.Piece> pieces = pieces(rows(4), deal);

        assertThat(pieces).hasSize(12);
        assertThat(pieces.stream().map(piece -> piece.shard() + "/" + piece.number()))
                .doesNotHaveDuplicates();
        assertThat(pieces.stream().mapToInt(piece -> piece.examples().size()).sum())
                .isEqualTo(ROWS);
    }

    @Test
    void piecesOfAShardComeTogetherAndAreTheSameForAnyPartitioning() {
        LearningRows.Deal deal = new LearningRows.Deal(3, 4);

        List<String> four =
                pieces(rows(4), deal).stream().map(ShardEncoderTest::shown).toList();

        assertThat(new TreeSet<>(pieces(rows(1), deal).stream()
                        .map(ShardEncoderTest::shown)
                        .toList()))
                .isEqualTo(new TreeSet<>(four));
        List<Integer> shards =
                pieces(rows(4), deal).stream().map(ShardEpochs.Piece::shard).toList();
        long changes = IntStream.range(1, shards.size())
                .filter(i -> !shards.get(i).equals(shards.get(i - 1)))
                .count();
        assertThat(changes).isEqualTo(2);
    }

    @Test
    void noRowsAreNoPieces() {
        Dataset<Row> noneDF = rows(1).where("false");

        assertThat(pieces(noneDF, LearningRows.Deal.ONE)).isEmpty();
        assertThat(new ShardEncoder(WORDS, TARGETS).collect(noneDF).size()).isZero();
    }

    private static List<ShardEpochs.Piece> pieces(Dataset<Row> rows, LearningRows.Deal deal) {
        return new ShardEncoder(WORDS, TARGETS)
                .encode(rows, deal).collectAsList().stream()
                        .map(ShardEpochs.Piece::fromBytes)
                        .toList();
    }

    private static String shown(ShardEpochs.Piece piece) {
        return piece.shard() + "/" + piece.number() + " " + Arrays.hashCode(piece.toBytes());
    }

    private static Dataset<Row> rows(int partitions) {
        return SharedSpark.session()
                .range(0, ROWS, 1, partitions)
                .selectExpr(
                        "cast(id as string) as id",
                        "'test' as source",
                        "concat(repeat('one ', cast(id % 7 as int)), 'two') as text",
                        "if(id % 2 = 0, 'a', 'b') as label",
                        "id % 3 = 0 as gold",
                        "array(cast(0.25 as float), cast(0.75 as float)) as probabilities");
    }
}
