package dev.stillhouse.udfs.student;

import java.util.List;
import java.util.Set;

/**
 * The names in a published {@code student.onnx}, which its writer, its readers and people who open it share. Format version {@value #FORMAT_VERSION}; see docs/student.md.
 */
public final class StudentFile {
    public static final String PRODUCER = "stillhouse";
    public static final String FORMAT_VERSION = "3";

    /** The versions that this code reads: 2 is 3 without a link, which is softmax then; 1 is 2 without vectors. */
    public static final List<String> READABLE_VERSIONS = List.of("1", "2", FORMAT_VERSION);

    /** Graph input: string [N]. */
    public static final String TEXT = "text";
    /** Graph output: float [N, labels]; none where the output is a score. */
    public static final String PROBABILITIES = "probabilities";
    /** Graph output where one label is chosen: string [N], the label with the largest probability, the first of equals. */
    public static final String LABEL = "label";
    /** Graph output where labels are decided each on its own: bool [N, labels], whether a probability is at or above its threshold. */
    public static final String DECISIONS = "decisions";
    /** Graph output where the output is a score: float [N]. */
    public static final String SCORE = "score";

    /** Initializer where one label is chosen: string [labels]. */
    public static final String LABELS = "labels";
    /** Initializer: float [labels]. */
    public static final String BIAS = "bias";
    /** Initializer where labels are decided each on its own: float [labels]. */
    public static final String LIMITS = "limits";
    /** Initializer where the outputs are probabilities: float scalar. */
    public static final String TEMPERATURE = "temperature";

    /** Prefix of everything about word n-grams. */
    public static final String WORDS = "words";
    /** Prefix of everything about character n-grams. */
    public static final String CHARACTERS = "characters";
    /** Prefix of everything about static vectors. */
    public static final String VECTORS = "vectors";
    /** After {@link #VECTORS}, an initializer: float [dimensions, labels]. */
    public static final String PROJECTION = "_projection";
    /** After a prefix, the {@code LabelEncoder} node whose {@code keys_strings} are the vocabulary and whose values are 1, 2, 3 and so on. */
    public static final String ROWS = "_rows";
    /** After a prefix, an initializer: float or int8 [entries + 1, labels], of vectors [entries + 1, dimensions]; row 0, for n-grams that are not in the vocabulary, is zeros. */
    public static final String WEIGHTS = "_weights";
    /** After a prefix, an initializer beside int8 weights: float [entries + 1]. */
    public static final String SCALES = "_scales";

    /** Metadata: the version of these names and shapes. */
    public static final String META_FORMAT = "student.format";
    /** Metadata: the labels as a JSON array, in the order of the probabilities. */
    public static final String META_LABELS = "student.labels";
    /** Metadata: the temperature. */
    public static final String META_TEMPERATURE = "student.temperature";
    /** Metadata: {@link dev.stillhouse.udfs.Link#key()}. */
    public static final String META_LINK = "student.link";
    /** Metadata: the thresholds as a JSON object, by label or by name. */
    public static final String META_THRESHOLDS = "student.thresholds";
    /** Metadata, where there is a {@link dev.stillhouse.udfs.ProbabilityMap}: its knots as a JSON object of two arrays, from and to. */
    public static final String META_MAP = "student.probability_map";
    /** Metadata: {@link FeatureSpec#maxWordNgram()}. */
    public static final String META_MAX_WORD = "student.max_word_ngram";
    /** Metadata: {@link FeatureSpec#minCharacterNgram()}. */
    public static final String META_MIN_CHARACTER = "student.min_character_ngram";
    /** Metadata: {@link FeatureSpec#maxCharacterNgram()}. */
    public static final String META_MAX_CHARACTER = "student.max_character_ngram";

    /** The metadata that the writer adds and the reader takes out again; a model may not have its own under these names. */
    public static final Set<String> RESERVED_METADATA = Set.of(
            META_FORMAT,
            META_LABELS,
            META_TEMPERATURE,
            META_LINK,
            META_THRESHOLDS,
            META_MAP,
            META_MAX_WORD,
            META_MIN_CHARACTER,
            META_MAX_CHARACTER);

    private StudentFile() {}
}
