package dev.stillhouse.cli;

import dev.stillhouse.cli.config.Describe;
import dev.stillhouse.cli.console.Console;
import dev.stillhouse.udfs.quality.C4Lines;
import dev.stillhouse.udfs.quality.Profile;
import dev.stillhouse.udfs.quality.Rule;
import dev.stillhouse.udfs.quality.Signal;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code describe}: prints every key of the task file, or every rule of the profiles of curation. */
@Command(
        name = "describe",
        mixinStandardHelpOptions = true,
        description =
                "Print every key of the task file with type, default and meaning; with --profiles, every rule of the profiles of curate.")
final class DescribeCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--profiles", description = "Print the rules of the profiles: when a document fails, over what.")
    private boolean profiles;

    DescribeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (profiles) {
            for (Profile profile : Profile.values()) {
                print(profile);
            }
        } else {
            console.line(Describe.terminal(Console.WIDTH));
        }
        return ExitCode.DONE;
    }

    private void print(Profile profile) {
        console.line(profile.key() + ": " + profile.source() + (profile.mayDrop() ? "" : "; annotates only"));
        if (profile.rewrites()) {
            console.line(
                    "  with action: drop, the lines that stay are the text; citation marks such as [12] are cut, and");
            for (Signal signal : C4Lines.VERDICTS) {
                console.line(String.format(Locale.ROOT, "  %-32s %s", signal.column(), signal.meaning()));
            }
        }
        for (Rule rule : profile.rules()) {
            Signal signal = rule.signal();
            String over = signal.isRatio() ? ", over " + signal.denominator() : "";
            console.line(String.format(
                    Locale.ROOT, "  %-32s %-26s %s%s", rule.reason(), rule.condition(), signal.meaning(), over));
        }
    }
}
