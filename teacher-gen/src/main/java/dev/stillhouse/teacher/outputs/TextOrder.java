package dev.stillhouse.teacher.outputs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.md5;

import dev.stillhouse.datasets.schema.Curated;
import org.apache.spark.sql.Column;

/** The order in which documents are chosen, for gold rows, for the pool after them, and for what a budget pays for. */
public final class TextOrder {
    private TextOrder() {}

    /** Ascending by this column, {@code md5(seed + ":" + text_hash)}; ties by source and id. */
    public static Column of(long seed) {
        return md5(concat(lit(seed + ":"), col(Curated.TEXT_HASH)).cast("binary"));
    }
}
