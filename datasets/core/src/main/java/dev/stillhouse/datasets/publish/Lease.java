package dev.stillhouse.datasets.publish;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.Path;

/**
 * The right to write to a workspace, held by one run at a time: a file {@code .lease} that names the holder and is renewed while the run lives.
 *
 * <p>A lease that was not renewed for {@link #EXPIRY}, or whose holder was a process of this host that is gone, is taken over. Taking it is atomic on HDFS and local files; on object stores, and where it is taken over, two runs that do so within the
 * same moment are told apart by reading the lease back.
 */
public final class Lease implements AutoCloseable {
    /** After how long without renewal a lease counts as abandoned. */
    public static final Duration EXPIRY = Duration.ofSeconds(60);

    private static final Duration RENEWAL = Duration.ofSeconds(10);
    private static final String FILE = ".lease";

    private final Storage storage;
    private final Path path;
    private final Clock clock;
    private final ScheduledExecutorService renewal;
    private volatile Holder holder;
    private volatile boolean lost;

    private Lease(Storage storage, Path path, Clock clock, Holder holder) {
        this.storage = storage;
        this.path = path;
        this.clock = clock;
        this.holder = holder;
        this.renewal = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "stillhouse-lease");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Takes the lease.
     *
     * @param token identifies this run among all others
     * @param command what the run does, for whoever is turned away
     * @throws HeldException if another run holds it
     */
    public static Lease take(Workspace workspace, String token, String command, Clock clock) {
        Path path = new Path(workspace.root(), FILE);
        Holder wanted = Holder.ofThisProcess(token, command, clock.instant());
        Storage storage = workspace.storage();
        if (!storage.create(path, Json.write(wanted))) {
            Optional<Holder> other = holder(storage, path);
            if (other.isPresent() && !other.get().isAbandoned(clock.instant())) {
                throw new HeldException(workspace.root(), other.get());
            }
            storage.replace(path, Json.write(wanted));
        }
        Holder winner = holder(storage, path).orElse(wanted);
        if (!winner.token().equals(token)) {
            throw new HeldException(workspace.root(), winner);
        }
        Lease lease = new Lease(storage, path, clock, wanted);
        ScheduledFuture<?> unused = lease.renewal.scheduleAtFixedRate(
                lease::renew, RENEWAL.toMillis(), RENEWAL.toMillis(), TimeUnit.MILLISECONDS);
        return lease;
    }

    /**
     * Makes sure that the lease is still this run's, before something is published.
     *
     * @throws HeldException if it was taken over, by whoever holds it or has given it back since; which happens to a run that stood still for longer than {@link #EXPIRY}
     */
    public void check() {
        Optional<Holder> found = holder(storage, path);
        if (lost || found.filter(this::isOwn).isEmpty()) {
            throw found.filter(one -> !isOwn(one))
                    .map(other -> new HeldException(path.getParent(), other))
                    .orElseGet(() -> new HeldException(path.getParent()));
        }
    }

    private boolean isOwn(Holder found) {
        return found.token().equals(holder.token());
    }

    /** Gives the lease back, unless another run has taken it over. */
    @Override
    public void close() {
        renewal.shutdown();
        try {
            // A renewal that is under way would write the file again after it is deleted.
            renewal.awaitTermination(RENEWAL.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!lost && holder(storage, path).filter(this::isOwn).isPresent()) {
            storage.delete(path);
        }
    }

    private void renew() {
        try {
            lost = lost || holder(storage, path).filter(this::isOwn).isEmpty();
            if (!lost) {
                holder = holder.renewedAt(clock.instant());
                storage.replace(path, Json.write(holder));
            }
        } catch (RuntimeException ignored) {
            // An exception would end the renewals for good. Tried again at the next beat; check() decides before
            // anything is published.
        }
    }

    private static Optional<Holder> holder(Storage storage, Path path) {
        return storage.read(path).flatMap(content -> {
            try {
                return Optional.of(Json.read(content, Holder.class)).filter(found -> found.token() != null);
            } catch (IOException e) {
                // Half-written by a run that was killed: abandoned.
                return Optional.empty();
            }
        });
    }

    /**
     * Who holds a lease.
     *
     * @param token identifies the run
     * @param host the driver's host name
     * @param pid the driver's process id
     * @param processStarted when that process started, ISO-8601, empty where the system does not tell
     * @param user who runs it
     * @param command what it does
     * @param since when it took the lease, ISO-8601
     * @param renewed when it last showed life, ISO-8601
     */
    public record Holder(
            String token,
            String host,
            long pid,
            String processStarted,
            String user,
            String command,
            String since,
            String renewed) {

        static Holder ofThisProcess(String token, String command, Instant now) {
            ProcessHandle process = ProcessHandle.current();
            return new Holder(
                    token,
                    thisHost(),
                    process.pid(),
                    started(process),
                    System.getProperty("user.name", "unknown"),
                    command,
                    now.toString(),
                    now.toString());
        }

        Holder renewedAt(Instant now) {
            return new Holder(token, host, pid, processStarted, user, command, since, now.toString());
        }

        boolean isAbandoned(Instant now) {
            boolean expired = Instant.parse(renewed).plus(EXPIRY).isBefore(now);
            return expired || (host.equals(thisHost()) && !isAlive());
        }

        private boolean isAlive() {
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .map(process -> started(process).equals(processStarted))
                    .orElse(false);
        }

        private static String started(ProcessHandle process) {
            return process.info().startInstant().map(Instant::toString).orElse("");
        }

        private static String thisHost() {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException e) {
                return "unknown";
            }
        }
    }

    /** Another run writes to the workspace: exit code 1, since a retry makes sense once that run has ended. */
    public static final class HeldException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        HeldException(Path workspace, Holder holder) {
            super("Cannot use workspace " + workspace + ": it is held by " + holder.user() + "@" + holder.host()
                    + ", process " + holder.pid() + ", running '" + holder.command() + "' since " + holder.since()
                    + "; wait until that run has ended, or stop it");
        }

        HeldException(Path workspace) {
            super("Cannot go on in workspace " + workspace
                    + ": its lease is gone, since this run stood still for longer than "
                    + EXPIRY.toSeconds() + " s and another has run, or somebody has deleted " + FILE
                    + "; run it again");
        }
    }
}
