package dev.stillhouse.cli.console;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import scala.jdk.javaapi.CollectionConverters;

/** Rows of tasks: of finished ones as a subclass knows them, and what heartbeats say of those that are running. For progress only: a task that runs twice counts twice. */
abstract class TaskRows extends SparkListener implements LongSupplier, AutoCloseable {
    private final SparkContext context;
    private final Map<Long, Long> running = new ConcurrentHashMap<>();

    /** Listens from {@link #listen} on. */
    TaskRows(SparkContext context) {
        this.context = context;
    }

    /** To be called once the subclass is made. */
    final void listen() {
        context.addSparkListener(this);
    }

    /** Whether a heartbeat's value is the number of rows. */
    abstract boolean isRows(AccumulableInfo info);

    /** Rows of finished tasks. */
    abstract long finished();

    @Override
    public final long getAsLong() {
        return finished() + running.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public final void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
        CollectionConverters.asJava(update.accumUpdates()).forEach(task -> {
            for (AccumulableInfo info : CollectionConverters.asJava(task._4())) {
                if (isRows(info) && info.update().isDefined() && info.update().get() instanceof Number rows) {
                    running.put((Long) task._1(), rows.longValue());
                }
            }
        });
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
        running.remove(end.taskInfo().taskId());
    }

    @Override
    public final void close() {
        context.removeSparkListener(this);
    }
}
