package dev.stillhouse.datasets.source;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Names of sources: the user's, else the last part of the path without its endings, else the kind; a repeated one gets {@code -2}, {@code -3} and so on in the order of the list. */
final class SourceNames {
    private SourceNames() {}

    static List<String> of(List<SourceConfig> sources) {
        Set<String> taken = new HashSet<>();
        List<String> names = new ArrayList<>();
        for (SourceConfig source : sources) {
            String wished = wished(source);
            String name = wished;
            for (int n = 2; !taken.add(name); n++) {
                name = wished + "-" + n;
            }
            names.add(name);
        }
        return names;
    }

    private static String wished(SourceConfig source) {
        return source.name()
                .or(() -> source.table().map(table -> table.substring(table.lastIndexOf('.') + 1)))
                .or(() -> source.path().map(SourceNames::lastPart).filter(part -> !part.isEmpty()))
                .orElseGet(() -> source.source().name().toLowerCase(Locale.ROOT));
    }

    /** The last part of a path that holds no wildcard, up to its first dot. */
    private static String lastPart(String path) {
        String last = "";
        for (String part : path.split("/")) {
            if (part.matches(".*[*?\\[\\]{}].*")) {
                break;
            }
            if (!part.isEmpty() && !part.startsWith(".")) {
                last = part;
            }
        }
        int dot = last.indexOf('.');
        return dot < 0 ? last : last.substring(0, dot);
    }
}
