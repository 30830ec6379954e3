package dev.stillhouse.teacher.endpoint;

/** The budget does not suffice for another attempt. */
final class SpentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SpentException() {
        super("its part of the budget is spent");
    }
}
