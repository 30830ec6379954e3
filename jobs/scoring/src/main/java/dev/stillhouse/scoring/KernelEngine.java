package dev.stillhouse.scoring;

import static org.apache.spark.sql.functions.col;

import dev.stillhouse.datasets.schema.Scores;
import dev.stillhouse.udfs.sql.OfferedModel;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The kernel in Java, as the SQL function that everybody can call: a projection, which Spark compiles together with what is around it. Its values are always finite. */
record KernelEngine(ScoredStudent student) implements StudentEngine {
    private static final String VERDICT = "verdict$";

    @Override
    public Dataset<Row> verdicts(Dataset<Row> textsDF) {
        try (OfferedModel offered = OfferedModel.of(textsDF.sparkSession(), student.files())) {
            Column[] given = Arrays.stream(
                            Scores.outputs(student.decision().link()).fieldNames())
                    .map(name -> col("`" + VERDICT + "`." + name))
                    .toArray(Column[]::new);
            return textsDF.withColumn(VERDICT, offered.call(Carried.name(TEXT)))
                    .select(Carried.of(textsDF).with(given));
        }
    }

    @Override
    public boolean hasFailed() {
        return false;
    }
}
