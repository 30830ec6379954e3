package dev.stillhouse.cli;

import dev.stillhouse.datasets.publish.Lease;
import dev.stillhouse.udfs.errors.ConfigurationException;
import dev.stillhouse.udfs.errors.DataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.spark.sql.AnalysisException;

/** What a failure means to whoever started the command: its exit code and the one message that a person should read. */
final class ExitCode {
    static final int DONE = 0;

    /** Anything else: a retry makes sense. */
    static final int FAILED = 1;

    /** Usage or configuration. */
    static final int CONFIGURATION = 2;

    /** Data, or a gate not met. */
    static final int DATA = 3;

    private ExitCode() {}

    static int of(Throwable failure) {
        if (cause(failure, ConfigurationException.class) != null) {
            return CONFIGURATION;
        }
        return cause(failure, DataException.class) != null ? DATA : FAILED;
    }

    /** The message for a person: the innermost that was written for one, else the innermost cause with its type. */
    static String message(Throwable failure) {
        for (Class<? extends Throwable> known : List.of(
                ConfigurationException.class,
                DataException.class,
                Lease.HeldException.class,
                UncheckedIOException.class)) {
            Throwable found = cause(failure, known);
            if (found != null) {
                return found.getMessage();
            }
        }
        Throwable root = root(failure);
        // Messages of Spark's own errors can quote values of rows; the type and the log file are enough to go on.
        String detail = root instanceof IOException
                        || root instanceof AnalysisException
                        || root instanceof IllegalStateException
                ? ": " + firstLine(root.getMessage())
                : "";
        return "Cannot finish: " + root.getClass().getName() + detail;
    }

    private static String firstLine(@org.jspecify.annotations.Nullable String message) {
        return message == null ? "no message" : message.lines().findFirst().orElse("");
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }

    private static <T extends Throwable> @org.jspecify.annotations.Nullable T cause(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
