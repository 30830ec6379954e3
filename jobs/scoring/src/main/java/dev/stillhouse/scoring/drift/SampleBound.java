package dev.stillhouse.scoring.drift;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/** The hash above which no document of a pass can be in its sample, as far as the tasks of this JVM have seen the pass: without it, every task would measure thousands of documents before its own sample is full. A document that is seen twice counts once, so tasks may be repeated. Safe for use by several threads. */
final class SampleBound {
    private static final int MOST_PASSES = 8;

    private static final Map<String, SampleBound> BOUNDS = new LinkedHashMap<>(MOST_PASSES, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SampleBound> eldest) {
            return size() > MOST_PASSES;
        }
    };

    private final TreeSet<Long> first = new TreeSet<>();
    private volatile long bound = Long.MAX_VALUE;

    /**
     * The bound of a pass; one that was forgotten begins anew.
     *
     * @param pass its name, which no other pass over other documents has
     */
    static SampleBound of(String pass) {
        synchronized (BOUNDS) {
            return BOUNDS.computeIfAbsent(pass, missing -> new SampleBound());
        }
    }

    /** Whether a document with that hash can be in the sample. */
    boolean admits(long hash) {
        return hash <= bound;
    }

    /** Takes note of a document. */
    synchronized void saw(long hash) {
        first.add(hash);
        if (first.size() > DocumentSample.MOST) {
            first.pollLast();
        }
        if (first.size() == DocumentSample.MOST) {
            bound = first.last();
        }
    }
}
