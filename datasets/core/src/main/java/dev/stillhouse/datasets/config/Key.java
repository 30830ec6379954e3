package dev.stillhouse.datasets.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes one key of the task file on the record component that holds it. The key's name is the component's in snake_case, its type the component's. {@code ./stillhouse describe}, {@code docs/task-file.md} and
 * the reader of task files all read this annotation, so what is documented is what is parsed.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Key {

    /** What the key means, one sentence or two, with its unit and bounds. */
    String value();

    /** The default, as it would be written in YAML; empty for a key that has none: required, or absent where the type is Optional, a list (empty) or a section (its own defaults). */
    String defaultValue() default "";

    /** What a number counts; a key that counts bytes also takes a size with a unit. */
    Unit unit() default Unit.NONE;

    /** Whether the record may also be written as this key's list alone, without the key. At most one key of a record, and of type List. */
    boolean alone() default false;

    /** What a number counts. */
    enum Unit {
        NONE,
        /** Bytes: {@code 1000000}, {@code 10 MB} (10^6 each) or {@code 1.5 GiB} (2^30 each). */
        BYTES
    }
}
