package dev.stillhouse.cli.pipeline;

import dev.stillhouse.student.Candidate;
import dev.stillhouse.student.Contender;
import dev.stillhouse.student.Edition;
import dev.stillhouse.student.EncoderCandidate;
import dev.stillhouse.student.EncoderTraining;
import dev.stillhouse.student.EpochListener;
import dev.stillhouse.student.StudentConfig;
import dev.stillhouse.student.StudentConfig.Kind;
import dev.stillhouse.student.StudentTrainer;
import dev.stillhouse.student.Training;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** The students that may be tried, from the smallest up: one of each kind, and of the kind encoder one of each layer, with exits before it and without. Each is trained when it is asked for. */
final class Rungs {
    private final StudentConfig config;
    private final StudentTrainer trainer;
    private final Dataset<Row> learningDF;
    private final TeacherEncoder encoder;
    private @Nullable Training training;
    private @Nullable EncoderTraining layers;

    /**
     * @param learningDF kept in memory by the caller
     * @param encoder of which students may be cut
     */
    Rungs(StudentConfig config, StudentTrainer trainer, Dataset<Row> learningDF, TeacherEncoder encoder) {
        this.config = config;
        this.trainer = trainer;
        this.learningDF = learningDF;
        this.encoder = encoder;
    }

    /** The kinds to try. Where they are chosen by targets, the teacher's own encoder may be the last; without targets it would always be, and it is hundreds of times slower than what comes before it. It gives one label of several, calibrated by temperature. */
    List<Kind> kinds() {
        boolean isWorthIt = encoder.isOwn()
                && trainer.givesOneLabel()
                && config.calibration() == StudentConfig.Calibration.TEMPERATURE
                && !config.targets().isNone();
        return config.kind().rungs().stream()
                .filter(kind -> kind != Kind.ENCODER || config.kind() == Kind.ENCODER || isWorthIt)
                .toList();
    }

    /**
     * The students of a kind, each trained when it is got, in the order in which to try them; those of a layer of an encoder together, before that which all texts leave at the layer one that they may leave early, where there is one.
     *
     * @throws dev.stillhouse.udfs.errors.DataException if they are cut from an encoder that cannot be cut
     */
    List<Supplier<List<Contender>>> of(Kind kind, EpochListener listener) {
        if (kind != Kind.ENCODER) {
            return List.of(() -> List.of(
                    config.targets().isNone()
                            ? training().train(kind, listener)
                            : training().crossFitted(training().train(kind, listener))));
        }
        List<Supplier<List<Contender>>> students = new ArrayList<>();
        for (int layer = 1; layer <= layers().layers(); layer++) {
            int last = layer;
            students.add(() -> Stream.concat(layers().withExits(last).stream(), Stream.of(layers().train(last)))
                    .map(Contender.class::cast)
                    .toList());
        }
        return students;
    }

    /** How students like the chosen one do that learn from fewer documents, the fewest first, and last the chosen one; all are judged alike, not by gold that nobody had seen, and without exits. */
    List<Training.CurvePoint> curve(Contender chosen, EpochListener listener) {
        EncoderCandidate cut = chosen instanceof EncoderCandidate layer ? layer : null;
        List<Training.CurvePoint> points =
                new ArrayList<>(cut == null ? training().curve(chosen.kind(), listener) : layers().curve(cut.layer()));
        Contender last = cut == null ? training().train(chosen.kind(), listener) : layers().train(cut.layer());
        points.add(new Training.CurvePoint(rows(chosen).fit(), last.select()));
        return points;
    }

    /** A student like the chosen one, which learns from the gold rows alone. */
    Edition baseline(Contender chosen) {
        return chosen instanceof EncoderCandidate cut
                ? trainer.baseline(learningDF, encoder, cut.layer())
                : new Edition.Ngrams(trainer.baseline(learningDF, chosen.kind()));
    }

    /** The chosen student, calibrated by gold that nobody had seen: where targets choose, each was before it was judged. */
    Contender calibrated(Contender chosen) {
        return chosen instanceof Candidate ngrams && config.targets().isNone()
                ? training().crossFitted(ngrams)
                : chosen;
    }

    /** Passes that students of n-grams and vectors make at most. */
    int passes() {
        return training().passes();
    }

    /** Rows that the chosen student learned from and was chosen by. */
    Training.Counts rows(Contender chosen) {
        return chosen instanceof Candidate ? training().rows() : layers().rows();
    }

    private Training training() {
        Training made = training;
        if (made == null) {
            made = trainer.open(learningDF);
            training = made;
        }
        return made;
    }

    private EncoderTraining layers() {
        EncoderTraining made = layers;
        if (made == null) {
            made = trainer.openEncoder(learningDF, encoder);
            layers = made;
        }
        return made;
    }
}
