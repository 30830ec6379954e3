package dev.stillhouse.cli.config;

import dev.stillhouse.datasets.config.InvalidRecordException;
import dev.stillhouse.datasets.config.Key;
import dev.stillhouse.datasets.config.Violation;
import dev.stillhouse.datasets.source.SourceConfig;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Untyped values to configuration records, by the {@link Key} of each component. Every problem is told, with its place: after a key that cannot be read the rest of its
 * section is still read and its bounds are still checked, with a stand-in for the key. Not thread-safe.
 */
final class RecordBinder {
    private static final YamlValue NO_KEYS = new YamlValue.Mapping(Map.of(), "");
    private static final Map<Class<?>, Object> STAND_INS =
            Map.of(String.class, "x", int.class, 1, long.class, 1L, double.class, 1.0, boolean.class, false);

    private final Problems problems;
    private final SourceCheck sourceCheck;

    RecordBinder(Problems problems, SourceCheck sourceCheck) {
        this.problems = problems;
        this.sourceCheck = sourceCheck;
    }

    /** The record that a document describes; empty where something is wrong with it, which is then told. */
    <T extends Record> Optional<T> bind(Class<T> type, YamlValue document) {
        return Optional.ofNullable(record(type, document, "")).map(type::cast);
    }

    private @Nullable Object record(Class<?> type, YamlValue value, String path) {
        List<RecordKey> keys = RecordKey.of(type);
        Optional<YamlValue.Mapping> section = section(keys, value, path);
        if (section.isEmpty()) {
            return null;
        }
        refuseUnknown(keys, section.get(), path);
        Map<RecordKey, Object> values = new LinkedHashMap<>();
        Set<String> failed = new LinkedHashSet<>();
        for (RecordKey key : keys) {
            YamlValue given = section.get().entries().getOrDefault(key.name(), new YamlValue.Nothing(value.place()));
            String keyPath = value == section.get() ? join(path, key.name()) : path;
            Object bound =
                    given instanceof YamlValue.Nothing ? absent(key, given, keyPath) : present(key, given, keyPath);
            if (bound == null) {
                failed.add(key.name());
            }
            values.put(key, bound == null ? standIn(key) : bound);
        }
        List<Violation> violations = new ArrayList<>();
        Object record = construct(type, values, violations::addAll);
        values.keySet().stream()
                .filter(key -> failed.contains(key.name()))
                .filter(key -> key.shape() == RecordKey.Shape.ONE && key.type().isEnum())
                .forEach(key -> keepCertain(violations, type, values, key));
        tell(violations, new Section(section.get(), path, failed));
        if (failed.isEmpty() && record instanceof SourceConfig source) {
            sourceCheck.problems(path, source).forEach(message -> problems.add(value.place(), message));
        }
        return failed.isEmpty() ? record : null;
    }

    /** The keys that a value gives to a record: its own, or for a list those of the one key that may stand alone. */
    private Optional<YamlValue.Mapping> section(List<RecordKey> keys, YamlValue value, String path) {
        if (value instanceof YamlValue.Mapping mapping) {
            return Optional.of(mapping);
        }
        Optional<RecordKey> alone =
                keys.stream().filter(key -> key.key().alone()).findFirst();
        if (value instanceof YamlValue.Sequence && alone.isPresent()) {
            return Optional.of(new YamlValue.Mapping(Map.of(alone.get().name(), value), value.place()));
        }
        problems.invalid(
                path.isEmpty() ? "document" : path,
                value,
                "a section of keys" + (alone.isPresent() ? " or a list" : ""));
        return Optional.empty();
    }

    private void refuseUnknown(List<RecordKey> keys, YamlValue.Mapping section, String path) {
        List<String> known = keys.stream().map(RecordKey::name).toList();
        section.entries().forEach((name, value) -> {
            if (!known.contains(name)) {
                String shown = join(path, new YamlValue.Scalar(name, "").shown());
                problems.add(
                        value.place(),
                        "Invalid key: " + shown + " (must be one of " + String.join(", ", known) + "; "
                                + elsewhere(keys, name, path)
                                        .map(key -> "did you mean " + key + "? It needs more indentation")
                                        .orElseGet(() -> "nearest: " + NearestName.of(name, known))
                                + ")");
            }
        });
    }

    /** A key of that name in a section below, where it was not indented enough. */
    private static Optional<String> elsewhere(List<RecordKey> keys, String name, String path) {
        for (RecordKey key : keys) {
            if (key.isSection() && key.shape() == RecordKey.Shape.ONE) {
                List<RecordKey> inner = RecordKey.of(key.type());
                if (inner.stream().anyMatch(one -> one.name().equals(name))) {
                    return Optional.of(join(path, join(key.name(), name)));
                }
            }
        }
        return Optional.empty();
    }

    private @Nullable Object absent(RecordKey key, YamlValue nothing, String path) {
        if (key.isRequired()) {
            problems.invalid(
                    path,
                    nothing,
                    key.type() == String.class
                            ? "given: it has no default"
                            : Scalars.rule(key.type(), key.key().unit()));
            return null;
        }
        if (!key.key().defaultValue().isEmpty()) {
            return present(key, defaultOf(key), path);
        }
        return switch (key.shape()) {
            case OPTIONAL -> Optional.empty();
            case LIST -> List.of();
            case MAP -> Map.of();
            case ONE -> record(key.type(), NO_KEYS, path);
        };
    }

