package dev.stillhouse.udfs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Documents a second of several scorers on the same rows: text in, probabilities out. Each scorer is warmed up for one round; then rounds are interleaved (a b a b a b), so that a change of the machine's load hits all alike. In a round,
 * threads pull batches of consecutive texts, from the start again at the end, until its time is up; the batch that is under way is finished and its time counts. A round's rate is the sum of its threads' rates, each over the thread's own time, so that a thread that waits for
 * the last one counts for neither side.
 */
public final class Throughput {

    /**
     * How to measure.
     *
     * @param rounds measured rounds of each scorer, at least 1
     * @param secondsPerRound seconds of a round at least, greater than 0
     * @param threads threads that call a scorer at once, at least 1
     * @param batch texts of a call, at least 1
     */
    public record Settings(int rounds, double secondsPerRound, int threads, int batch) {

        public Settings {
            if (rounds < 1 || threads < 1 || batch < 1 || !(secondsPerRound > 0)) {
                throw new IllegalArgumentException("Invalid settings: rounds " + rounds + ", secondsPerRound "
                        + secondsPerRound + ", threads " + threads + ", batch " + batch + " (must be greater than 0)");
            }
        }
    }

    /**
     * Documents a second.
     *
     * @param median of the rounds
     * @param lowest slowest round
     * @param highest fastest round
     */
    public record Rate(double median, double lowest, double highest) {}

    private final Settings settings;
    private final LongSupplier nanoTime;

    /**
     * Measures by a clock of the caller's.
     *
     * @param nanoTime nanoseconds that never run backwards, such as {@code System::nanoTime}; called by all threads
     */
    public Throughput(Settings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
    }

    /**
     * The rate of each scorer, in their order.
     *
     * @param texts at least one
     */
    public List<Rate> measure(List<? extends TextScorer> scorers, List<String> texts) {
        if (texts.isEmpty()) {
            throw new IllegalArgumentException("Invalid number of texts: 0 (must be at least 1)");
        }
        List<List<String>> batches = batches(texts);
        double[][] rates = new double[scorers.size()][settings.rounds];
        ExecutorService threads = Executors.newFixedThreadPool(settings.threads, Throughput::daemon);
        try {
            for (int round = -1; round < settings.rounds; round++) {
                for (int i = 0; i < rates.length; i++) {
                    double rate = round(scorers.get(i), batches, threads);
                    if (round >= 0) {
                        rates[i][round] = rate;
                    }
                }
            }
        } finally {
            threads.shutdownNow();
        }
        return Arrays.stream(rates).map(Throughput::rate).toList();
    }

    private List<List<String>> batches(List<String> texts) {
        List<List<String>> batches = new ArrayList<>();
        for (int start = 0; start < texts.size(); start += settings.batch) {
            batches.add(List.copyOf(texts.subList(start, Math.min(texts.size(), start + settings.batch))));
        }
        return batches;
    }

    private double round(TextScorer scorer, List<List<String>> batches, ExecutorService threads) {
        AtomicLong next = new AtomicLong();
        long start = nanoTime.getAsLong();
        long deadline = start + (long) (settings.secondsPerRound * 1e9);
        Callable<Double> pull = () -> {
            long done = 0;
            do {
                List<String> batch = batches.get((int) (next.getAndIncrement() % batches.size()));
                scorer.probabilities(batch);
                done += batch.size();
            } while (nanoTime.getAsLong() - deadline < 0);
            return done * 1e9 / Math.max(1, nanoTime.getAsLong() - start);
        };
        return sum(threads, pull);
    }

    private double sum(ExecutorService threads, Callable<Double> work) {
        List<Future<Double>> running = new ArrayList<>();
        for (int i = 0; i < settings.threads; i++) {
            running.add(threads.submit(work));
        }
        try {
            double sum = 0;
            for (Future<Double> one : running) {
                sum += one.get();
            }
            return sum;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("Cannot measure throughput: a scorer failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Cannot measure throughput: interrupted", e);
        }
    }

    private static Rate rate(double[] rounds) {
        double[] sorted = rounds.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Rate(median, sorted[0], sorted[sorted.length - 1]);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "stillhouse-throughput");
        thread.setDaemon(true);
        return thread;
    }
}
