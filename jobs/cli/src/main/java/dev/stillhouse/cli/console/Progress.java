package dev.stillhouse.cli.console;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
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
        step(new Work(name, "row", rows, done, () -> ""));
    }

    /** Begins a step whose progress is counted in something else, or has more to tell than a count. */
    public void step(Work work) {
        step.end();
        step = terminal ? new Bar(work) : new Lines(work);
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

    /**
     * What a step does.
     *
     * @param name such as "embedding"
     * @param unit what is counted, such as "row"
     * @param most how many there are, 0 where that is not known
     * @param done tells how many are done; called from another thread
     * @param note tells what else is known by now, such as a loss; called from another thread
     */
    public record Work(String name, String unit, long most, LongSupplier done, Supplier<String> note) {}

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
        private final Work work;

        Bar(Work work) {
            this.work = work;
            this.bar = new ProgressBarBuilder()
                    .setTaskName(String.format(Locale.ROOT, "%-8s %s", stage, work.name()))
                    .setInitialMax(work.most() > 0 ? work.most() : -1)
                    .setUnit(" " + work.unit() + "s", 1)
                    .showSpeed()
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis((int) BAR_INTERVAL.toMillis())
                    .clearDisplayOnFinish()
                    .setConsumer(new ConsoleProgressBarConsumer(err))
                    .build();
        }

        @Override
        public void show(boolean last) {
            bar.setExtraMessage(work.note().get());
            bar.stepTo(work.done().getAsLong());
        }

        @Override
        public void end() {
            show(true);
            bar.close();
        }
    }

    private final class Lines implements Step {
        private final Work work;
        private long last = -1;

        Lines(Work work) {
            this.work = work;
            err.printf(
                    Locale.ROOT,
                    "%-8s %s%s%n",
                    stage,
                    work.name(),
                    work.most() > 0 ? " " + Console.count(work.most(), work.unit()) : "");
        }

        @Override
        public void show(boolean isLast) {
            long now = work.done().getAsLong();
            if (work.most() > 0 && now != last && now > 0) {
                String note = work.note().get();
                err.printf(
                        Locale.ROOT,
                        "%-8s %s %s of %s%s%n",
                        stage,
                        work.name(),
                        Console.count(now),
                        Console.count(work.most(), work.unit()),
                        note.isEmpty() ? "" : ", " + note);
                last = now;
            }
        }

        @Override
        public void end() {}
    }
}
