package dev.stillhouse.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.stillhouse.datasets.publish.Lease;
import dev.stillhouse.udfs.errors.ConfigurationException;
import dev.stillhouse.udfs.errors.DataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.SparkThrowable;
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

    private static final Set<String> HEAP = Set.of("Java heap space", "GC overhead limit exceeded");

    /** What there is to say where there is no memory to say more. */
    static final String OUT_OF_MEMORY = "Cannot finish: memory ran out";

    private ExitCode() {}

    static int of(Throwable failure) {
        if (cause(failure, ConfigurationException.class) != null || cause(failure, AnalysisException.class) != null) {
            return CONFIGURATION;
        }
        return cause(failure, DataException.class) != null
                        || rowFailure(failure).isPresent()
                ? DATA
                : FAILED;
    }

    /** The message for a person: the outermost of those that were written for one, else the innermost cause with its type. */
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
        Optional<String> condition = rowFailure(failure);
        if (condition.isPresent()) {
            return "Cannot evaluate an SQL expression of the task file on some row: " + condition.get()
                    + "; make id, text, label, keep and where hold for every row, such as with try_cast";
        }
        if (root instanceof OutOfMemoryError) {
            return outOfMemory(root);
        }
        // Messages of Spark's own errors and of parsers can quote values of rows; the type and the log file are enough
        // to go on.
        String detail = (root instanceof IOException && !(root instanceof JsonProcessingException))
                        || root instanceof AnalysisException
                        || root instanceof IllegalStateException
                ? ": " + firstLine(root.getMessage())
                : "";
        return "Cannot finish: " + root.getClass().getName() + detail;
    }

    /** Of the heap with what helps; of threads, direct memory or classes, of which a larger heap leaves less, with what the JVM says. */
    private static String outOfMemory(Throwable error) {
        String detail = firstLine(error.getMessage());
        boolean isHeap = error instanceof SparkThrowable || HEAP.contains(detail);
        return !isHeap
                ? OUT_OF_MEMORY + " (" + detail + ")"
                : String.format(
                        Locale.ROOT,
                        "%s (%s), of which this JVM's heap may take %,d MB; give it more, by JDK_JAVA_OPTIONS=-Xmx8g beside ./stillhouse, or --driver-memory and --executor-memory of spark-submit",
                        OUT_OF_MEMORY,
                        detail,
                        Runtime.getRuntime().maxMemory() / 1_000_000);
    }

    /** What Spark, or a parser it calls, says of a row that an expression fails on: the name of the error and nothing from the row. */
    private static Optional<String> rowFailure(Throwable failure) {
        Throwable root = root(failure);
        if (root instanceof JsonProcessingException) {
            return Optional.of("malformed JSON");
        }
        return root instanceof SparkThrowable error && root instanceof RuntimeException
                ? Optional.ofNullable(error.getCondition())
                : Optional.empty();
    }

    private static String firstLine(@org.jspecify.annotations.Nullable String message) {
        return message == null ? "no message" : message.lines().findFirst().orElse("");
    }

    /** The innermost cause. */
    static Throwable root(Throwable failure) {
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
