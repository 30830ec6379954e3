package dev.stillhouse.datasets.source;

import dev.stillhouse.datasets.schema.Rejects;
import java.util.Arrays;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The shape of a source before its expressions: {@link #PATH}, {@link #POSITION} and {@link #REASON}, then the columns that the user sees. A row with a reason could not be read and has no other columns. Where not
 * one row could be read the source may have no columns of its own.
 */
final class RawRows {
    /** Path relative to the source; named so that no column of a user's collides. */
    static final String PATH = "_stillhouse_path";

    static final String POSITION = "_stillhouse_position";

    /** One of the reasons of {@link Rejects}, or null. */
    static final String REASON = "_stillhouse_reason";

    static final StructType EMPTY = new StructType()
            .add(PATH, DataTypes.StringType, true)
            .add(POSITION, DataTypes.LongType, true)
            .add(REASON, DataTypes.StringType, true);

    private static final Set<String> INTERNAL = Set.of(EMPTY.fieldNames());

    private RawRows() {}

    /** The source's own columns, by name. */
    static String[] ownColumns(StructType schema) {
        return Arrays.stream(schema.fieldNames())
                .filter(name -> !INTERNAL.contains(name))
                .toArray(String[]::new);
    }

    /** The source's own columns. */
    static StructType own(StructType schema) {
        return new StructType(Arrays.stream(schema.fields())
                .filter(field -> !INTERNAL.contains(field.name()))
                .toArray(StructField[]::new));
    }

    /**
     * A reason that filters are not moved below, so that they never make Spark parse a line a second time for the sake of a predicate.
     */
    static Column afterParsing(Column reason) {
        UDF1<String, String> same = value -> value;
        return functions.udf(same, DataTypes.StringType).asNondeterministic().apply(reason);
    }

    /** A column by its exact name, whatever characters are in it. */
    static Column column(String name) {
        return functions.col("`" + name.replace("`", "``") + "`");
    }
}
