package dev.stillhouse.udfs.onnx;

import java.util.HashMap;
import java.util.Map;

/**
 * The loaded encoders of this JVM: one for each model, tokenizer, length and device, whichever number of tasks use it. A session stays loaded when its last user is done, since the next partition is about to come and memory of a closed session does not
 * return to the operating system; {@link #evictUnused()} closes what nobody uses. Safe for use by several threads.
 */
public final class SessionCache {
    private static final Map<String, Entry> ENTRIES = new HashMap<>();

    private SessionCache() {}

    /** The session, loaded by the first caller while others wait; each call is paid back by one {@link #release} with the same key, which a thread without the task might not find again. */
    static EncoderSession acquire(EncoderSpec spec, String key) {
        synchronized (ENTRIES) {
            Entry entry = ENTRIES.get(key);
            if (entry == null) {
                entry = new Entry(EncoderSession.open(spec));
                ENTRIES.put(key, entry);
            }
            entry.users++;
            return entry.session;
        }
    }

    static void release(EncoderSpec spec, String key) {
        synchronized (ENTRIES) {
            Entry entry = ENTRIES.get(key);
            if (entry == null || entry.users == 0) {
                throw new IllegalStateException("Cannot release encoder " + spec.name() + ": nobody holds it");
            }
            entry.users--;
        }
    }

    /** Closes every session without a user and says how many there were. */
    public static int evictUnused() {
        synchronized (ENTRIES) {
            int before = ENTRIES.size();
            ENTRIES.values().removeIf(entry -> {
                if (entry.users == 0) {
                    entry.session.close();
                }
                return entry.users == 0;
            });
            return before - ENTRIES.size();
        }
    }

    /** How many sessions have a user. */
    public static int inUse() {
        synchronized (ENTRIES) {
            return (int)
                    ENTRIES.values().stream().filter(entry -> entry.users > 0).count();
        }
    }

    private static final class Entry {
        private final EncoderSession session;
        private int users;

        private Entry(EncoderSession session) {
            this.session = session;
        }
    }
}
