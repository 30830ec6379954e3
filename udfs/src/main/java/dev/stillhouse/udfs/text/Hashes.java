package dev.stillhouse.udfs.text;

/** Hashes of 64 bits over code points and over other hashes; equal on every machine, and not to be changed, since stored signatures depend on them. Not for use against an adversary. */
public final class Hashes {
    /** 2^64 divided by the golden ratio, odd: Knuth's multiplier. */
    static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private Hashes() {}

    /** One step of a polynomial hash. */
    public static long step(long hash, long value) {
        return (hash + value) * MULTIPLIER;
    }

    /** Spreads every bit over all others, one to one: the finaliser of MurmurHash3 (Appleby). */
    public static long mix(long hash) {
        long mixed = (hash ^ hash >>> 33) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ mixed >>> 33) * 0xC4CEB9FE1A85EC53L;
        return mixed ^ mixed >>> 33;
    }
}
