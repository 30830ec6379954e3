package dev.stillhouse.datasets.source;

import dev.stillhouse.udfs.text.TextNormalizer;
import org.apache.spark.sql.api.java.UDF1;
import org.jspecify.annotations.Nullable;

/** {@link TextNormalizer#hash} of a text; null for a text that is null or empty once normalised. Serialisable, without state. */
final class TextHash implements UDF1<String, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable String call(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String normalized = TextNormalizer.normalize(text);
        return normalized.isEmpty() ? null : TextNormalizer.md5(normalized);
    }
}