    /** The default as a value; a list's is YAML, a scalar's is its own text, so that a default may be any character. */
    private static YamlValue defaultOf(RecordKey key) {
        String text = key.key().defaultValue();
        if (key.shape() != RecordKey.Shape.LIST && key.shape() != RecordKey.Shape.MAP) {
            return new YamlValue.Scalar(text, "");
        }
        return YamlReader.read(text, Optional.of("default"), new Problems())
                .orElseThrow(() -> new IllegalStateException("Default is no list: " + text));
    }

    private @Nullable Object present(RecordKey key, YamlValue value, String path) {
        if (key.shape() == RecordKey.Shape.LIST) {
            return list(key, value, path);
        }
        if (key.shape() == RecordKey.Shape.MAP) {
            return map(key, value, path);
        }
        Object one = one(key, value, path);
        return key.shape() == RecordKey.Shape.OPTIONAL && one != null ? Optional.of(one) : one;
    }

    /** A list, or a single value that stands for a list of one. */
    private @Nullable Object list(RecordKey key, YamlValue value, String path) {
        if (value instanceof YamlValue.Scalar && !key.isSection()) {
            Object item = one(key, value, path);
            return item == null ? null : List.of(item);
        }
        if (!(value instanceof YamlValue.Sequence sequence)) {
            problems.invalid(path, value, "a list");
            return null;
        }
        List<Object> items = new ArrayList<>();
        for (int i = 0; i < sequence.items().size(); i++) {
            Object item = one(key, sequence.items().get(i), path + "[" + i + "]");
            if (item != null) {
                items.add(item);
            }
        }
        return items.size() == sequence.items().size() ? items : null;
    }

    private @Nullable Object map(RecordKey key, YamlValue value, String path) {
        if (!(value instanceof YamlValue.Mapping mapping)) {
            problems.invalid(
                    path,
                    value,
                    "names, each with " + Scalars.rule(key.type(), key.key().unit()));
            return null;
        }
        Map<String, Object> values = new LinkedHashMap<>();
        mapping.entries().forEach((name, entry) -> {
            Object one = one(key, entry, join(path, name));
            if (one != null) {
                values.put(name, one);
            }
        });
        return values.size() == mapping.entries().size() ? values : null;
    }

    private @Nullable Object one(RecordKey key, YamlValue value, String path) {
        if (key.isSection()) {
            return record(key.type(), value, path);
        }
        Optional<?> parsed = value instanceof YamlValue.Scalar scalar
                ? Scalars.parse(key.type(), key.key().unit(), scalar.text())
                : Optional.empty();
        if (parsed.isEmpty()) {
            problems.invalid(path, value, Scalars.rule(key.type(), key.key().unit()));
        }
        return parsed.orElse(null);
    }

    /** A harmless value for a key that could not be read, so that the bounds of the others are still checked. */
    private @Nullable Object standIn(RecordKey key) {
        if (key.shape() != RecordKey.Shape.ONE) {
            return switch (key.shape()) {
                case LIST -> List.of();
                case MAP -> Map.of();
                default -> Optional.empty();
            };
        }
        RecordBinder quiet = new RecordBinder(new Problems(), SourceCheck.NONE);
        if (key.isSection()) {
            return quiet.record(key.type(), NO_KEYS, "");
        }
        if (!key.isRequired()) {
            return quiet.one(key, defaultOf(key), "");
        }
        return key.type().isEnum() ? key.type().getEnumConstants()[0] : STAND_INS.get(key.type());
    }

    /** Of the violations keeps those that there are whichever of its enum's names a key has that could not be read. */
    private static void keepCertain(
            List<Violation> violations, Class<?> type, Map<RecordKey, Object> values, RecordKey failed) {
        for (Object constant : failed.type().getEnumConstants()) {
            Map<RecordKey, Object> other = new LinkedHashMap<>(values);
            other.put(failed, constant);
            List<Violation> others = new ArrayList<>();
            construct(type, other, others::addAll);
            violations.retainAll(others);
        }
    }

    private void tell(List<Violation> violations, Section section) {
        Set<String> unread = Set.copyOf(section.failed());
        Set<String> told = new HashSet<>();
        for (Violation violation : violations) {
            String name = violation.key().replaceAll("[\\[.].*", "");
            if (!unread.contains(name) && told.add(violation.key())) {
                problems.add(
                        section.mapping().at(violation.key()).place(),
                        violation.message(
                                violation.key().isEmpty() ? section.path() : join(section.path(), violation.key())));
                section.failed().add(name);
            }
        }
    }

    private static @Nullable Object construct(
            Class<?> type, Map<RecordKey, Object> values, Consumer<List<Violation>> refused) {
        try {
            Class<?>[] parameters = Arrays.stream(type.getRecordComponents())
                    .map(component -> component.getType())
                    .toArray(Class<?>[]::new);
            Constructor<?> constructor = type.getDeclaredConstructor(parameters);
            constructor.setAccessible(true);
            return constructor.newInstance(values.values().toArray());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof InvalidRecordException invalid) {
                refused.accept(invalid.violations());
                return null;
            }
            throw new IllegalStateException(
                    "Cannot make a " + type.getName() + ": its constructor throws", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot make a " + type.getName() + ": it has no canonical constructor", e);
        }
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private record Section(YamlValue.Mapping mapping, String path, Set<String> failed) {}
}
