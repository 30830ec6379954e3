package dev.stillhouse.teacher.endpoint;

import dev.failsafe.RateLimiter;
import dev.stillhouse.teacher.outputs.InferenceMeter;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/** The work of one task: rows (text_hash, text), each asked about, some at once, given in their order. Ends early, and says so to the meter, when its part of the budget is spent, when the server refuses everything or no longer answers; what was answered until then is given. Serialisable. */
final class AskPartition implements MapPartitionsFunction<Row, Row> {
    /** How the reasons of ends begin. */
    static final String REFUSED_ALL = "it answers ";

    static final String DOWN = "it did not answer ";

    /** Texts without an answer, one after another, after which the server is taken to be down. */
    private static final int MOST_FAILURES = 5;

    static final double CHARACTERS_PER_TOKEN = 3;
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);
    private static final ChatAnswer NOTHING = new ChatAnswer("", List.of(), "", 0, 0);
    private static final long serialVersionUID = 1L;

    private final Server server;
    private final Question question;
    private final Limits limits;
    private final InferenceMeter meter;

    AskPartition(Server server, Question question, Limits limits, InferenceMeter meter) {
        this.server = server;
        this.question = question;
        this.limits = limits;
        this.meter = meter;
    }

    /**
     * How much of it.
     *
     * @param concurrency requests at once
     * @param interval least time between two requests; null for none
     * @param allotment what this task may spend
     */
    record Limits(int concurrency, @Nullable Duration interval, Allotment allotment) implements Serializable {}

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        if (!rows.hasNext()) {
            return Collections.emptyIterator();
        }
        ExecutorService threads = Executors.newFixedThreadPool(limits.concurrency(), task -> {
            Thread thread = new Thread(task, "stillhouse-endpoint");
            thread.setDaemon(true);
            return thread;
        });
        TaskContext task = TaskContext.get();
        if (task != null) {
            task.addTaskCompletionListener((TaskCompletionListener) ended -> threads.shutdownNow());
        }
        return new Answers(rows, threads);
    }

    /** What came of a text; without a row where it was not asked about. */
    private record Outcome(Optional<Row> row) {}

    private final class Answers implements Iterator<Row> {
        private final Iterator<Row> rows;
        private final ExecutorService threads;
        private final ChatClient client;
        private final AnswerReader reader = AnswerReader.of(question);
        private final Deque<Future<Outcome>> underWay = new ArrayDeque<>();
        private final AtomicInteger failures = new AtomicInteger();
        private final Purse purse = new Purse(limits.allotment());
        private volatile @Nullable String end;
        private @Nullable Row next;

        private Answers(Iterator<Row> rows, ExecutorService threads) {
            this.rows = rows;
            this.threads = threads;
            this.client = new ChatClient(server, question, limiter());
        }

        private Optional<RateLimiter<Object>> limiter() {
            return Optional.ofNullable(limits.interval()).map(interval -> RateLimiter.smoothBuilder(interval)
                    .withMaxWaitTime(LONGEST_WAIT)
                    .build());
        }

        /** Counts an attempt; the first of a text has been set aside. */
        private void attempt(AtomicBoolean isFirst) {
            if (!isFirst.getAndSet(false) && !purse.again()) {
                throw new SpentException();
            }
            synchronized (meter) {
                meter.addRequest();
            }
        }

        @Override
        public boolean hasNext() {
            while (next == null) {
                while (underWay.size() < 2 * limits.concurrency() && end == null && rows.hasNext()) {
                    Row row = rows.next();
                    String hash = row.getString(0);
                    String text = row.getString(1);
                    underWay.add(threads.submit(() -> outcome(hash, text)));
                }
                if (underWay.isEmpty()) {
                    String reason = end;
                    if (reason != null) {
                        meter.addEnd(reason);
                        end = null;
                    }
                    return false;
                }
                next = await(underWay.remove()).row().orElse(null);
            }
            return true;
        }

        @Override
        public Row next() {
            if (!hasNext()) {
                throw new NoSuchElementException("no more rows in this partition");
            }
            Row row = next;
            next = null;
            return row;
        }

        private Outcome outcome(String hash, String text) {
            int most = question.maxTokens(text);
            double tokens = (question.about(text).length() / CHARACTERS_PER_TOKEN) + most;
            if (end == null && !purse.reserve(tokens, most)) {
                end = new SpentException().getMessage();
            }
            if (end != null) {
                return new Outcome(Optional.empty());
            }
            try {
                AtomicBoolean isFirst = new AtomicBoolean(true);
                ChatAnswer answer = client.ask(text, () -> attempt(isFirst)).orEstimated(tokens - most);
                failures.set(0);
                purse.pay(tokens, most, answer);
                count(answer.promptTokens(), answer.answerTokens());
                AnswerReader.Reading reading = reader.read(answer);
                return new Outcome(Optional.of(row(hash, reading, answer.promptTokens())));
            } catch (SpentException e) {
                end = e.getMessage();
                return new Outcome(Optional.empty());
            } catch (RefusedException e) {
                purse.pay(tokens, most, NOTHING);
                if (e.concernsAll()) {
                    return failed(hash, REFUSED_ALL + e.status() + " to " + MOST_FAILURES + " texts one after another");
                }
                failures.set(0);
                count(0, 0);
                return new Outcome(Optional.of(without(hash, EndpointSource.REFUSED)));
            } catch (UncheckedIOException e) {
                purse.pay(tokens, most, NOTHING);
                return failed(
                        hash,
                        DOWN + MOST_FAILURES + " texts one after another, " + (server.retries() + 1)
                                + " attempts each; the last: " + e.getCause().getMessage());
            }
        }

        /** A text that may get an answer another time; one too many of them is the end. */
        private Outcome failed(String hash, String reason) {
            if (failures.incrementAndGet() >= MOST_FAILURES) {
                end = reason;
                return new Outcome(Optional.empty());
            }
            count(0, 0);
            return new Outcome(Optional.of(without(hash, EndpointSource.FAILED)));
        }

        private void count(long questionTokens, long answerTokens) {
            synchronized (meter) {
                meter.addAnswer(questionTokens, answerTokens);
            }
        }

        private Row row(String hash, AnswerReader.Reading reading, long tokens) {
            return RowFactory.create(hash, reading.output(), reading.reason().isEmpty() ? null : reading.reason(), (int)
                    Math.min(Integer.MAX_VALUE, tokens));
        }

        private Row without(String hash, String reason) {
            return RowFactory.create(hash, null, reason, 0);
        }

        private Outcome await(Future<Outcome> future) {
            try {
                return future.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Cannot label: the task was interrupted", e);
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException cause
                        ? cause
                        : new IllegalStateException("Cannot label: " + e.getCause(), e);
            }
        }
    }
}
