package dev.stillhouse.cli;

import org.apache.hadoop.util.ShutdownHookManager;

/** Runs what is to be said when a signal, or memory that ran out in a thread of Spark's, ends the process in the middle of a command: before Spark and Hadoop's file systems shut down, and not where the command ends by itself. */
final class StopNotice implements AutoCloseable {
    /** Spark's hooks have 40 to 50 at Hadoop's manager, file systems 10; higher ones run first. */
    private static final int PRIORITY = 100;

    private static final String SIGNAL = "Cannot finish: stopped by a signal";

    private static volatile String reason = SIGNAL;

    private final Runnable notice;

    StopNotice(Runnable notice) {
        this.notice = notice;
        ShutdownHookManager.get().addShutdownHook(notice, PRIORITY);
    }

    /**
     * Ends the process with exit code 1 from a thread that is not the command's.
     *
     * @param because as a whole sentence, which has been told on the terminal
     */
    static void exit(String because) {
        reason = because;
        System.exit(ExitCode.FAILED);
    }

    /** Whether the terminal has been told why the process ends. */
    static boolean isTold() {
        return !reason.equals(SIGNAL);
    }

    /** Why the process is on its way out, as a whole sentence. */
    static String reason() {
        return reason;
    }

    /** Whether the process is on its way out. */
    boolean isUnderWay() {
        return ShutdownHookManager.get().isShutdownInProgress();
    }

    @Override
    public void close() {
        if (!isUnderWay()) {
            ShutdownHookManager.get().removeShutdownHook(notice);
        }
    }
}
