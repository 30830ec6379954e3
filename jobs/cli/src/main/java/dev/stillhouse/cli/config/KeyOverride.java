package dev.stillhouse.cli.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One {@code --set key=value}: a dotted path with list indexes ({@code corpus[0].path}, {@code student.targets.retained}) and a value that is read as YAML. An index
 * equal to the length of its list appends. Whether the key exists is seen when the document is bound, with the same message as for a file.
 *
 * @param steps names ({@code String}) and indexes ({@code Integer}) from the root to the value
 * @param value what to put there
 */
record KeyOverride(List<Object> steps, YamlValue value) {
    private static final Pattern PATH =
            Pattern.compile("[^.\\[\\]]+(\\[[0-9]{1,6}])*(\\.[^.\\[\\]]+(\\[[0-9]{1,6}])*)*");
    private static final Pattern STEP = Pattern.compile("\\[([0-9]+)]|[^.\\[\\]]+");

    /** Reads one override; empty where it cannot be read, which is then told. */
    static Optional<KeyOverride> parse(String text, Problems problems) {
        int equals = text.indexOf('=');
        String path = equals < 0 ? text : text.substring(0, equals).strip();
        String place = "--set " + path;
        if (equals < 0 || !PATH.matcher(path).matches()) {
            problems.add(
                    "",
                    "Invalid --set: " + text
                            + " (must be key=value, with a key such as student.pool or corpus[0].path)");
            return Optional.empty();
        }
        Problems found = new Problems();
        Optional<YamlValue> value = YamlReader.read(text.substring(equals + 1), Optional.of(place), found);
        found.messages().forEach(message -> problems.add("", message));
        YamlValue given = value.orElse(new YamlValue.Nothing(place));
        return found.isEmpty() ? Optional.of(new KeyOverride(steps(path), given)) : Optional.empty();
    }

    private static List<Object> steps(String path) {
        List<Object> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(path);
        while (matcher.find()) {
            steps.add(matcher.group(1) == null ? matcher.group() : Integer.valueOf(matcher.group(1)));
        }
        return steps;
    }

    /** The document with the value put in; unchanged where the path leads through a value that is no section or list, which is then told. */
    YamlValue applyTo(YamlValue document, Problems problems) {
        try {
            return put(document, 0);
        } catch (NoSuchPlaceException e) {
            problems.add(value.place(), e.getMessage());
            return document;
        }
    }

    private YamlValue put(YamlValue at, int depth) {
        if (depth == steps.size()) {
            return value;
        }
        Object step = steps.get(depth);
        if (step instanceof Integer index) {
            return putItem(at, index, depth);
        }
        YamlValue.Mapping mapping = at instanceof YamlValue.Nothing
                ? new YamlValue.Mapping(Map.of(), value.place())
                : cast(YamlValue.Mapping.class, at, depth);
        String name = (String) step;
        YamlValue inner = mapping.entries().getOrDefault(name, new YamlValue.Nothing(value.place()));
        return mapping.with(name, put(inner, depth + 1));
    }

    private YamlValue putItem(YamlValue at, int index, int depth) {
        YamlValue.Sequence sequence = at instanceof YamlValue.Nothing
                ? new YamlValue.Sequence(List.of(), value.place())
                : cast(YamlValue.Sequence.class, at, depth);
        int size = sequence.items().size();
        if (index > size) {
            throw new NoSuchPlaceException(
                    "Invalid index: " + index + " (must be 0 to " + size + "; " + size + " appends)");
        }
        YamlValue inner = index == size
                ? new YamlValue.Nothing(value.place())
                : sequence.items().get(index);
        return sequence.with(index, put(inner, depth + 1));
    }

    private <V extends YamlValue> V cast(Class<V> type, YamlValue at, int depth) {
        if (!type.isInstance(at)) {
            String needed = type == YamlValue.Mapping.class ? "a section of keys" : "a list";
            throw new NoSuchPlaceException(
                    "Invalid " + pathTo(depth) + ": " + at.shown() + " (must be " + needed + " for this key)");
        }
        return type.cast(at);
    }

    private String pathTo(int depth) {
        StringBuilder path = new StringBuilder();
        for (Object step : steps.subList(0, depth)) {
            path.append(step instanceof Integer ? "[" + step + "]" : (path.isEmpty() ? "" : ".") + step);
        }
        return path.isEmpty() ? "document" : path.toString();
    }

    private static final class NoSuchPlaceException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoSuchPlaceException(String message) {
            super(message);
        }
    }
}
