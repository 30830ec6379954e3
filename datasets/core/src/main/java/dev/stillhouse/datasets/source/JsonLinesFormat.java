package dev.stillhouse.datasets.source;

import dev.stillhouse.datasets.schema.Rejects;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * One JSON object a line. The columns are those of all lines together (one job that reads everything), so that a row is never lost to another's type: where types differ the column is a string.
 * Names that differ in case only are one column, for Spark SQL tells them apart in no expression; a row's value is that of the first spelling, in order of the alphabet with lower case first, that is not null.
 */
final class JsonLinesFormat {
    private static final String CORRUPT = "_stillhouse_corrupt";
    private static final String JSON = "_stillhouse_json";
    private static final Map<String, String> OPTIONS =
            Map.of("mode", "PERMISSIVE", "columnNameOfCorruptRecord", CORRUPT, "maxStringLen", "2147483647");

    private final SparkSession spark;
    private final Set<String> verbatim;

    /**
     * @param verbatim names, in lower case, of columns that are read as strings where some numbers have fractions: a whole number beside 0.5 must not lose digits to a double
     */
    JsonLinesFormat(SparkSession spark, Set<String> verbatim) {
        this.spark = spark;
        this.verbatim = Set.copyOf(verbatim);
    }

    /** Rows in the shape of {@link RawRows}. */
    Dataset<Row> read(SourceFiles files) {
        Dataset<Row> lines = new LineSource(spark).lines(files, new JsonCheck());
        StructType inferred = infer(lines);
        StructType schema = inferred.add(CORRUPT, DataTypes.StringType);
        // By position and numbered names: fields whose names differ in case only cannot be told apart by name.
        Column json = functions
                .from_json(functions.col(LineFunction.LINE), schema, OPTIONS)
                .cast(numbered(schema));
        Column corrupt = functions.col(JSON).getField(field(inferred.size()));
        Column reason = functions
                .when(corrupt.isNotNull(), functions.lit(Rejects.UNREADABLE))
                .otherwise(functions.col(RawRows.REASON));
        return lines.withColumn(JSON, json)
                .withColumn(RawRows.REASON, RawRows.afterParsing(reason))
                .select(columns(inferred));
    }

    private StructType infer(Dataset<Row> lines) {
        Dataset<String> readable = lines.where(functions.col(RawRows.REASON).isNull())
                .select(LineFunction.LINE)
                .as(Encoders.STRING());
        StructType inferred = spark.read().options(OPTIONS).json(readable).schema();
        return new StructType(Arrays.stream(inferred.fields())
                .filter(field -> !field.name().equals(CORRUPT))
                .map(this::exact)
                .toArray(StructField[]::new));
    }

    private StructField exact(StructField field) {
        boolean isRounded = field.dataType().equals(DataTypes.DoubleType);
        return isRounded && verbatim.contains(field.name().toLowerCase(Locale.ROOT))
                ? new StructField(field.name(), DataTypes.StringType, true, field.metadata())
                : field;
    }

    private static StructType numbered(StructType schema) {
        StructType numbered = new StructType();
        for (int i = 0; i < schema.size(); i++) {
            numbered = numbered.add(field(i), schema.fields()[i].dataType(), true);
        }
        return numbered;
    }

    private static String field(int index) {
        return "f" + index;
    }

    private static Column[] columns(StructType schema) {
        Map<String, List<Integer>> spellings = new TreeMap<>();
        for (int i = schema.size() - 1; i >= 0; i--) {
            spellings
                    .computeIfAbsent(schema.fields()[i].name().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(i);
        }
        List<Column> columns = new ArrayList<>(
                List.of(functions.col(RawRows.PATH), functions.col(RawRows.POSITION), functions.col(RawRows.REASON)));
        for (List<Integer> same : spellings.values()) {
            String name = schema.fields()[same.get(0)].name();
            columns.add(value(schema, same).as(name));
        }
        return columns.toArray(Column[]::new);
    }

    private static Column value(StructType schema, List<Integer> same) {
        boolean oneType =
                same.stream().map(i -> schema.fields()[i].dataType()).distinct().count() == 1;
        Column[] values = same.stream()
                .map(i -> functions.col(JSON).getField(field(i)))
                .map(value -> oneType ? value : value.cast(DataTypes.StringType))
                .toArray(Column[]::new);
        return values.length == 1 ? values[0] : functions.coalesce(values);
    }
}
