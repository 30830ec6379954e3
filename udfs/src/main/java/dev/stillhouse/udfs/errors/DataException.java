package dev.stillhouse.udfs.errors;

/**
 * Data that cannot be worked on, or a gate that was not met: exit code 3, and a retry makes no sense. The message names file or dataset, column and row key, what was
 * expected and what was found, and never holds text of a document.
 */
public final class DataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DataException(String message) {
        super(message);
    }

    public DataException(String message, Throwable cause) {
        super(message, cause);
    }
}
