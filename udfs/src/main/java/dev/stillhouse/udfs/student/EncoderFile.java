package dev.stillhouse.udfs.student;

import java.util.Set;

/** The names in a {@code student.onnx} that was cut from an encoder, which its writer, its reader and people who open it share; beside those of {@link StudentFile}. Format version {@value #FORMAT_VERSION}; see docs/student.md. */
public final class EncoderFile {
    public static final String FORMAT_VERSION = "encoder-1";

    /** Metadata: {@value #KIND}. */
    public static final String META_KIND = "student.kind";

    public static final String KIND = "encoder";

    /** Metadata: name of the encoder that it was cut from. */
    public static final String META_ENCODER = "student.encoder";
    /** Metadata: the layer whose hidden states are pooled, from 1. */
    public static final String META_LAYER = "student.layer";
    /** Metadata: layers of the encoder. */
    public static final String META_LAYERS = "student.layers";
    /** Metadata: where texts may leave before, a JSON array of objects with {@code layer}, {@code threshold} and {@code share}, the shallowest first; see {@link EarlyExit}. */
    public static final String META_EXITS = "student.exits";
    /** Metadata: longest input in word pieces, special ones included; what is longer is cut off. */
    public static final String META_MAX_TOKENS = "student.max_tokens";
    /** Metadata: what every text is to begin with; may be empty. */
    public static final String META_PREFIX = "student.prefix";

    /** The metadata that the writer adds and the reader takes out again. */
    public static final Set<String> RESERVED_METADATA = Set.of(
            StudentFile.META_FORMAT,
            StudentFile.META_LABELS,
            StudentFile.META_TEMPERATURE,
            META_KIND,
            META_ENCODER,
            META_LAYER,
            META_LAYERS,
            META_EXITS,
            META_MAX_TOKENS,
            META_PREFIX);

    private EncoderFile() {}
}
