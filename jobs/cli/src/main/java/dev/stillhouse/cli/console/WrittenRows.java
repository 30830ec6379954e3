package dev.stillhouse.cli.console;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Rows that tasks have written since it was made, by Spark's own metrics: of finished tasks, and what heartbeats say of the others. For progress only: a task that runs twice counts twice. */
public final class WrittenRows extends TaskRows {
    private static final String WRITTEN = "internal.metrics.output.recordsWritten";

    private final AtomicLong finished = new AtomicLong();

    public WrittenRows(SparkContext context) {
        super(context);
        listen();
    }

    @Override
    boolean isRows(AccumulableInfo info) {
        return info.name().exists(WRITTEN::equals);
    }

    @Override
    long finished() {
        return finished.get();
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
        super.onTaskEnd(end);
        // None of a task that failed.
        if (end.taskMetrics() != null && end.taskInfo().successful()) {
            finished.addAndGet(end.taskMetrics().outputMetrics().recordsWritten());
        }
    }
}
