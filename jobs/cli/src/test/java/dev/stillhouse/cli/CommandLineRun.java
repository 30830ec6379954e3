package dev.stillhouse.cli;

import dev.stillhouse.cli.console.Console;
import dev.stillhouse.udfs.testing.SharedSpark;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * A command run in this JVM, on the shared session.
 *
 * @param exit its exit code
 * @param out what it printed
 * @param err what it printed to standard error
 */
record CommandLineRun(int exit, String out, String err) {

    static CommandLineRun of(String... arguments) {
        SharedSpark.session();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        int exit = Main.execute(console, arguments);
        return new CommandLineRun(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
