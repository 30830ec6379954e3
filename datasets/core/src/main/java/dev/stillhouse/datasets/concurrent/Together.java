package dev.stillhouse.datasets.concurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Pieces of work at the same time, each some small Spark jobs: most of their time is planning, in which nothing runs. Threads inherit the caller's session and job group. */
public final class Together {
    private Together() {}

    /**
     * Runs all, and waits for all.
     *
     * @throws RuntimeException what the first piece that failed has thrown, those of others suppressed
     */
    public static void run(Runnable... pieces) {
        ExecutorService threads = Executors.newFixedThreadPool(pieces.length);
        try {
            List<Future<?>> futures = new ArrayList<>();
            for (Runnable piece : pieces) {
                futures.add(threads.submit(piece));
            }
            List<Throwable> failures = new ArrayList<>();
            for (Future<?> future : futures) {
                try {
                    future.get();
                } catch (ExecutionException e) {
                    failures.add(e.getCause());
                }
            }
            if (!failures.isEmpty()) {
                Throwable first = failures.get(0);
                failures.stream().skip(1).forEach(first::addSuppressed);
                sneak(first);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Cannot go on: the run was interrupted", e);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Spark's checked exceptions come undeclared, and go on so. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable failure) throws T {
        throw (T) failure;
    }
}
