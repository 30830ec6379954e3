package dev.stillhouse.student;

import java.util.List;

/** Where static vectors begin: a sentence encoder, asked for a vector of every word of a vocabulary. */
public interface VectorSource {
    /** Whole words that the encoder's own vocabulary holds, folded as {@link dev.stillhouse.udfs.student.FeatureSpec} folds; they are known to a student even where no document it learns from has them. */
    List<String> words();

    /**
     * The encoder's vectors.
     *
     * @param words single words
     * @return {@code float[words][dimensions]}, in the order of the words
     */
    float[][] vectors(List<String> words);
}
