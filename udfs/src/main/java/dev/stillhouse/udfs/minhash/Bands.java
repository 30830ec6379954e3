package dev.stillhouse.udfs.minhash;

import dev.stillhouse.udfs.text.Hashes;

/** Cuts signatures into bands. A band's key is a hash of its number and values: two documents share a band where they have a key in common. Without state. */
public final class Bands {
    private Bands() {}

    /**
     * The key of each band.
     *
     * @param signature at least bands times rows values
     */
    public static long[] keys(int[] signature, LshParameters parameters) {
        long[] keys = new long[parameters.bands()];
        for (int band = 0; band < keys.length; band++) {
            long key = band;
            for (int row = 0; row < parameters.rows(); row++) {
                key = Hashes.step(key, signature[band * parameters.rows() + row]);
            }
            keys[band] = Hashes.mix(key);
        }
        return keys;
    }
}
