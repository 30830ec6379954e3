package dev.stillhouse.student;

import dev.stillhouse.udfs.Decision;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.student.StudentModel;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Values of parameters as they were at a moment, without AdaGrad's sums. In blocks: of many labels there are hundreds of megabytes of them beside the parameters themselves, and a heap that is as full seldom has room for one more array of that size.
 *
 * <p>Mutable; not for several threads.
 */
final class Snapshot {
    private final Blocks ngrams;
    private final Blocks vectors;
    private final Blocks projection;
    private final Blocks bias;
    private final int dimensions;
    private final Link link;

    private Snapshot(Parameters parameters) {
        this.ngrams = Blocks.of(parameters.ngrams().values());
        this.vectors = Blocks.of(parameters.vectors().values());
        this.projection = Blocks.of(parameters.projection().values());
        this.bias = Blocks.of(parameters.bias().values());
        this.dimensions = parameters.vectors().columns();
        this.link = parameters.link();
    }

    static Snapshot of(Parameters parameters) {
        return new Snapshot(parameters);
    }

    /** Makes it one of the values as they are now. */
    void take(Parameters now) {
        ngrams.take(now.ngrams().values());
        vectors.take(now.vectors().values());
        projection.take(now.projection().values());
        bias.take(now.bias().values());
    }

    /** Number of values. */
    long size() {
        return Stream.of(ngrams, vectors, projection, bias)
                .mapToLong(Blocks::size)
                .sum();
    }

    /** The student that these are the parameters of, with temperature 1. */
    StudentModel model(Vocabulary vocabulary, List<String> labels) {
        int words = vocabulary.words().length;
        int rows = words + vocabulary.characters().length;
        return new StudentModel(
                labels,
                vocabulary.features(),
                block(vocabulary.words(), scaled(vocabulary, 0, words, labels.size()), labels.size()),
                block(vocabulary.characters(), scaled(vocabulary, words, rows, labels.size()), labels.size()),
                vectors(vocabulary),
                bias.all(),
                1,
                Decision.by(link),
                Map.of());
    }

    /** Weights of rows as a student's kernel counts them. */
    private float[] scaled(Vocabulary vocabulary, int from, int to, int labels) {
        float[] scales = vocabulary.scales();
        float[] values = ngrams.range(from * labels, to * labels);
        if (scales.length > 0) {
            for (int i = 0; i < values.length; i++) {
                values[i] *= scales[from + i / labels];
            }
        }
        return values;
    }

    private StudentModel.Vectors vectors(Vocabulary vocabulary) {
        return vectors.size() > 0
                ? new StudentModel.Vectors(block(vocabulary.vectorWords(), vectors.all(), dimensions), projection.all())
                : StudentModel.Vectors.none();
    }

    private static StudentModel.Block block(String[] keys, float[] weights, int columns) {
        return new StudentModel.Block(keys, new StudentModel.Float32(weights, columns));
    }

    /**
     * Values of a table.
     *
     * @param blocks of {@value #LENGTH} values each, but for the last
     * @param size how many in all
     */
    private record Blocks(float[][] blocks, int size) {
        /** 256 KiB: arrays from half a region of the collector on, which is 512 KiB at the least, cannot be moved and take whole regions. */
        private static final int LENGTH = 1 << 16;

        static Blocks of(float[] values) {
            int number = (values.length + LENGTH - 1) / LENGTH;
            return new Blocks(
                    IntStream.range(0, number)
                            .mapToObj(block -> Arrays.copyOfRange(
                                    values, block * LENGTH, Math.min(values.length, (block + 1) * LENGTH)))
                            .toArray(float[][]::new),
                    values.length);
        }

        void take(float[] values) {
            for (int block = 0; block < blocks.length; block++) {
                System.arraycopy(values, block * LENGTH, blocks[block], 0, blocks[block].length);
            }
        }

        float[] all() {
            return range(0, size);
        }

        float[] range(int from, int to) {
            float[] range = new float[to - from];
            for (int at = from; at < to; ) {
                float[] block = blocks[at / LENGTH];
                int start = at % LENGTH;
                int length = Math.min(block.length - start, to - at);
                System.arraycopy(block, start, range, at - from, length);
                at += length;
            }
            return range;
        }
    }
}
