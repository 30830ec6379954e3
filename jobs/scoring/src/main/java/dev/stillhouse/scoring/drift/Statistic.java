package dev.stillhouse.scoring.drift;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What of documents is compared between a reference and a run. */
public enum Statistic {
    /** The student's score, or the greatest of its probabilities. */
    SCORE("look at the documents by confidence in the report: the student may be asked about what it has not learned"),
    /** The labels that the student gives, a document of several once for each. */
    LABEL("look at the labels by source in the report: another mix of topics, or a source that is new"),
    /** Code points of a text. */
    LENGTH("look at how texts are cut or extracted: other lengths often come of another extraction"),
    /** Share of a text's words that the student's vocabulary lacks. */
    UNSEEN_WORDS("look at some texts: words that the student has never seen come of another language or subject"),
    /** The language that a kept column tells. */
    LANGUAGE("look at the languages of the sources: the student has learned from others");

    private final String advice;

    Statistic(String advice) {
        this.advice = advice;
    }

    /** Its name in files. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What to do where it differs. */
    public String advice() {
        return advice;
    }

    /** The statistic with that {@link #key}. */
    static Optional<Statistic> of(String key) {
        return Arrays.stream(values())
                .filter(statistic -> statistic.key().equals(key))
                .findFirst();
    }
}
