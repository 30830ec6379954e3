package dev.stillhouse.cli.config;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with a task file, collected so that all of it is told at once. Not thread-safe. */
final class Problems {
    private final List<String> messages = new ArrayList<>();

    /** Adds a problem at a place; an empty place is left out. */
    void add(String place, String message) {
        messages.add(place.isEmpty() ? message : place + ": " + message);
    }

    /** Adds a value that is not what its key needs. */
    void invalid(String path, YamlValue value, String rule) {
        add(value.place(), "Invalid " + path + ": " + value.shown() + " (must be " + rule + ")");
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    /** The problems in the order in which they were found. */
    List<String> messages() {
        return List.copyOf(messages);
    }
}
