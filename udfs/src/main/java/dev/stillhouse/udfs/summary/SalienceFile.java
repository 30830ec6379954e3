package dev.stillhouse.udfs.summary;

import dev.stillhouse.udfs.student.StudentFile;

/** The names in a published {@code student.onnx} that summarises, besides those of {@link dev.stillhouse.udfs.student.StudentFile}, which it has too: its cues are a student with a score. Format version {@value #FORMAT_VERSION}; see docs/summaries.md. */
public final class SalienceFile {
    public static final String FORMAT_VERSION = "1";

    /** Graph input: float [N, features], in the order of {@link SalienceFeature}. */
    public static final String FEATURES = "features";
    /** Graph output: float [N], 0 to 1. */
    public static final String SALIENCE = "salience";

    /** Graph output, where there are vectors of words: double [N, dimensions], those of the sentences. */
    public static final String VECTORS = StudentFile.VECTORS + "_pooled";

    /** Initializer: float [features, most edges], filled up with infinity. */
    public static final String EDGES = "bins_edges";
    /** Initializer: float [features], the weight of each feature's first bin. */
    public static final String FIRST = "bins_first";
    /** Initializer: double [features, most edges], what each edge adds to the weight. */
    public static final String STEPS = "bins_steps";
    /** Initializer: double scalar. */
    public static final String TEMPERATURE = "salience_temperature";

    /** Metadata: the version of these names and shapes; no other student has it. */
    public static final String META_FORMAT = "salience.format";
    /** Metadata: the features' names, with commas between them. */
    public static final String META_FEATURES = "salience.features";
    /** Metadata: {@link SalienceModel#redundancy()}. */
    public static final String META_REDUNDANCY = "salience.redundancy";
    /** Metadata: {@link SalienceModel#rarities()}, a byte each of sixteenths, in base64. */
    public static final String META_RARITIES = "salience.rarities";

    /** Steps of a rarity. */
    public static final float RARITY_STEPS = 16;

    private SalienceFile() {}
}
