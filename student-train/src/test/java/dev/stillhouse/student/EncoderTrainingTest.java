package dev.stillhouse.student;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillhouse.datasets.schema.ModelOutputs;
import dev.stillhouse.udfs.errors.DataException;
import dev.stillhouse.udfs.onnx.EncoderSpec;
import dev.stillhouse.udfs.onnx.SessionCache;
import dev.stillhouse.udfs.onnx.TextEncoder;
import dev.stillhouse.udfs.student.EncoderStudent;
import dev.stillhouse.udfs.student.Student;
import dev.stillhouse.udfs.testing.TinyEncoder;
import dev.stillhouse.udfs.testing.TinyTransformer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.collection.immutable.ArraySeq;

class EncoderTrainingTest {
    @TempDir
    Path folder;

    @AfterEach
    void evict() {
        SessionCache.evictUnused();
    }

    @Test
    void partitioningDoesNotChangeTheHeads() throws IOException {
        EncoderTraining one = training(TopicDocuments.learning(400).repartition(1), 16, 16);
        EncoderTraining several = training(TopicDocuments.learning(400).repartition(4), 16, 16);

        assertThat(one.layers()).isEqualTo(2);
        for (int layer = 1; layer <= 2; layer++) {
            EncoderCandidate expected = one.train(layer);
            EncoderCandidate found = several.train(layer);
            assertThat(found.select()).isEqualTo(expected.select());
            assertThat(found.compressed().files(Map.of()).identity())
                    .isEqualTo(expected.compressed().files(Map.of()).identity());
        }
        assertThat(several.rows()).isEqualTo(one.rows());
    }

    @Test
    void aHeadOnALayerFindsTheTopics() throws IOException {
        EncoderCandidate candidate =
                training(TopicDocuments.learning(400), 16, 16).train(1);

        assertThat(candidate.select().agreement()).isGreaterThan(0.9);
        assertThat(candidate.variant().name()).isEqualTo("layer 1 of 2");
        try (Student student = candidate.compressed().open()) {
            assertThat(student.labels()).isEqualTo(TopicDocuments.LABELS);
            assertThat(student.probabilities(List.of("a cat and a wolf"))[0][0]).isGreaterThan(0.5f);
        }
    }

    @Test
    void textsThatAShallowLayerIsSureOfLeaveThere() throws IOException {
        EncoderTraining training = training(TopicDocuments.learning(2_000), 16, 16);

        EncoderCandidate exiting = training.withExits(2).orElseThrow();

        assertThat(exiting.variant().name()).isEqualTo("layer 2 of 2, exits at 1");
        assertThat(exiting.select().agreement())
                .isCloseTo(training.train(2).select().agreement(), Offset.offset(0.02));
        assertThat(training.withExits(1)).isEmpty();
        try (Student student = exiting.compressed().open()) {
            assertThat(((EncoderStudent) student).exits())
                    .singleElement()
                    .matches(exit -> exit.layer() == 1 && exit.share() >= 0.1);
            assertThat(student.probabilities(List.of("a cat and a wolf"))[0][0]).isGreaterThan(0.5f);
        }
    }

    @Test
    void anEncoderThatCannotBeCutIsRefusedBeforeADocumentIsRead() throws IOException {
        Dataset<Row> learningDF = TopicDocuments.learning(400);

        assertThatThrownBy(() -> training(learningDF, 16, 8))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("student.kind");
        LayerSource flat = new InPartitions(EncoderSpec.of(TinyEncoder.writeTo(folder), 16));
        assertThatThrownBy(() -> trainer().openEncoder(learningDF, flat))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no attention");
    }

    private EncoderTraining training(Dataset<Row> learningDF, int... widths) throws IOException {
        EncoderSpec encoder =
                EncoderSpec.of(TinyTransformer.writeTo(folder.resolve("encoder"), TopicDocuments.words(), widths), 16);
        return trainer().openEncoder(learningDF, new InPartitions(encoder));
    }

    private static StudentTrainer trainer() {
        return TopicDocuments.trainer(StudentConfig.Characters.OFF);
    }

    /** Runs the encoder over each partition as one list. */
    private record InPartitions(EncoderSpec spec) implements LayerSource {
        @Override
        public Optional<EncoderSpec> compressed() {
            return Optional.empty();
        }

        @Override
        public Dataset<Row> outputs(EncoderSpec graph, Dataset<Row> textsDF) {
            MapPartitionsFunction<Row, Row> run = rows -> encoded(graph, rows);
            return textsDF.mapPartitions(run, Encoders.row(ModelOutputs.SCHEMA));
        }

        private static Iterator<Row> encoded(EncoderSpec graph, Iterator<Row> rows) {
            List<String> hashes = new ArrayList<>();
            List<String> texts = new ArrayList<>();
            rows.forEachRemaining(row -> {
                hashes.add(row.getString(0));
                texts.add(row.getString(1));
            });
            List<Row> outputs = new ArrayList<>();
            try (TextEncoder encoder = TextEncoder.open(graph)) {
                for (float[] vector : encoder.encode(texts)) {
                    outputs.add(
                            RowFactory.create(hashes.get(outputs.size()), ArraySeq.unsafeWrapArray(vector), null, 1));
                }
            }
            return outputs.iterator();
        }
    }
}
