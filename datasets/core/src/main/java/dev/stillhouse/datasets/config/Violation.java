package dev.stillhouse.datasets.config;

/**
 * One value that a configuration record cannot hold.
 *
 * @param key the key in snake_case, relative to its record; empty where the record as a whole is meant
 * @param value the value as it would be written in a task file
 * @param rule what it must be, to follow "must be"
 */
public record Violation(String key, String value, String rule) {

    /** The violation in the project's error grammar, with the key's full path. */
    public String message(String path) {
        return "Invalid " + path + ": " + value + " (must be " + rule + ")";
    }
}
