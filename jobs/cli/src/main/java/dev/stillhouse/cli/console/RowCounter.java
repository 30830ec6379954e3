package dev.stillhouse.cli.console;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.util.LongAccumulator;
import scala.jdk.javaapi.CollectionConverters;

/** Rows that tasks have counted so far, those of running tasks included: an accumulator, which knows only of finished tasks, and what heartbeats say of the others. For progress only: a task that runs twice counts twice. */
public final class RowCounter extends SparkListener implements LongSupplier, AutoCloseable {
    private final SparkContext context;
    private final LongAccumulator accumulator;
    private final Map<Long, Long> running = new ConcurrentHashMap<>();

    public RowCounter(SparkContext context) {
        this.context = context;
        this.accumulator = context.longAccumulator("rows");
        context.addSparkListener(this);
    }

    /** Where tasks count. */
    public LongAccumulator accumulator() {
        return accumulator;
    }

    @Override
    public long getAsLong() {
        return accumulator.sum()
                + running.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
        CollectionConverters.asJava(update.accumUpdates()).forEach(task -> {
            for (AccumulableInfo info : CollectionConverters.asJava(task._4())) {
                if (info.id() == accumulator.id()
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
    }

    @Override
    public void close() {
        context.removeSparkListener(this);
    }
}
