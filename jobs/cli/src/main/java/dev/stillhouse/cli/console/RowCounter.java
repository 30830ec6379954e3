package dev.stillhouse.cli.console;

import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.util.LongAccumulator;

/** Rows that tasks have counted so far, those of running tasks included: an accumulator, which knows only of finished tasks, and what heartbeats say of the others. For progress only: a task that runs twice counts twice. */
public final class RowCounter extends TaskRows {
    private final LongAccumulator accumulator;

    public RowCounter(SparkContext context) {
        super(context);
        this.accumulator = context.longAccumulator("rows");
        listen();
    }

    /** Where tasks count. */
    public LongAccumulator accumulator() {
        return accumulator;
    }

    @Override
    boolean isRows(AccumulableInfo info) {
        return info.id() == accumulator.id();
    }

    @Override
    long finished() {
        return accumulator.sum();
    }
}
