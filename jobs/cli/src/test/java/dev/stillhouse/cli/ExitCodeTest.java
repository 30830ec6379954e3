package dev.stillhouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.udfs.errors.ConfigurationException;
import dev.stillhouse.udfs.errors.DataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

class ExitCodeTest {
    @Test
    void memoryThatRanOutIsToldWithWhatHelps() {
        Throwable failure =
                new SparkException("Job aborted due to stage failure", new OutOfMemoryError("Java heap space"));

        assertThat(ExitCode.of(failure)).isEqualTo(ExitCode.FAILED);
        assertThat(ExitCode.message(failure))
                .matches(
                        "Cannot finish: memory ran out \\(Java heap space\\), of which this JVM's heap may take [0-9,]+ MB; give it more, .*");
    }

    @Test
    void aLargerHeapIsNotAdvisedWhereItWouldNotHelp() {
        assertThat(ExitCode.message(new OutOfMemoryError("unable to create native thread")))
                .isEqualTo("Cannot finish: memory ran out (unable to create native thread)");
    }

    @Test
    void theMessageForAPersonIsGiven() {
        Throwable data = new RuntimeException(new DataException("Cannot read it"));
        assertThat(ExitCode.of(data)).isEqualTo(ExitCode.DATA);
        assertThat(ExitCode.message(data)).isEqualTo("Cannot read it");

        Throwable twice = new DataException("Cannot read the corpus", new DataException("Cannot read it"));
        assertThat(ExitCode.message(twice)).isEqualTo("Cannot read the corpus");

        Throwable configuration = new IllegalStateException("x", new ConfigurationException("Invalid task"));
        assertThat(ExitCode.of(configuration)).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(ExitCode.message(configuration)).isEqualTo("Invalid task");

        Throwable io = new UncheckedIOException("Cannot write it", new IOException("disk"));
        assertThat(ExitCode.of(io)).isEqualTo(ExitCode.FAILED);
        assertThat(ExitCode.message(io)).isEqualTo("Cannot write it");
    }

    @Test
    void messagesOfOthersMayQuoteRowsAndAreNotRepeated() {
        Throwable failure = new SparkException("row: secret", new ArithmeticException("secret"));

        assertThat(ExitCode.message(failure)).isEqualTo("Cannot finish: java.lang.ArithmeticException");
    }
}
