package dev.stillhouse.cli.config;

import java.util.Collection;
import java.util.Comparator;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The known name that a mistyped one most likely stands for, by Levenshtein distance: insertions, deletions and substitutions cost 1 each. */
final class NearestName {
    private NearestName() {}

    /** The known name nearest to {@code name}, the first of them on a tie. {@code known} must not be empty. */
    static String of(String name, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(
                        candidate -> LevenshteinDistance.getDefaultInstance().apply(name, candidate)))
                .orElseThrow();
    }
}
