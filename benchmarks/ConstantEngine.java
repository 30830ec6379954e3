package dev.stillhouse.scoring;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.lit;

import dev.stillhouse.datasets.schema.Scores;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Stands in for the kernel in a copy of stillhouse.jar that benchmarks/scoring_scale.py makes: every document gets the same verdict, and nothing else is changed. */
record KernelEngine(ScoredStudent student) implements StudentEngine {
    @Override
    public Dataset<Row> verdicts(Dataset<Row> textsDF) {
        Column[] given = Arrays.stream(Scores.outputs(student.decision().link()).fields())
                .map(field -> constant(field.dataType()).as(field.name()))
                .toArray(Column[]::new);
        return textsDF.select(Carried.of(textsDF).with(given));
    }

    private static Column constant(DataType type) {
        if (type instanceof ArrayType list) {
            return array(constant(list.elementType()));
        }
        return type.equals(DataTypes.FloatType) ? lit(0.5f) : lit("label");
    }

    @Override
    public boolean hasFailed() {
        return false;
    }
}
