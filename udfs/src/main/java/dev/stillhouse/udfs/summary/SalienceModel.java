package dev.stillhouse.udfs.summary;

import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.student.StudentModel;
import java.util.Map;

/**
 * What tells how much each sentence of a document says: a generalised additive model of {@link SalienceFeature}s and of the n-grams that the sentence has.
 *
 * <p>With {@code B} the {@link FeatureBins}, {@code x} a sentence's features, and {@code c} the cues' score of the sentence's text (their bias in it), the salience is {@code sigmoid((c + B(x)) / temperature)}: the share of what a teacher would give the sentence.
 * Immutable and safe for use by several threads.
 *
 * @param bins of the features, in the order of {@link SalienceFeature}
 * @param cues a student with a score, of words and pairs of words, and of vectors of words where the teacher has an encoder
 * @param temperature what the sum is divided by, greater than 0
 * @param redundancy what a sentence loses of the sum, before it is divided, if all that it says is said already, at least 0
 * @param rarities inverse document frequencies of the cues' n-grams, in their order, for keywords
 */
public record SalienceModel(
        FeatureBins bins, StudentModel cues, float temperature, float redundancy, float[] rarities) {
    public SalienceModel {
        require(bins.size() == SalienceFeature.size(), "number of features", bins.size());
        require(
                cues.decision().link() == Link.IDENTITY,
                "link of cues",
                cues.decision().link().key());
        require(cues.characters().isEmpty(), "cues", "characters");
        require(
                cues.features().maxWordNgram() <= 2,
                "longest n-gram of cues",
                cues.features().maxWordNgram());
        require(temperature > 0 && Float.isFinite(temperature), "temperature", temperature);
        require(redundancy >= 0 && Float.isFinite(redundancy), "redundancy", redundancy);
        require(rarities.length == cues.words().keys().length, "number of rarities", rarities.length);
    }

    /** Where it comes from. */
    public Map<String, String> metadata() {
        return cues.metadata();
    }

    /** Weights of bins and n-grams, and the bias. */
    public long parameters() {
        long all = cues.parameters();
        for (float[] weights : bins.weights()) {
            all += weights.length;
        }
        return all;
    }

    /** The same model with another temperature. */
    public SalienceModel withTemperature(float newTemperature) {
        return new SalienceModel(bins, cues, newTemperature, redundancy, rarities);
    }

    /** The same model that minds repetition more or less. */
    public SalienceModel withRedundancy(float newRedundancy) {
        return new SalienceModel(bins, cues, temperature, newRedundancy, rarities);
    }

    /** The same model with other cues. */
    public SalienceModel withCues(StudentModel newCues) {
        return new SalienceModel(bins, newCues, temperature, redundancy, rarities);
    }

    private static void require(boolean condition, String noun, Object value) {
        if (!condition) {
            throw new IllegalArgumentException("Invalid " + noun + ": " + value
                    + " (must be those of a model of sentences; see docs/summaries.md)");
        }
    }
}
