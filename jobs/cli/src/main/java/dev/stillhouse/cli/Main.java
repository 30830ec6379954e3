package dev.stillhouse.cli;

import dev.stillhouse.cli.console.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The entry point of the jar: {@code spark-submit --class dev.stillhouse.cli.Main stillhouse.jar COMMAND ...}, and what {@code ./stillhouse} starts. */
@Command(
        name = "stillhouse",
        mixinStandardHelpOptions = true,
        versionProvider = BuildInfo.class,
        description = "Distils a costly model into a cheap, calibrated one and runs it over a whole data lake.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0  done, or nothing to do",
            "  1  anything else: a retry makes sense",
            "  2  usage or configuration",
            "  3  data, or a gate not met",
            "",
            "./stillhouse also takes --master, --conf and other options of spark-submit, before or after the command,",
            "and has the commands `build` and `test`."
        })
public final class Main {
    private Main() {}

    /** Runs a command; ends the process with its exit code unless that is 0, since a cluster manager takes an early exit for a failure. */
    public static void main(String[] arguments) {
        Console console = Console.ofProcess();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> endedThread(console, failure));
        int exit = execute(console, arguments);
        if (exit != ExitCode.DONE) {
            System.exit(exit);
        }
    }

    /** A thread of Spark's that memory or its stack ran out in has left a job behind that nobody ends. */
    private static void endedThread(Console console, Throwable failure) {
        if (!(ExitCode.root(failure) instanceof VirtualMachineError)) {
            Environment.log(failure);
            console.warning(
                    "", "a thread of the process ended by " + failure.getClass().getName());
            return;
        }
        String message = ExitCode.OUT_OF_MEMORY;
        try {
            Environment.log(failure);
            message = ExitCode.message(failure);
            console.failure(message);
        } catch (VirtualMachineError again) {
            // There is no memory to say more.
        } finally {
            StopNotice.exit(message);
        }
    }

    /** Runs a command and gives its exit code. */
    static int execute(Console console, String... arguments) {
        return commandLine(console).execute(arguments);
    }

    static CommandLine commandLine(Console console) {
        CommandLine root = new CommandLine(new Main());
        LoopCommand.addTo(root, console);
        root.addSubcommand(new DescribeCommand(console));
        root.addSubcommand(new PathCommand(console));
        root.addSubcommand(new TryCommand(console));
        root.addSubcommand(new RunsCommand(console));
        root.addSubcommand(new DiffCommand(console));
        root.addSubcommand(new ExportCommand(console));
        root.addSubcommand(new ExplainCommand(console));
        root.addSubcommand(new CommandLine.HelpCommand());
        root.setExecutionStrategy(new CommandLine.RunLast());
        root.setCaseInsensitiveEnumValuesAllowed(true);
        CommandLine.IParameterExceptionHandler usage = root.getParameterExceptionHandler();
        root.setParameterExceptionHandler((wrong, arguments) -> {
            int exit = usage.handleParseException(wrong, arguments);
            String command = wrong.getCommandLine().getCommandName();
            StatusFile.named(arguments)
                    .ifPresent(file -> StatusFile.write(
                            file,
                            Environment.hadoop(),
                            new StatusFile.Status(command, exit, String.valueOf(wrong.getMessage()))));
            return exit;
        });
        root.setExecutionExceptionHandler((failure, command, parsed) -> {
            console.failure(ExitCode.message(failure));
            return ExitCode.of(failure);
        });
        return root;
    }
}
