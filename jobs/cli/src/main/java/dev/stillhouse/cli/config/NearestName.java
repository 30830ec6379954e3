package dev.stillhouse.cli.config;

import java.util.Collection;
import java.util.Comparator;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The known name that a mistyped one most likely stands for: one that begins with it, else by Levenshtein distance, in which insertions, deletions and substitutions cost 1 each. */
public final class NearestName {
    private NearestName() {}

    /** The known name nearest to {@code name}, the first of them on a tie. {@code known} must not be empty. */
    public static String of(String name, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparing((String candidate) -> name.isEmpty() || !candidate.startsWith(name))
                        .thenComparingInt(candidate ->
                                LevenshteinDistance.getDefaultInstance().apply(name, candidate)))
                .orElseThrow();
    }
}
