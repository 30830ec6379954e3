package dev.stillhouse.cli.pipeline;

import dev.stillhouse.datasets.publish.PublishedRun;
import dev.stillhouse.datasets.quality.Classification;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.errors.DataException;
import dev.stillhouse.udfs.student.Student;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The student that is served until the new one replaces it.
 *
 * @param run that published it
 * @param student loaded
 */
record Previous(String run, Student student) implements AutoCloseable {

    /**
     * Reads it; one that gives something else, such as scores in place of labels, is as if there were none.
     *
     * @param link of what the new student gives
     * @param required whether a student that cannot be read is an error; else it is as if there were none
     * @throws DataException if it is required and cannot be read
     */
    static Optional<Previous> of(Optional<PublishedRun> published, Link link, boolean required) {
        if (published.isEmpty()) {
            return Optional.empty();
        }
        String run = published.get().manifest().run();
        try {
            Student student = PublishedStudent.read(published.get()).open("of run " + run);
            if (student.decision().link() == link) {
                return Optional.of(new Previous(run, student));
            }
            student.close();
            return Optional.empty();
        } catch (DataException e) {
            if (required) {
                throw new DataException(
                        "Cannot tell whether the student is worse than the previous one: " + e.getMessage()
                                + "; or leave student.targets.not_worse_than out for one run",
                        e);
            }
            return Optional.empty();
        }
    }

    /** Gives the student back. */
    @Override
    public void close() {
        student.close();
    }

    /**
     * What it predicts, in terms of other labels; a label that is not among them counts as one more.
     *
     * @param labels in their order
     * @param gold indices of labels
     */
    Classification judged(List<String> texts, List<String> labels, int[][] gold) {
        Link link = student.decision().link();
        float[] limits = student.decision().limits(student.labels());
        int[] known = student.labels().stream()
                .mapToInt(label -> labels.contains(label) ? labels.indexOf(label) : labels.size())
                .toArray();
        int[][] predicted = Arrays.stream(student.probabilities(texts))
                .map(row -> Arrays.stream(link.decide(row, limits))
                        .map(label -> known[label])
                        .distinct()
                        .sorted()
                        .toArray())
                .toArray(int[][]::new);
        return new Classification(gold, predicted, labels.size() + 1);
    }
}
