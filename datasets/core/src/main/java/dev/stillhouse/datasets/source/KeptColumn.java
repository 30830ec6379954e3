package dev.stillhouse.datasets.source;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A column that a source keeps beside the text.
 *
 * @param name its name in {@code attributes}
 * @param expression the source's column, or a Spark SQL expression
 */
public record KeptColumn(String name, String expression) {
    /** The column that a source's {@code reference} is kept as. */
    public static final String REFERENCE = "reference";

    private static final Pattern RENAMED =
            Pattern.compile("(.*\\S)\\s+as\\s+(\\S+)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");

    /** Reads one entry of {@code keep}; empty where its name is none. */
    public static Optional<KeptColumn> of(String entry) {
        Matcher renamed = RENAMED.matcher(entry.strip());
        KeptColumn column =
                renamed.matches() ? new KeptColumn(renamed.group(2), renamed.group(1)) : new KeptColumn(entry, entry);
        return Optional.of(column).filter(kept -> NAME.matcher(kept.name()).matches());
    }

    /** What a source keeps; entries that are none are left out. */
    static List<KeptColumn> of(SourceConfig source) {
        Stream<KeptColumn> named = source.keep().stream().flatMap(entry -> of(entry).stream());
        Stream<KeptColumn> reference =
                source.reference().stream().map(expression -> new KeptColumn(REFERENCE, expression));
        return Stream.concat(named, reference).toList();
    }

    /** The names that sources keep, each once, sorted. */
    public static List<String> names(List<SourceConfig> sources) {
        return sources.stream()
                .flatMap(source -> of(source).stream())
                .map(KeptColumn::name)
                .distinct()
                .sorted()
                .toList();
    }

    static boolean areDistinct(SourceConfig source) {
        Stream<String> names = of(source).stream().map(KeptColumn::name);
        return names.distinct().count() == of(source).size();
    }
}
