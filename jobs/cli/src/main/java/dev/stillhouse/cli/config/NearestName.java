package dev.stillhouse.cli.config;

import java.util.Collection;
import java.util.Comparator;

/** The known name that a mistyped one most likely stands for, by Levenshtein distance: insertions, deletions and substitutions cost 1 each. */
final class NearestName {
    private NearestName() {}

    /** The known name nearest to {@code name}, the first of them on a tie. {@code known} must not be empty. */
    static String of(String name, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
                .orElseThrow();
    }

    private static int distance(String from, String to) {
        int[] previous = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] current = new int[to.length() + 1];
            current[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int substituted = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(substituted, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[to.length()];
    }
}
