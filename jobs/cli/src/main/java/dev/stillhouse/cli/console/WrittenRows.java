package dev.stillhouse.cli.console;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import scala.jdk.javaapi.CollectionConverters;

/** Rows that tasks have written since it was made, by Spark's own metrics: of finished tasks, and what heartbeats say of the others. For progress only: a task that runs twice counts twice. */
public final class WrittenRows extends SparkListener implements LongSupplier, AutoCloseable {
    private static final String WRITTEN = "internal.metrics.output.recordsWritten";

    private final SparkContext context;
    private final AtomicLong finished = new AtomicLong();
    private final Map<Long, Long> running = new ConcurrentHashMap<>();

    public WrittenRows(SparkContext context) {
        this.context = context;
        context.addSparkListener(this);
    }

    @Override
    public long getAsLong() {
        return finished.get()
                + running.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
        CollectionConverters.asJava(update.accumUpdates()).forEach(task -> {
            for (AccumulableInfo info : CollectionConverters.asJava(task._4())) {
                if (info.name().exists(WRITTEN::equals)
                        && info.update().isDefined()
                        && info.update().get() instanceof Number rows) {
                    running.put((Long) task._1(), rows.longValue());
                }
            }
        });
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
        running.remove(end.taskInfo().taskId());
        // None of a task that failed.
        if (end.taskMetrics() != null && end.taskInfo().successful()) {
            finished.addAndGet(end.taskMetrics().outputMetrics().recordsWritten());
        }
    }

    @Override
    public void close() {
        context.removeSparkListener(this);
    }
}
