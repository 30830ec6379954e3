package dev.stillhouse.teacher.endpoint;

/** A server that will not answer a question, however often it is asked. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    RefusedException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** Whether every question would be refused: the key, the address or the model is wrong. */
    boolean concernsAll() {
        return status == 401 || status == 403 || status == 404;
    }
}
