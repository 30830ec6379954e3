package dev.stillhouse.udfs.sql;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.catalog.functions.BoundFunction;
import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.types.StructType;

/**
 * {@code models.<name>(text)} before its argument's type is known, its student pinned already.
 *
 * @param run of the student
 */
record UnboundStudent(ScalarFunction<InternalRow> function, String run) implements UnboundFunction {
    @Override
    public String name() {
        return function.name();
    }

    @Override
    public String description() {
        return name() + "(text): what the student of run " + run + " says of a text, as a struct";
    }

    @Override
    public BoundFunction bind(StructType inputType) {
        Arguments arguments = new Arguments(name() + "(text)", inputType);
        arguments.requireCount(1, 1);
        arguments.requireString(0);
        return function;
    }
}
