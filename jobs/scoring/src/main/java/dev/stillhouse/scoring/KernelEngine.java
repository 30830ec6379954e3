package dev.stillhouse.scoring;

import static org.apache.spark.sql.functions.col;

import dev.stillhouse.datasets.schema.Scores;
import dev.stillhouse.udfs.sql.OfferedModel;
import dev.stillhouse.udfs.student.StudentFiles;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The kernel in Java, as the SQL function that everybody can call: a projection, which Spark compiles together with what is around it. Its values are always finite. */
record KernelEngine(StudentFiles student, String model) implements StudentEngine {
    private static final String VERDICT = "verdict$";

    @Override
    public Dataset<Row> verdicts(Dataset<Row> textsDF) {
        try (OfferedModel offered = OfferedModel.of(textsDF.sparkSession(), student)) {
            Stream<Column> carried = Arrays.stream(textsDF.drop(TEXT).columns()).map(name -> col("`" + name + "`"));
            Stream<Column> given = Arrays.stream(
                            Scores.verdict(student.decision(model).link()).fieldNames())
                    .map(name -> col("`" + VERDICT + "`." + name));
            return textsDF.withColumn(VERDICT, offered.call(col("`" + TEXT + "`")))
                    .select(Stream.concat(carried, given).toArray(Column[]::new));
        }
    }

    @Override
    public boolean hasFailed() {
        return false;
    }
}
