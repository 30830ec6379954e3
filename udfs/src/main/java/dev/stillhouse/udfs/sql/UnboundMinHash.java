package dev.stillhouse.udfs.sql;

import org.apache.spark.sql.connector.catalog.functions.BoundFunction;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.types.StructType;

/** {@code minhash(text [, shingle [, permutations]])} before its arguments' types are known. Serialisable. */
record UnboundMinHash() implements UnboundFunction {
    private static final long serialVersionUID = 1L;

    @Override
    public String name() {
        return MinHashFunction.NAME;
    }

    @Override
    public String description() {
        return "minhash(text [, shingle [, permutations]]): MinHash signature of a text's word shingles";
    }

    @Override
    public BoundFunction bind(StructType inputType) {
        Arguments arguments = new Arguments("minhash(text [, shingle [, permutations]])", inputType);
        arguments.requireCount(1, 3);
        arguments.requireString(0);
        for (int i = 1; i < inputType.length(); i++) {
            arguments.requireInt(i);
        }
        return new MinHashFunction(inputType.length());
    }
}
