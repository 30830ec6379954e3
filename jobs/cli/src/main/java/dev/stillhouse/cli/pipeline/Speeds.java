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

/** Measures students for a moment, to choose one, and for longer where the moment says too little; the chosen one's speed is measured again beside the others that are judged. Not safe for use by several threads. */
final class Speeds {
    private final Throughput brief;
    private final Throughput thorough;
    private final List<String> texts;
    private final DoubleUnaryOperator joules;
    private final Optional<TextScorer> teacher;
    private @Nullable Double teacherRate;

    /**
     * @param brief for a first look
     * @param thorough where that is too slow
     * @param texts to measure on
     * @param joules for a thousand documents, by documents a second
     * @param teacher to compare with, measured when the first student is; absent where nobody asks for that
     */
    Speeds(
            Throughput brief,
            Throughput thorough,
            List<String> texts,
            DoubleUnaryOperator joules,
            Optional<TextScorer> teacher) {
        this.brief = brief;
        this.thorough = thorough;
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
        return effort(files, rate(files, brief), seconds);
    }

    /** What a student costs whose speed is measured for longer: on a busy machine a moment is over before its code is compiled. Never slower than it was found before. */
    Effort again(StudentFiles files, Effort found) {
        return effort(files, Math.max(found.docsPerSecond(), rate(files, thorough)), found.seconds());
    }

    private Effort effort(StudentFiles files, double rate, double seconds) {
        return new Effort(
                files.bytes(), rate, teacher.map(one -> rate / teacherRate(one)), joules.applyAsDouble(rate), seconds);
    }

    private double rate(StudentFiles files, Throughput throughput) {
        try (Student student = files.open("on trial")) {
            return rate(student, throughput);
        } finally {
            // A session of each layer would not fit into memory.
            SessionCache.evictUnused();
        }
    }

    private double rate(TextScorer model, Throughput throughput) {
        return throughput.measure(List.of(model), texts).get(0).median();
    }

    private double teacherRate(TextScorer model) {
        Double known = teacherRate;
        double rate = known == null ? rate(model, brief) : known;
        teacherRate = rate;
        return rate;
    }
}
