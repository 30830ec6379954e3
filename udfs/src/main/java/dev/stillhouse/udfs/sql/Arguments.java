package dev.stillhouse.udfs.sql;

import java.util.Set;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/**
 * Types of a call's arguments, refused where they do not fit: Spark's own casts would measure the digits of a number, or wrap a large one.
 *
 * @param usage the function's name and arguments, for messages
 * @param types a field an argument
 */
record Arguments(String usage, StructType types) {
    private static final int UTF8_BINARY = 0;
    private static final Set<DataType> WHOLE =
            Set.of(DataTypes.IntegerType, DataTypes.ShortType, DataTypes.ByteType, DataTypes.NullType);

    /** @throws UnsupportedOperationException where there are fewer or more */
    void requireCount(int least, int most) {
        if (types.length() < least || types.length() > most) {
            throw refused(
                    types.length() + " arguments", least == most ? Integer.toString(most) : least + " to " + most);
        }
    }

    /** @throws UnsupportedOperationException where the argument is neither a string, compared by its bytes, nor the literal null */
    void requireString(int argument) {
        DataType type = types.fields()[argument].dataType();
        boolean binary = type instanceof StringType string && string.collationId() == UTF8_BINARY;
        if (!binary && !(type instanceof NullType)) {
            throw refused(place(argument), type instanceof StringType ? "COLLATE UTF8_BINARY" : "string; cast it");
        }
    }

    /** @throws UnsupportedOperationException where the argument is neither a whole number of at most 32 bits nor the literal null */
    void requireInt(int argument) {
        if (!WHOLE.contains(types.fields()[argument].dataType())) {
            throw refused(place(argument), "int; cast it");
        }
    }

    private String place(int argument) {
        return "argument " + (argument + 1) + " of type "
                + types.fields()[argument].dataType().simpleString();
    }

    private UnsupportedOperationException refused(String given, String rule) {
        return new UnsupportedOperationException("Cannot call " + usage + ": " + given + " (must be " + rule + ")");
    }
}
