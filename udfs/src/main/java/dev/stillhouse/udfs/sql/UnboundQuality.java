package dev.stillhouse.udfs.sql;

import org.apache.spark.sql.connector.catalog.functions.BoundFunction;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.types.StructType;

/** {@code quality(text)} before its argument's type is known. Serialisable. */
record UnboundQuality() implements UnboundFunction {
    private static final long serialVersionUID = 1L;

    @Override
    public String name() {
        return QualityFunction.NAME;
    }

    @Override
    public String description() {
        return "quality(text): all signals of a text's quality as a struct";
    }

    @Override
    public BoundFunction bind(StructType inputType) {
        Arguments arguments = new Arguments("quality(text)", inputType);
        arguments.requireCount(1, 1);
        arguments.requireString(0);
        return new QualityFunction();
    }
}
