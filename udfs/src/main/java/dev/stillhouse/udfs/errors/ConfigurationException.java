package dev.stillhouse.udfs.errors;

/**
 * A task file, option or environment that cannot be used as it is: exit code 2, and a retry makes no sense. The message follows {@code Invalid <noun>: <value> (must
 * be <rule>)} or {@code Cannot <verb> <object>: <reason>}, with the remedy, and never holds text of a document.
 */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConfigurationException(String message) {
        super(message);
    }

    public ConfigurationException(String message, Throwable cause) {
        super(message, cause);
    }
}
