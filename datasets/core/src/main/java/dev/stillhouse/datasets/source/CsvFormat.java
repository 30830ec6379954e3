package dev.stillhouse.datasets.source;

import dev.stillhouse.datasets.schema.Rejects;
import dev.stillhouse.udfs.errors.DataException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Comma-separated values after RFC 4180: a header in every file, the same in all; values in double quotes where they hold a separator, a quotation mark inside doubled. All columns are strings; an empty value without quotes is null.
 */
final class CsvFormat {
    private static final String CORRUPT = "_stillhouse_corrupt";
    private static final String LATIN_1 = "ISO-8859-1";
    private static final String VALUES = "_stillhouse_values";

    private final SparkSession spark;
    private final SourceConfig source;
    private final Map<String, String> options;

    CsvFormat(SparkSession spark, SourceConfig source) {
        this.spark = spark;
        this.source = source;
        this.options = Map.of(
                "sep",
                source.separator(),
                "quote",
                "\"",
                "escape",
                "\"",
                "mode",
                "PERMISSIVE",
                "columnNameOfCorruptRecord",
                CORRUPT,
                "maxCharsPerColumn",
                "-1");
    }

    /** Rows in the shape of {@link RawRows}. */
    Dataset<Row> read(SourceFiles files) {
        Dataset<Row> lines = new LineSource(spark).lines(files, new QuoteCheck(source.separator(), source.multiline()));
        List<String> header = header(lines, files);
        if (header.isEmpty()) {
            return lines.where(functions.col(RawRows.REASON).isNotNull())
                    .select(RawRows.PATH, RawRows.POSITION, RawRows.REASON);
        }
        return source.multiline() ? multiline(files, header) : byLine(lines, header);
    }

    private Dataset<Row> byLine(Dataset<Row> lines, List<String> header) {
        Column values = functions.from_csv(
                functions.col(LineFunction.LINE), functions.lit(schema(header).toDDL()), options);
        Column corrupt = functions.col(VALUES).getField(CORRUPT);
        Column reason = functions
                .when(corrupt.isNotNull(), functions.lit(Rejects.UNREADABLE))
                .otherwise(functions.col(RawRows.REASON));
        return lines.where(functions.col(LineFunction.FIRST).equalTo(false))
                .withColumn(VALUES, values)
                .withColumn(RawRows.REASON, RawRows.afterParsing(reason))
                .select(columns(header));
    }

    private Dataset<Row> multiline(SourceFiles files, List<String> header) {
        String[] paths = files.files().stream()
                .map(file -> GlobEscape.literal(file.path()))
                .toArray(String[]::new);
        // Spark's reader replaces what is not UTF-8; read as Latin-1 every byte survives and can be checked.
        Dataset<Row> read = spark.read()
                .options(options)
                .option("header", "true")
                .option("multiLine", "true")
                .option("encoding", LATIN_1)
                .schema(schema(header))
                .csv(paths);
        List<Column> values = new ArrayList<>();
        Column valid = functions.lit(true);
        for (String name : header) {
            Column value = functions.encode(RawRows.column(name), LATIN_1).cast(DataTypes.StringType);
            values.add(value.as(name));
            valid = valid.and(functions.coalesce(functions.is_valid_utf8(value), functions.lit(true)));
        }
        Column reason = functions
                .when(functions.col(CORRUPT).isNotNull(), Rejects.UNREADABLE)
                .when(functions.not(valid), Rejects.INVALID_UTF8);
        return read.select(
                        RelativePath.column(files, functions.col("_metadata.file_path"))
                                .as(RawRows.PATH),
                        functions.lit(null).cast(DataTypes.LongType).as(RawRows.POSITION),
                        reason.as(RawRows.REASON),
                        functions.struct(values.toArray(Column[]::new)).as(VALUES))
                .select(columns(header));
    }

    private static Column[] columns(List<String> header) {
        List<Column> columns = new ArrayList<>(
                List.of(functions.col(RawRows.PATH), functions.col(RawRows.POSITION), functions.col(RawRows.REASON)));
        header.forEach(name -> columns.add(functions.col(VALUES).getField(name).as(name)));
        return columns.toArray(Column[]::new);
    }

    private static StructType schema(List<String> header) {
        StructType schema = new StructType();
        for (String name : header) {
            schema = schema.add(name, DataTypes.StringType);
        }
        return schema.add(CORRUPT, DataTypes.StringType);
    }

    /** Names of the columns; empty where no file has a line. */
    private List<String> header(Dataset<Row> lines, SourceFiles files) {
        List<Row> headers = lines.where(functions.col(LineFunction.FIRST))
                .groupBy(functions
                        .coalesce(functions.col(LineFunction.LINE), functions.lit(""))
                        .as(LineFunction.LINE))
                .agg(functions.min(RawRows.PATH).as(RawRows.PATH))
                .orderBy(RawRows.PATH)
                .limit(2)
                .collectAsList();
        if (headers.isEmpty()) {
            return List.of();
        }
        String path = files.root() + "/" + headers.get(0).getString(1);
        if (headers.size() > 1) {
            throw new DataException("Cannot read " + files.root() + "/"
                    + headers.get(1).getString(1) + ": its header differs from that of " + path
                    + " (must be the same in all files of a source)");
        }
        return names(headers.get(0).getString(0), path);
    }

    private List<String> names(String header, String path) {
        Dataset<String> line = spark.createDataset(List.of(header), Encoders.STRING());
        List<Row> rows = spark.read().options(options).csv(line).collectAsList();
        List<String> names = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; !rows.isEmpty() && i < rows.get(0).size(); i++) {
            String name = rows.get(0).isNullAt(i)
                    ? "_c" + i
                    : rows.get(0).getString(i).strip();
            Integer earlier = seen.putIfAbsent(name.toLowerCase(Locale.ROOT), i + 1);
            if (earlier != null) {
                throw new DataException("Cannot read " + path + ": columns " + earlier + " and " + (i + 1)
                        + " have the same name (names must differ by more than case)");
            }
            names.add(name);
        }
        if (names.isEmpty()) {
            throw new DataException(
                    "Cannot read " + path + ": its first line is no header (must be the columns' names in UTF-8)");
        }
        return names;
    }

    /** Whether no quoted value is left open at the end of a line. */
    static final class QuoteCheck implements LineCheck {
        private static final long serialVersionUID = 1L;

        private final char separator;
        private final boolean any;

        QuoteCheck(String separator, boolean any) {
            this.separator = separator.charAt(0);
            this.any = any;
        }

        @Override
        public boolean accepts(String line) {
            boolean quoted = false;
            boolean fieldStart = true;
            for (int i = 0; i < line.length(); i++) {
                char c = line.charAt(i);
                if (c == '"' && (quoted || fieldStart)) {
                    quoted = !quoted;
                    // A mark right after a closing one is the second of a doubled pair: the value goes on.
                    fieldStart = !quoted;
                } else {
                    fieldStart = !quoted && c == separator;
                }
            }
            return any || !quoted;
        }
    }
}
