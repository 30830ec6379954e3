package dev.stillhouse.cli;

import dev.stillhouse.cli.config.Describe;
import dev.stillhouse.cli.console.Console;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code describe}: prints every key of the task file. */
@Command(
        name = "describe",
        mixinStandardHelpOptions = true,
        description = "Print every key of the task file with type, default and meaning.")
final class DescribeCommand implements Callable<Integer> {
    private final Console console;

    DescribeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.line(Describe.terminal(Console.WIDTH));
        return ExitCode.DONE;
    }
}
