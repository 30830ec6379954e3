package dev.stillhouse.cli.pipeline;

import dev.stillhouse.udfs.TextScorer;
import dev.stillhouse.udfs.Throughput;
import dev.stillhouse.udfs.onnx.SessionCache;
import dev.stillhouse.udfs.student.Student;
import dev.stillhouse.udfs.student.StudentFiles;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Measures students for a moment, to choose one; the chosen one's speed is measured again, for longer and beside the others that are judged. Not safe for use by several threads. */
final class Speeds {
    private final Throughput throughput;
    private final List<String> texts;
    private final DoubleUnaryOperator joules;
    private final Optional<TextScorer> teacher;
    private @Nullable Double teacherRate;

    /**
     * @param texts to measure on
     * @param joules for a thousand documents, by documents a second
     * @param teacher to compare with, measured when the first student is; absent where nobody asks for that
     */
    Speeds(Throughput throughput, List<String> texts, DoubleUnaryOperator joules, Optional<TextScorer> teacher) {
        this.throughput = throughput;
        this.texts = texts;
        this.joules = joules;
        this.teacher = teacher;
    }

    /**
     * What a student costs.
     *
     * @param seconds that training took
     */
    Effort effort(StudentFiles files, double seconds) {
        double rate = rate(files);
        return new Effort(
                files.bytes(), rate, teacher.map(one -> rate / teacherRate(one)), joules.applyAsDouble(rate), seconds);
    }

    private double rate(StudentFiles files) {
        try (Student student = files.open("on trial")) {
            return rate(student);
        } finally {
            // A session of each layer would not fit into memory.
            SessionCache.evictUnused();
        }
    }

    private double rate(TextScorer model) {
        return throughput.measure(List.of(model), texts).get(0).median();
    }

    private double teacherRate(TextScorer model) {
        Double known = teacherRate;
        double rate = known == null ? rate(model) : known;
        teacherRate = rate;
        return rate;
    }
}
