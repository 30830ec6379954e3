package dev.stillhouse.teacher.endpoint;

/** A server that will not answer a question, however often it is asked. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    RefusedException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** The status alone, since what a server says of it may repeat the text that it was asked about. */
    String status() {
        return "HTTP " + status;
    }

    /** Whether every question may be refused, since the key, the address or the model is wrong; or it is a guard before the server that dislikes this text. */
    boolean concernsAll() {
        return status == 401 || status == 403 || status == 404;
    }
}
