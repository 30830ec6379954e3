package dev.stillhouse.cli.config;

import dev.stillhouse.datasets.config.Key;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One key of a configuration record, as the reader, the description and the canonical form all see it.
 *
 * @param name the key in snake_case
 * @param shape how many values it holds
 * @param type the type of one value: a scalar type or a record
 * @param key meaning, default and unit
 * @param component the record's component
 */
record RecordKey(String name, Shape shape, Class<?> type, Key key, RecordComponent component) {

    /** How many values a key holds. */
    enum Shape {
        ONE,
        OPTIONAL,
        LIST,

        /** Values by names of the user's. */
        MAP
    }

    /**
     * The keys of a record, in the order of its components.
     *
     * @throws IllegalStateException if a component is not annotated with {@link Key} or has a type that no task file can write
     */
    static List<RecordKey> of(Class<?> type) {
        return Arrays.stream(type.getRecordComponents()).map(RecordKey::of).toList();
    }

    private static RecordKey of(RecordComponent component) {
        Key key = component.getAnnotation(Key.class);
        Shape shape = shape(component.getType());
        Class<?> type = shape == Shape.ONE ? component.getType() : argument(component.getGenericType());
        if (key == null || !(type.isRecord() || Scalars.isScalar(type))) {
            throw new IllegalStateException("Component is no key of a task file: "
                    + component.getDeclaringRecord().getName() + "." + component.getName());
        }
        return new RecordKey(snakeCase(component.getName()), shape, type, key, component);
    }

    private static Shape shape(Class<?> type) {
        if (type == Optional.class) {
            return Shape.OPTIONAL;
        }
        if (type == Map.class) {
            return Shape.MAP;
        }
        return type == List.class ? Shape.LIST : Shape.ONE;
    }

    private static Class<?> argument(Type type) {
        Type[] arguments = ((ParameterizedType) type).getActualTypeArguments();
        return (Class<?>) arguments[arguments.length - 1];
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    /** Whether one value of this key is a section with keys of its own. */
    boolean isSection() {
        return type.isRecord();
    }

    /** Whether a task file must have this key. */
    boolean isRequired() {
        return shape == Shape.ONE && !isSection() && key.defaultValue().isEmpty();
    }

    /** The value of this key in a record. */
    Object in(Record record) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "Cannot read " + name + " of " + record.getClass().getName(), e);
        }
    }
}
