package dev.stillhouse.cli.console;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * How far a stage is. On a terminal a bar for each step with rows, rows a second and time left; elsewhere a line when a step begins and every {@link #LINE_INTERVAL}.
 *
 * <p>Steps follow one another: starting one ends the one before.
 */
public final class Progress implements AutoCloseable {
    private static final Duration BAR_INTERVAL = Duration.ofMillis(250);
    private static final Duration LINE_INTERVAL = Duration.ofSeconds(30);

    private final String stage;
    private final boolean terminal;
    private final PrintStream err;
    private final ScheduledExecutorService timer;
    private volatile Step step = Step.NONE;

    Progress(String stage, boolean terminal, PrintStream err) {
        this.stage = stage;
        this.terminal = terminal;
        this.err = err;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "stillhouse-progress");
            thread.setDaemon(true);
            return thread;
        });
        Duration interval = terminal ? BAR_INTERVAL : LINE_INTERVAL;
        ScheduledFuture<?> unused = timer.scheduleAtFixedRate(
                () -> step.show(false), interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Begins a step.
     *
     * @param name what is done, such as "embedding"
     * @param rows how many rows it works on, 0 where that is not known
     * @param done tells how many are done; called from another thread
     */
    public void step(String name, long rows, LongSupplier done) {
        step.end();
        step = terminal ? new Bar(name, rows, done) : new Lines(name, rows, done);
    }

    /** Begins a step whose rows are not counted. */
    public void step(String name) {
        step(name, 0, () -> 0);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        step.end();
        step = Step.NONE;
    }

    private interface Step {
        Step NONE = new Step() {
            @Override
            public void show(boolean last) {}

            @Override
            public void end() {}
        };

        void show(boolean last);

        void end();
    }

    private final class Bar implements Step {
        private final ProgressBar bar;
        private final LongSupplier done;

        Bar(String name, long rows, LongSupplier done) {
            this.done = done;
            this.bar = new ProgressBarBuilder()
                    .setTaskName(String.format(Locale.ROOT, "%-8s %s", stage, name))
                    .setInitialMax(rows > 0 ? rows : -1)
                    .setUnit(" rows", 1)
                    .showSpeed()
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis((int) BAR_INTERVAL.toMillis())
                    .clearDisplayOnFinish()
                    .setConsumer(new ConsoleProgressBarConsumer(err))
                    .build();
        }

        @Override
        public void show(boolean last) {
            bar.stepTo(done.getAsLong());
        }

        @Override
        public void end() {
            show(true);
            bar.close();
        }
    }

    private final class Lines implements Step {
        private final String name;
        private final long rows;
        private final LongSupplier done;
        private long last = -1;

        Lines(String name, long rows, LongSupplier done) {
            this.name = name;
            this.rows = rows;
            this.done = done;
            err.printf(Locale.ROOT, "%-8s %s%s%n", stage, name, rows > 0 ? " " + Console.count(rows, "row") : "");
        }

        @Override
        public void show(boolean isLast) {
            long now = done.getAsLong();
            if (rows > 0 && now != last && now > 0) {
                err.printf(
                        Locale.ROOT, "%-8s %s %s of %s rows%n", stage, name, Console.count(now), Console.count(rows));
                last = now;
            }
        }

        @Override
        public void end() {}
    }
}
