package dev.stillhouse.udfs.student;

import dev.stillhouse.udfs.onnx.SessionCache;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** The students of a JVM, one for each model, shared by all its tasks. Beyond a few, those that no task uses are closed, the least recently used first. Safe for use by several threads. */
public final class StudentCache {
    /** Most students that are kept for the next task. */
    static final int MOST_STUDENTS = 4;

    private static final Map<String, Entry> ENTRIES = new LinkedHashMap<>(MOST_STUDENTS, 0.75f, true);

    private StudentCache() {}

    /**
     * The student, loaded on the first call in this JVM; it stays open until the lease is closed.
     *
     * @param identity of the student and of what runs it
     * @param open loads it
     */
    public static Lease lease(String identity, Supplier<Student> open) {
        synchronized (ENTRIES) {
            Entry entry = ENTRIES.computeIfAbsent(identity, missing -> new Entry(open.get()));
            entry.users++;
            closeUnused();
            return new Lease(entry);
        }
    }

    private static void closeUnused() {
        Iterator<Entry> entries = ENTRIES.values().iterator();
        int closed = 0;
        while (entries.hasNext() && ENTRIES.size() > MOST_STUDENTS) {
            Entry entry = entries.next();
            if (entry.users == 0) {
                entries.remove();
                entry.student.close();
                closed++;
            }
        }
        if (closed > 0) {
            SessionCache.evictUnused();
        }
    }

    /** The use of a student by one task. */
    public static final class Lease implements AutoCloseable {
        private final Entry entry;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Lease(Entry entry) {
            this.entry = entry;
        }

        /** The student, which is the cache's to close. */
        public Student student() {
            return entry.student;
        }

        /** Gives the student back; a second call does nothing. */
        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                synchronized (ENTRIES) {
                    entry.users--;
                    closeUnused();
                }
            }
        }
    }

    private static final class Entry {
        private final Student student;
        private int users;

        private Entry(Student student) {
            this.student = student;
        }
    }
}
