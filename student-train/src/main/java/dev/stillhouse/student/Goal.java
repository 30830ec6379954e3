package dev.stillhouse.student;

import dev.stillhouse.udfs.Decision;
import dev.stillhouse.udfs.Link;
import java.io.Serializable;
import java.util.List;

/**
 * What a student is to give.
 *
 * @param labels in the order of the outputs
 * @param teacher how the teacher's outputs are read; the thresholds of a score are the student's too
 */
public record Goal(List<String> labels, Decision teacher) implements Serializable {
    private static final long serialVersionUID = 1L;

    public Goal {
        labels = List.copyOf(labels);
    }

    /** One of several labels. */
    public static Goal oneOf(List<String> labels) {
        return new Goal(labels, Decision.by(Link.SOFTMAX));
    }

    /** From the student's logits to its outputs. */
    public Link link() {
        return teacher.link();
    }

    int size() {
        return labels.size();
    }
}
