package dev.stillhouse.teacher.endpoint;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.ArraySeq;

/** Answers to what is kept of them. Safe for use by several threads. */
interface AnswerReader {
    /** An answer that was cut off. */
    String CUT_OFF = "answer_cut_off";

    /** What an answer says. */
    Reading read(ChatAnswer answer);

    /** The reader of the answers to a question. */
    static AnswerReader of(Question question) {
        return question instanceof LabelQuestion labels ? new LabelReader(labels) : new SummaryReader();
    }

    /**
     * What an answer says: numbers, text, or nothing for a reason.
     *
     * @param logits {@code float[labels]}, as {@link dev.stillhouse.teacher.outputs.LabelLogits}
     * @param text what the model wrote
     * @param reason why there is neither; empty where there is one
     */
    record Reading(Optional<float[]> logits, Optional<String> text, String reason) {

        static Reading of(float[] logits) {
            return new Reading(Optional.of(logits), Optional.empty(), "");
        }

        static Reading of(String text) {
            return new Reading(Optional.empty(), Optional.of(text), "");
        }

        static Reading none(String reason) {
            return new Reading(Optional.empty(), Optional.empty(), reason);
        }

        /** As {@link dev.stillhouse.datasets.schema.ModelOutputs#OUTPUT} holds it; null where there is none. */
        @Nullable
        Object output() {
            return logits.<Object>map(ArraySeq::unsafeWrapArray).or(() -> text).orElse(null);
        }
    }
}
