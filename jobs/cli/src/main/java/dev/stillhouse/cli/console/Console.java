package dev.stillhouse.cli.console;

import java.io.PrintStream;
import java.util.Locale;

/** The terminal: one line for each thing that a person should know, on standard output; progress and problems on standard error. */
public final class Console {
    /** Columns that longer texts are wrapped to. */
    public static final int WIDTH = 110;

    private static final int NAME_WIDTH = 8;

    private final PrintStream out;
    private final PrintStream err;
    private final boolean terminal;

    /**
     * @param terminal whether bars may be drawn, which needs a terminal on standard error
     */
    public Console(PrintStream out, PrintStream err, boolean terminal) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
    }

    /** The process's own streams; bars where standard error is a terminal, which the launcher tells by a system property. */
    public static Console ofProcess() {
        return new Console(System.out, System.err, Boolean.getBoolean("stillhouse.terminal"));
    }

    /** Prints a line as it is. */
    public void line(String line) {
        out.println(line);
    }

    /** Prints what a stage has to say. */
    public void stage(String stage, String message) {
        out.printf(Locale.ROOT, "%-" + NAME_WIDTH + "s %s%n", stage, Printable.lines(message));
        out.flush();
    }

    /** Prints something that did not stop the work but that a person should know. */
    public void warning(String stage, String message) {
        err.printf(Locale.ROOT, "%-" + NAME_WIDTH + "s warning: %s%n", stage, Printable.lines(message));
    }

    /** Prints why the command failed. */
    public void failure(String message) {
        err.println("stillhouse: " + Printable.lines(message));
    }

    /** Starts to show the progress of a stage. */
    public Progress progress(String stage) {
        return new Progress(stage, terminal, err);
    }

    /** A count with thousands separated, such as 82,192. */
    public static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** A count with its noun in the right number. */
    public static String count(long value, String noun) {
        return count(value) + " " + noun + (value == 1 ? "" : "s");
    }

    /** Seconds, in the unit that reads best. */
    public static String duration(double seconds) {
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        return whole < 120 ? whole + " s" : String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60);
    }
}
