package dev.stillhouse.student;

import dev.stillhouse.udfs.student.StudentModel;
import dev.stillhouse.udfs.student.StudentModel.Int8;
import dev.stillhouse.udfs.student.StudentModel.Weights;

/** Rounds weights to int8, symmetric, a scale for each n-gram: {@code scale = max |weight| / 127}, so a weight is off by half a scale at most. Where there is one output a scale would take as much as the weight itself, so those stay as they are. */
final class Quantizer {
    private static final int LARGEST = 127;

    private Quantizer() {}

    static StudentModel quantize(StudentModel model) {
        return model.withWeights(Quantizer::quantize);
    }

    static Weights quantize(Weights weights) {
        if (weights.columns() == 1) {
            return weights;
        }
        int columns = weights.columns();
        byte[] values = new byte[weights.rows() * columns];
        float[] scales = new float[weights.rows()];
        for (int row = 0; row < scales.length; row++) {
            float largest = 0;
            for (int column = 0; column < columns; column++) {
                largest = Math.max(largest, Math.abs(weights.at(row, column)));
            }
            scales[row] = largest / LARGEST;
            for (int column = 0; column < columns && largest > 0; column++) {
                values[row * columns + column] = (byte) Math.round(weights.at(row, column) / scales[row]);
            }
        }
        return new Int8(values, scales, columns);
    }
}
