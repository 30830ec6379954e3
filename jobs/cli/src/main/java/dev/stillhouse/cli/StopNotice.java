package dev.stillhouse.cli;

import org.apache.hadoop.util.ShutdownHookManager;

/** Runs what is to be said when a signal ends the process in the middle of a command: before Spark and Hadoop's file systems shut down, and not where the command ends by itself. */
final class StopNotice implements AutoCloseable {
    /** Spark's hooks have 40 to 50 at Hadoop's manager, file systems 10; higher ones run first. */
    private static final int PRIORITY = 100;

    private final Runnable notice;

    StopNotice(Runnable notice) {
        this.notice = notice;
        ShutdownHookManager.get().addShutdownHook(notice, PRIORITY);
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
