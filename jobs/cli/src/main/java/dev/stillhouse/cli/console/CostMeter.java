package dev.stillhouse.cli.console;

import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/**
 * What a stage costs: wall time, and CPU time of all that worked for it. With a local master that is the whole process's (garbage collection, compilation and native threads included); on a cluster the
 * driver process's and the executors' task threads', as far as their ends were told when it is read. Energy is the local machine's, where it has counters.
 */
public final class CostMeter extends SparkListener implements AutoCloseable {
    private static final long ENERGY_READ_NANOS = 10_000_000_000L;

    private final SparkContext context;
    private final boolean local;
    private final LongSupplier nanoTime;
    private final AtomicLong taskCpuNanos = new AtomicLong();
    private final EnergyMeter energy = new EnergyMeter(EnergyMeter.POWERCAP);
    private final AtomicLong energyReadNanos = new AtomicLong();

    /** A meter that listens to the session's tasks. */
    public CostMeter(SparkContext context, LongSupplier nanoTime) {
        this.context = context;
        this.local = context.isLocal();
        this.nanoTime = nanoTime;
        context.addSparkListener(this);
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
        if (end.taskMetrics() != null) {
            taskCpuNanos.addAndGet(end.taskMetrics().executorCpuTime());
        }
        long now = nanoTime.getAsLong();
        if (now - energyReadNanos.get() > ENERGY_READ_NANOS) {
            energyReadNanos.set(now);
            energy.joules();
        }
    }

    /** Stops listening to the session's tasks. */
    @Override
    public void close() {
        context.removeSparkListener(this);
    }

    /** Starts to measure. */
    public Reading start() {
        return new Reading(nanoTime.getAsLong(), cpuNanos(), joules());
    }

    private Optional<Double> joules() {
        return local ? energy.joules() : Optional.empty();
    }

    private long cpuNanos() {
        long process =
                ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                        ? system.getProcessCpuTime()
                        : 0;
        return local ? process : process + taskCpuNanos.get();
    }

    /** A point in time from which costs are measured. */
    public final class Reading {
        private final long startNanos;
        private final long startCpuNanos;
        private final Optional<Double> startJoules;

        private Reading(long startNanos, long startCpuNanos, Optional<Double> startJoules) {
            this.startNanos = startNanos;
            this.startCpuNanos = startCpuNanos;
            this.startJoules = startJoules;
        }

        /** Seconds of wall time since the start. */
        public double wallSeconds() {
            return (nanoTime.getAsLong() - startNanos) / 1e9;
        }

        /** Seconds of CPU time since the start. */
        public double cpuSeconds() {
            return (cpuNanos() - startCpuNanos) / 1e9;
        }

        /** Joules of the machine's processors since the start; empty where they cannot be measured. */
        public Optional<Double> measuredJoules() {
            Optional<Double> now = CostMeter.this.joules();
            return startJoules.flatMap(start -> now.map(end -> end - start));
        }
    }
}
