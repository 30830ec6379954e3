package dev.stillhouse.cli.pipeline;

import dev.stillhouse.datasets.publish.PublishedRun;
import dev.stillhouse.udfs.Decision;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.student.DecidingNgrams;
import dev.stillhouse.udfs.student.DecidingNgrams.Deciding;
import dev.stillhouse.udfs.student.Student;
import dev.stillhouse.udfs.student.StudentKernel;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What a student says about a text, and what decided. */
public final class Explanation {
    private final Student student;
    private final Optional<DecidingNgrams> ngrams;

    private Explanation(Student student) {
        this.student = student;
        this.ngrams = student instanceof StudentKernel kernel
                ? Optional.of(new DecidingNgrams(kernel.model()))
                : Optional.empty();
    }

    /**
     * Explains the student that a run of {@code train} has published.
     *
     * @throws dev.stillhouse.udfs.errors.DataException if its file cannot be read
     */
    public static Explanation ofPublished(PublishedRun run) {
        return new Explanation(
                PublishedStudent.read(run).open("of run " + run.manifest().run()));
    }

    /** Whether it can say what decided: students of n-grams and vectors are sums, those that are cut from an encoder are not. */
    public boolean isExact() {
        return ngrams.isPresent();
    }

    /**
     * A label and its probability, or the score.
     *
     * @param probability 0 to 1; a score as it is
     * @param given whether the student gives the document that label: the most probable one, or those at or above their thresholds
     * @param threshold from which on it is given; 0 where the most probable one is, and of a score
     */
    public record Share(String name, float probability, boolean given, float threshold) {}

    /**
     * What was said.
     *
     * @param link of the student
     * @param labels the most probable first, two at least where there are two; the score alone
     * @param deciding what decided between the first two, for or against the first, or about the score, the weightiest first; empty where that cannot be said
     */
    public record Given(Link link, List<Share> labels, List<Deciding> deciding) {
        public Given {
            labels = List.copyOf(labels);
            deciding = List.copyOf(deciding);
        }
    }

    /**
     * Scores and explains a text.
     *
     * @param most labels and n-grams to name
     */
    public Given of(String text, int most) {
        float[] probabilities = student.probabilities(List.of(text))[0];
        Decision decision = student.decision();
        float[] limits = decision.limits(student.labels());
        int[] decided = decision.link().decide(probabilities, limits);
        int[] order = DecidingNgrams.order(probabilities);
        List<Share> labels = IntStream.of(order)
                .limit(Math.max(2, most))
                .mapToObj(label -> new Share(
                        student.labels().get(label),
                        probabilities[label],
                        Arrays.binarySearch(decided, label) >= 0,
                        decision.link() == Link.LOGISTIC ? limits[label] : 0))
                .toList();
        List<Deciding> deciding =
                ngrams.map(known -> known.of(text, probabilities, most)).orElse(List.of());
        return new Given(decision.link(), labels, deciding);
    }
}
