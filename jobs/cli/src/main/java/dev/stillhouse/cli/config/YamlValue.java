package dev.stillhouse.cli.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A YAML document without its implicit types: scalars stay as they were written, since only the key that reads one knows whether {@code 007} is a name or a number.
 * Immutable trees; parts may be shared where the document has aliases, so nothing here walks one as a whole.
 */
sealed interface YamlValue {
    /** Where the value stands, for messages: {@code line 12}, or the override that set it. */
    String place();

    /** What the value is, for messages: its text, or its shape. */
    String shown();

    /** The value that a key such as {@code output.partition_by[0]} names, or the innermost around it that is there. */
    default YamlValue at(String key) {
        YamlValue at = this;
        for (String step : key.split("[.\\[\\]]+")) {
            Optional<YamlValue> inside = at.inside(step);
            if (inside.isEmpty()) {
                return at;
            }
            at = inside.get();
        }
        return at;
    }

    /** The value of a key, or the item at an index. */
    default Optional<YamlValue> inside(String step) {
        return Optional.empty();
    }

    /** Text, as written without quotes and with escapes resolved. */
    record Scalar(String text, String place) implements YamlValue {
        private static final int LONGEST_SHOWN = 80;

        @Override
        public String shown() {
            String line = text.replaceAll("\\p{Cntrl}", " ");
            return line.length() <= LONGEST_SHOWN ? line : line.substring(0, LONGEST_SHOWN) + "...";
        }
    }

    /** Nothing: {@code null}, {@code ~} or no value after a key. Means the same as leaving the key out. */
    record Nothing(String place) implements YamlValue {
        @Override
        public String shown() {
            return "nothing";
        }
    }

    /** A list. */
    record Sequence(List<YamlValue> items, String place) implements YamlValue {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String shown() {
            return "a list";
        }

        @Override
        public Optional<YamlValue> inside(String step) {
            return items.stream()
                    .skip(step.matches("[0-9]{1,9}") ? Integer.parseInt(step) : items.size())
                    .findFirst();
        }

        /** A copy with the item at {@code index} replaced, or appended where the index is the size. */
        Sequence with(int index, YamlValue item) {
            List<YamlValue> copy = new ArrayList<>(items);
            if (index == copy.size()) {
                copy.add(item);
            } else {
                copy.set(index, item);
            }
            return new Sequence(copy, place);
        }
    }

    /** Keys and values in the order of the document, each key once. */
    record Mapping(Map<String, YamlValue> entries, String place) implements YamlValue {
        @Override
        public String shown() {
            return "a section";
        }

        @Override
        public Optional<YamlValue> inside(String step) {
            return Optional.ofNullable(entries.get(step));
        }

        /** A copy with the key set to {@code value}. */
        Mapping with(String key, YamlValue value) {
            Map<String, YamlValue> copy = new LinkedHashMap<>(entries);
            copy.put(key, value);
            return new Mapping(copy, place);
        }
    }
}
