package dev.stillhouse.cli.config;

import dev.stillhouse.datasets.config.Key;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Texts of a task file as values of a key's type: text, whole numbers, numbers, true and false, names of an enum, sizes and durations. */
final class Scalars {
    private static final Pattern WITH_UNIT = Pattern.compile("([0-9][0-9_]*(?:\\.[0-9]+)?)\\s*([A-Za-z]+)");
    private static final Map<String, Long> SIZES = Map.of(
            "B",
            1L,
            "kB",
            1_000L,
            "MB",
            1_000_000L,
            "GB",
            1_000_000_000L,
            "TB",
            1_000_000_000_000L,
            "KiB",
            1L << 10,
            "MiB",
            1L << 20,
            "GiB",
            1L << 30,
            "TiB",
            1L << 40);
    private static final Map<String, Long> DURATIONS =
            Map.of("ms", 1L, "s", 1_000L, "min", 60_000L, "h", 3_600_000L, "d", 86_400_000L);
    private static final Map<Class<?>, Reader> READERS = Map.of(
            String.class, new Reader("text", Optional::of),
            int.class, new Reader("a whole number", text -> exact(text, BigDecimal::intValueExact)),
            Integer.class, new Reader("a whole number", text -> exact(text, BigDecimal::intValueExact)),
            long.class, new Reader("a whole number", text -> exact(text, BigDecimal::longValueExact)),
            Long.class, new Reader("a whole number", text -> exact(text, BigDecimal::longValueExact)),
            double.class, new Reader("a number", Scalars::number),
            Double.class, new Reader("a number", Scalars::number),
            boolean.class, new Reader("true or false", Scalars::flag),
            Boolean.class, new Reader("true or false", Scalars::flag),
            Duration.class,
                    new Reader("a duration such as 500 ms, 90 s, 15 min, 2 h or 1 d", text -> scaled(text, DURATIONS)
                            .map(Duration::ofMillis)));
    private static final Reader BYTES = new Reader("a size such as 1000000, 10 MB or 1.5 GiB", Scalars::bytes);

    private Scalars() {}

    /** Whether a value of this type is written as a scalar. */
    static boolean isScalar(Class<?> type) {
        return type.isEnum() || READERS.containsKey(type);
    }

    /** The text as a value of the type; empty where it is none. */
    static Optional<?> parse(Class<?> type, Key.Unit unit, String text) {
        return reader(type, unit).parse().apply(text);
    }

    /** What a text must be for {@link #parse} to take it, to follow "must be". */
    static String rule(Class<?> type, Key.Unit unit) {
        return reader(type, unit).rule();
    }

    /** The name of a type in descriptions; not for enums. */
    static String type(Class<?> type, Key.Unit unit) {
        return rule(type, unit).replaceFirst("^an? ", "").replaceFirst(" such as .*", "");
    }

    /** An enum constant as a task file writes it: lower case, with dashes, and a plus for "and". */
    static String name(Enum<?> constant) {
        return constant.name().replace("_AND_", "+").toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The names of an enum's constants, in their order. */
    static String names(Class<?> type, String separator) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> name((Enum<?>) constant))
                .collect(Collectors.joining(separator));
    }

    private static Reader reader(Class<?> type, Key.Unit unit) {
        if (type.isEnum()) {
            return new Reader(rule(type), text -> constant(type, text));
        }
        Reader reader = unit == Key.Unit.BYTES ? BYTES : READERS.get(type);
        if (reader == null) {
            throw new IllegalStateException("No key can hold a " + type.getName());
        }
        return reader;
    }

    private static String rule(Class<?> type) {
        return (type.getEnumConstants().length > 1 ? "one of " : "") + names(type, ", ");
    }

    private static Optional<?> constant(Class<?> type, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> name((Enum<?>) constant).equals(text))
                .findFirst();
    }

    private static Optional<?> flag(String text) {
        return text.equals("true") || text.equals("false") ? Optional.of(Boolean.valueOf(text)) : Optional.empty();
    }

    private static Optional<?> number(String text) {
        return exact(text, BigDecimal::doubleValue).filter(Double::isFinite);
    }

    private static Optional<?> bytes(String text) {
        Optional<?> plain = exact(text, BigDecimal::longValueExact);
        return plain.isPresent() ? plain : scaled(text, SIZES);
    }

    private static Optional<Long> scaled(String text, Map<String, Long> units) {
        Matcher matcher = WITH_UNIT.matcher(text);
        if (!matcher.matches() || !units.containsKey(matcher.group(2))) {
            return Optional.empty();
        }
        BigDecimal unit = BigDecimal.valueOf(units.get(matcher.group(2)));
        return exact(matcher.group(1), number -> number.multiply(unit).longValueExact());
    }

    private static <N> Optional<N> exact(String text, Function<BigDecimal, N> conversion) {
        try {
            return Optional.of(conversion.apply(new BigDecimal(text.replaceAll("(?<=[0-9])_(?=[0-9])", ""))));
        } catch (ArithmeticException | NumberFormatException notOne) {
            return Optional.empty();
        }
    }

    private record Reader(String rule, Function<String, Optional<?>> parse) {}
}
