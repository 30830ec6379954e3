package dev.stillhouse.teacher.endpoint;

import dev.stillhouse.datasets.schema.Rejects;
import java.util.regex.Pattern;

/** Answers to summaries: all that the model wrote, where it ended by itself and says anything. */
final class SummaryReader implements AnswerReader {
    /** An answer without a letter or digit. */
    static final String NO_SUMMARY = "no_summary_in_answer";

    private static final Pattern SAYS = Pattern.compile("[\\p{L}\\p{N}]");

    @Override
    public Reading read(ChatAnswer answer) {
        if (answer.finishReason().equals(ChatAnswer.FILTERED)) {
            return Reading.none(Rejects.REFUSED_BY_MODEL);
        }
        if (answer.finishReason().equals("length")) {
            return Reading.none(CUT_OFF);
        }
        return SAYS.matcher(answer.content()).find()
                ? Reading.of(answer.content().strip())
                : Reading.none(NO_SUMMARY);
    }
}
