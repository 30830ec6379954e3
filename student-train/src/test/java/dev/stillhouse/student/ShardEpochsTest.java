package dev.stillhouse.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stillhouse.udfs.testing.SharedSpark;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.junit.jupiter.api.Test;

class ShardEpochsTest {
    private static final AdaGradPass.Step STEP = new AdaGradPass.Step(0.1f, 0, 1e-5f);
    private static final List<ShardEpochs.Piece> SHARDS = List.of(
            new ShardEpochs.Piece(0, 0, ExampleProblems.random(60, 1)),
            new ShardEpochs.Piece(1, 0, ExampleProblems.random(40, 2)),
            new ShardEpochs.Piece(2, 0, ExampleProblems.random(50, 3)));

    @Test
    void shardsMixToTheSameNumbersForAnyPartitioning() {
        Parameters one = run(shards(1), 3);
        Parameters three = run(shards(3), 3);
        assertThat(three.ngrams().values()).containsExactly(one.ngrams().values());
        assertThat(three.ngrams().squares()).containsExactly(one.ngrams().squares());
        assertThat(three.bias().values()).containsExactly(one.bias().values());
    }

    @Test
    void oneShardIsASequentialPass() {
        Examples examples = ExampleProblems.random(60, 1);
        Parameters sequential = Epochs.sequential(
                        () -> List.of(new ShardEpochs.Piece(0, 0, examples)).iterator())
                .run(zero(), STEP, 8);
        Dataset<byte[]> alone =
                SharedSpark.session().createDataset(List.of(SHARDS.get(0).toBytes()), Encoders.BINARY());
        Parameters mixed = new ShardEpochs(alone).run(zero(), STEP, 8);
        assertThat(mixed.ngrams().values()).containsExactly(sequential.ngrams().values(), within(1e-6f));
        assertThat(mixed.bias().values()).containsExactly(sequential.bias().values(), within(1e-6f));
    }

    @Test
    void aShardInPiecesIsOnePassOverThemAll() {
        ShardEpochs.Piece first = new ShardEpochs.Piece(0, 0, ExampleProblems.random(60, 1));
        ShardEpochs.Piece second = new ShardEpochs.Piece(0, 1, ExampleProblems.random(40, 2));
        Parameters sequential =
                Epochs.sequential(() -> List.of(first, second).iterator()).run(zero(), STEP, 8);
        Dataset<byte[]> pieces = SharedSpark.session()
                .createDataset(List.of(first.toBytes(), second.toBytes()), Encoders.BINARY())
                .coalesce(1);

        Parameters mixed = new ShardEpochs(pieces).run(zero(), STEP, 8);

        assertThat(mixed.ngrams().values()).containsExactly(sequential.ngrams().values(), within(1e-6f));
        assertThat(mixed.bias().values()).containsExactly(sequential.bias().values(), within(1e-6f));
    }

    @Test
    void mixedPassesApproachTheLossOfAFullBatchOptimiser() {
        Examples all = ExampleProblems.random(60, 1);
        Dataset<byte[]> twice = SharedSpark.session()
                .createDataset(
                        List.of(SHARDS.get(0).toBytes(), new ShardEpochs.Piece(1, 0, all).toBytes()),
                        Encoders.BINARY());
        Parameters parameters = zero();
        ShardEpochs epochs = new ShardEpochs(twice);
        for (int epoch = 1; epoch <= 60; epoch++) {
            parameters = epochs.run(parameters, new AdaGradPass.Step(0.1f, 0, 0), epoch);
        }
        assertThat(Objective.quality(parameters, all).loss()).isCloseTo(ExampleProblems.optimum(all, 0), within(0.01));
    }

    @Test
    void featureOfOneShardIsNotDilutedByShardsThatLackIt() {
        Examples rare = example(11, 1, 0, 0);
        Examples other = example(0, 0, 1, 0);
        Parameters alone = zero();
        new AdaGradPass(alone, STEP).run(rare, 5);
        Dataset<byte[]> both = SharedSpark.session()
                .createDataset(
                        List.of(
                                new ShardEpochs.Piece(0, 0, rare).toBytes(),
                                new ShardEpochs.Piece(1, 0, other).toBytes()),
                        Encoders.BINARY());
        Parameters mixed = new ShardEpochs(both).run(zero(), STEP, 5);
        assertThat(mixed.ngrams().values()[33])
                .isEqualTo(alone.ngrams().values()[33])
                .isGreaterThan(0);
    }

    private static Parameters run(Dataset<byte[]> shards, int epochs) {
        Parameters parameters = zero();
        for (int epoch = 1; epoch <= epochs; epoch++) {
            parameters = new ShardEpochs(shards).run(parameters, STEP, epoch);
        }
        return parameters;
    }

    private static Examples example(int feature, float... target) {
        Sparse ngrams = new Sparse(new int[] {0, 1}, new int[] {feature}, new float[] {1});
        return new Examples(ngrams, Sparse.empty(1), target, target.length);
    }

    private static Parameters zero() {
        return Parameters.zero(ExampleProblems.FEATURES, ExampleProblems.LABELS);
    }

    private static Dataset<byte[]> shards(int partitions) {
        List<byte[]> bytes = SHARDS.stream().map(ShardEpochs.Piece::toBytes).toList();
        return SharedSpark.session().createDataset(bytes, Encoders.BINARY()).repartition(partitions);
    }
}
