package dev.stillhouse.scoring.output;

import dev.stillhouse.udfs.errors.ConfigurationException;

/**
 * The section {@code output} of a stage.
 *
 * @param stage name of the stage and of its section in the task file
 * @param config what it says
 */
public record OutputSection(String stage, OutputConfig config) {

    /** A key of it, as the task file has it. */
    public String key(String name) {
        return stage + ".output." + name;
    }

    /**
     * What is wrong with a value, to be thrown.
     *
     * @param rule what the value must be
     */
    public ConfigurationException invalid(String name, Object value, String rule) {
        return new ConfigurationException("Invalid " + key(name) + ": " + value + " (must " + rule + ")");
    }
}
