package dev.stillhouse.scoring;

import static org.apache.spark.sql.functions.col;

import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Columns that an engine carries along, whatever they are called. */
record Carried(Column[] columns) {
    /** Those of texts beside what is read. */
    static Carried of(Dataset<Row> textsDF) {
        return new Carried(Arrays.stream(textsDF.columns())
                .filter(name -> !name.equals(StudentEngine.TEXT))
                .map(Carried::name)
                .toArray(Column[]::new));
    }

    /** A column by its name, which may have any characters. */
    static Column name(String name) {
        return col("`" + name + "`");
    }

    /** They, and others after them. */
    Column[] with(Column... others) {
        return Stream.concat(Arrays.stream(columns), Arrays.stream(others)).toArray(Column[]::new);
    }
}
