package dev.stillhouse.udfs.student;

/**
 * The pooled vector of one text times the matrix to logits, {@code p * projection} with {@code p = s / sqrt(|s|^2 + POOLING_FLOOR^2)} and {@code s} the sum of its words' vectors. For one thread at a time.
 */
final class VectorSums {
    /** Words whose projected vectors are added up in less time than a pooled vector is projected. */
    private static final int FEW = 64;

    private final BlockSums sums;
    private final BlockSums projected;
    private final boolean areKept;
    private final Projection projection;
    private final int[] rows = new int[FEW];
    private final double[] pooled;
    private int hits;

    VectorSums(WeightRows vectors, ProjectedRows projected, Projection projection) {
        this.sums = new BlockSums(vectors);
        this.projected = new BlockSums(projected);
        this.areKept = projected.areKept();
        this.projection = projection;
        this.pooled = new double[projection.length()];
    }

    void clear() {
        sums.clear();
        hits = 0;
    }

    /** Counts one hit of the word in {@code row}. */
    void add(int row) {
        sums.add(row);
        if (hits < FEW) {
            rows[hits] = row;
        }
        hits++;
    }

    void addTo(double[] logits) {
        if (hits == 0) {
            return;
        }
        double norm = sums.length();
        if (hits > FEW || !areKept) {
            sums.divided(norm, pooled);
            projection.addTo(logits, pooled);
            return;
        }
        projected.clear();
        for (int hit = 0; hit < hits; hit++) {
            projected.add(rows[hit]);
        }
        projected.addDividedTo(logits, norm);
    }
}
