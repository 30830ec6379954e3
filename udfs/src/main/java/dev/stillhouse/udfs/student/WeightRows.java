package dev.stillhouse.udfs.student;

/** The weight rows of a vocabulary as the kernel adds them up: as floats where these are few enough, so that processors add several at once; else as they are stored. Immutable, safe for use by several threads. */
final class WeightRows implements SummedRows {
    /** Weights that are kept as floats, 4 bytes each. */
    static final int MOST_FLOATS = 1 << 25;

    private final int columns;
    private final float[] floats;
    private final byte[] bytes;
    private final float[] scales;

    WeightRows(StudentModel.Weights weights) {
        columns = weights.columns();
        if (weights instanceof StudentModel.Int8 small && small.values().length > MOST_FLOATS) {
            floats = new float[0];
            bytes = small.values();
            scales = small.scales();
        } else {
            floats = weights instanceof StudentModel.Float32 full ? full.values() : floats(weights);
            bytes = new byte[0];
            scales = new float[0];
        }
    }

    private static float[] floats(StudentModel.Weights weights) {
        float[] floats = new float[weights.rows() * weights.columns()];
        for (int row = 0; row < weights.rows(); row++) {
            for (int column = 0; column < weights.columns(); column++) {
                floats[row * weights.columns() + column] = weights.at(row, column);
            }
        }
        return floats;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public void addTo(double[] sums, int row) {
        int from = row * columns;
        if (floats.length == 0) {
            float scale = scales[row];
            for (int column = 0; column < sums.length; column++) {
                sums[column] += scale * bytes[from + column];
            }
        } else {
            for (int column = 0; column < sums.length; column++) {
                sums[column] += floats[from + column];
            }
        }
    }

    @Override
    public void addTo(float[] sums, int row) {
        int from = row * columns;
        if (floats.length == 0) {
            float scale = scales[row];
            for (int column = 0; column < sums.length; column++) {
                sums[column] += scale * bytes[from + column];
            }
        } else {
            for (int column = 0; column < sums.length; column++) {
                sums[column] += floats[from + column];
            }
        }
    }
}
