package dev.stillhouse.datasets.schema;

import org.apache.spark.sql.types.StructType;

/** The documents that models are judged on, whether cut from the corpus or read from sources of their own: same columns as {@link Curated}, {@code part} always {@code evaluate}. */
public final class Evaluation {
    public static final int VERSION = 1;
    public static final StructType SCHEMA = Curated.SCHEMA;

    private Evaluation() {}
}
