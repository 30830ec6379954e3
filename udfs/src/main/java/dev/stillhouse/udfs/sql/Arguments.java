package dev.stillhouse.udfs.sql;

import java.util.Arrays;
import java.util.stream.Collectors;
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
    /** @throws UnsupportedOperationException where there are fewer or more */
    void requireCount(int least, int most) {
        if (types.length() < least || types.length() > most) {
            throw refused(
                    types.length() + " arguments",
                    least == most ? Integer.toString(most) : least + " to " + most);
        }
    }

    /** @throws UnsupportedOperationException where the argument is neither a string nor the literal null */
    void requireString(int argument) {
        DataType type = types.fields()[argument].dataType();
        if (!(type instanceof StringType || type instanceof NullType)) {
            throw refused("argument " + (argument + 1) + " of type " + type.simpleString(), "string");
        }
    }

    /** @throws UnsupportedOperationException where the argument is neither a whole number of at most 32 bits nor the literal null */
    void requireInt(int argument) {
        DataType type = types.fields()[argument].dataType();
        if (!(type.equals(DataTypes.IntegerType)
                || type.equals(DataTypes.ShortType)
                || type.equals(DataTypes.ByteType)
                || type instanceof NullType)) {
            throw refused("argument " + (argument + 1) + " of type " + type.simpleString(), "int");
        }
    }

    private UnsupportedOperationException refused(String given, String rule) {
        String call = Arrays.stream(types.fields())
                .map(field -> field.dataType().simpleString())
                .collect(Collectors.joining(", ", "(", ")"));
        return new UnsupportedOperationException(
                "Cannot call " + usage + " with " + call + ": " + given + " (must be " + rule + ")");
    }
}
