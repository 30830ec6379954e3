package dev.stillhouse.udfs.minhash;

/** Exact similarities of sets, given as ascending arrays without repetition. Without state. */
public final class Similarity {
    private Similarity() {}

    /** Elements that both have. */
    public static int shared(long[] left, long[] right) {
        int shared = 0;
        int i = 0;
        int j = 0;
        while (i < left.length && j < right.length) {
            long a = left[i];
            long b = right[j];
            shared += a == b ? 1 : 0;
            i += a <= b ? 1 : 0;
            j += b <= a ? 1 : 0;
        }
        return shared;
    }

    /** Jaccard's similarity from the number of shared elements: {@code |A ∩ B| / |A ∪ B|}; 0 where both are empty. */
    public static double jaccard(int shared, int left, int right) {
        int union = left + right - shared;
        return union == 0 ? 0 : (double) shared / union;
    }

    /** How much of a set the other has, {@code |A ∩ B| / |A|} (Broder 1997); 0 where A is empty. */
    public static double containment(int shared, int contained) {
        return contained == 0 ? 0 : (double) shared / contained;
    }
}
