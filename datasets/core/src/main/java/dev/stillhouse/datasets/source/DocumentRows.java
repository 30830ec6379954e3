package dev.stillhouse.datasets.source;

import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.is_valid_utf8;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.md5;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.datasets.schema.Rejects;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * From a source's own columns to documents and rejects. The first reason that holds counts: unreadable, invalid UTF-8, empty text, missing id, repeated id. One scan gives all documents, one all rejects.
 *
 * <p>A sample is cut last, at a bound on {@code md5(seed + ":" + content hash)}. Rejects have no content to hash and are held to the same bound by where they are, so that their share in a sample is that in the whole.
 */
final class DocumentRows {
    private static final String HASH = "hash";
    private static final String REASON = "reason";
    private static final String KEY = "sample_key";
    private static final String RANK = "rank";
    private static final DataType ATTRIBUTES =
            DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType, true);
    private static final DataType NAMES = DataTypes.createArrayType(DataTypes.StringType, true);

    private final String name;
    private final SourceConfig source;
    private final long seed;

    /**
     * @param name the source's name, unique in its list
     * @param seed what samples are drawn by
     */
    DocumentRows(String name, SourceConfig source, long seed) {
        this.name = name;
        this.source = source;
        this.seed = seed;
    }

    /**
     * Applies a source's expressions.
     *
     * @param raw in the shape of {@link RawRows}
     * @param section of the task file where the source stands, for messages
     * @param index its place there
     */
    SourceRows of(Dataset<Row> raw, SourceSection section, int index) {
        Dataset<Row> identified = identified(classified(selected(raw, section, index)));
        Column key = when(col(REASON).isNull(), col(HASH))
                .otherwise(concat_ws(":", col(Documents.PATH), col(Documents.POSITION), col(Documents.ID)));
        Dataset<Row> keyed = identified.withColumn(KEY, md5(concat(lit(seed + ":"), key)));
        Dataset<Row> documents = keyed.where(col(REASON).isNull());
        Dataset<Row> rejects = keyed.where(col(REASON).isNotNull());
        SampleConfig sample = source.sample().orElse(new SampleConfig(Optional.empty(), Optional.of(1.0)));
        if (sample.rows().isPresent()) {
            long rows = sample.rows().get();
            documents = smallest(documents, rows);
            rejects = upToBound(rejects, documents, rows);
        } else if (sample.fraction().orElse(1.0) < 1.0) {
            Column inside = col(KEY).lt(bound(sample.fraction().orElseThrow()));
            documents = documents.where(inside);
            rejects = rejects.where(inside);
        }
        return new SourceRows(shaped(documents), shapedRejects(rejects));
    }

    private Dataset<Row> selected(Dataset<Row> raw, SourceSection section, int index) {
        if (RawRows.ownColumns(raw.schema()).length == 0) {
            Column none = lit(null).cast(DataTypes.StringType);
            return raw.select(columns(none, none, none, List.of()));
        }
        Expressions expressions = new Expressions(raw, section.place(index));
        Column id = source.id()
                .map(expression -> expressions.value("id", expression))
                .orElse(lit(null));
        Column text = expressions.value("text", source.text());
        Column label = source.label()
                .map(expression -> label(raw, expressions.value("label", expression)))
                .orElse(lit(null));
        Dataset<Row> rows = source.where()
                .map(predicate ->
                        raw.where(col(RawRows.REASON).isNotNull().or(expressions.predicate("where", predicate))))
                .orElse(raw);
        Expressions asked = new Expressions(raw, section.name());
        List<Column> attributes = new ArrayList<>();
        for (KeptColumn kept : KeptColumn.of(source)) {
            String key = section.keys().get(kept);
            Column value =
                    key == null ? expressions.value(key(kept), kept.expression()) : asked.value(key, kept.expression());
            attributes.add(lit(kept.name()));
            attributes.add(value.cast(DataTypes.StringType));
        }
        return rows.select(columns(id, text, label, attributes));
    }

    /** The key of the task file that a kept column stands under. */
    private String key(KeptColumn kept) {
        return kept.name().equals(KeptColumn.REFERENCE) && source.reference().isPresent() ? "reference" : "keep";
    }

    /** Several labels are held as a JSON array, sorted and without repetition, so that equal sets are equal texts. */
    private static Column label(Dataset<Row> raw, Column value) {
        DataType type = raw.select(value).schema().fields()[0].dataType();
        return type instanceof ArrayType
                ? to_json(array_sort(array_distinct(array_compact(value.cast(NAMES)))))
                : value;
    }

    private static Column attributes(List<Column> namesAndValues) {
        return when(col(RawRows.REASON).isNull(), map(namesAndValues.toArray(new Column[0])))
                .otherwise(map())
                .cast(ATTRIBUTES)
                .as(Documents.ATTRIBUTES);
    }

    private static Column[] columns(Column id, Column text, Column label, List<Column> attributes) {
        Column readable = col(RawRows.REASON).isNull();
        return new Column[] {
            col(RawRows.PATH).as(Documents.PATH),
            col(RawRows.POSITION).as(Documents.POSITION),
            col(RawRows.REASON).as(REASON),
            when(readable, id.cast(DataTypes.StringType)).as(Documents.ID),
            when(readable, text.cast(DataTypes.StringType)).as(Documents.TEXT),
            when(readable, label.cast(DataTypes.StringType)).as(Documents.LABEL),
            attributes(attributes)
        };
    }

    private Dataset<Row> classified(Dataset<Row> rows) {
        // Not deterministic by declaration only, so that the optimiser neither repeats nor pushes it down: each text is
        // normalised once.
        UserDefinedFunction hash =
                functions.udf(new TextHash(), DataTypes.StringType).asNondeterministic();
        Column valid = coalesce(is_valid_utf8(col(Documents.TEXT)), lit(true));
        Column missing = source.id().isPresent()
                ? coalesce(trim(col(Documents.ID)), lit("")).equalTo("")
                : lit(false);
        Column reason = when(col(REASON).isNotNull(), col(REASON))
                .when(valid.equalTo(false), Rejects.INVALID_UTF8)
                .when(col(HASH).isNull(), Rejects.EMPTY_TEXT)
                .when(missing, Rejects.MISSING_ID);
        return rows.withColumn(HASH, hash.apply(col(Documents.TEXT)))
                .withColumn(REASON, reason)
                .withColumn(Documents.LABEL, when(trim(col(Documents.LABEL)).notEqual(""), col(Documents.LABEL)));
    }

    private Dataset<Row> identified(Dataset<Row> rows) {
        Column rejected = col(REASON).isNotNull();
        Column position = concat_ws(":", col(Documents.PATH), col(Documents.POSITION));
        if (source.id().isPresent()) {
            Column group = when(rejected, position).otherwise(col(Documents.ID));
            Column rank = row_number()
                    .over(Window.partitionBy(rejected, group)
                            .orderBy(
                                    col(HASH),
                                    col(Documents.PATH),
                                    col(Documents.POSITION),
                                    col(Documents.TEXT),
                                    col(Documents.LABEL),
                                    others()));
            Column repeated = col(REASON).isNull().and(col(RANK).gt(1));
            return rows.withColumn(RANK, rank)
                    .withColumn(REASON, when(repeated, Rejects.REPEATED_ID).otherwise(col(REASON)));
        }
        Column group = when(rejected, position).otherwise(md5(col(Documents.TEXT)));
        Column ordinal = row_number()
                .over(Window.partitionBy(rejected, col(Documents.PATH), group)
                        .orderBy(col(Documents.LABEL), col(Documents.POSITION), others()));
        Column derived = md5(concat(
                part(lit(name)),
                part(col(Documents.PATH)),
                part(col(Documents.TEXT)),
                col(RANK).cast(DataTypes.StringType)));
        return rows.withColumn(RANK, ordinal)
                .withColumn(Documents.ID, when(rejected, null).otherwise(derived));
    }

    /** What tells rows of a table apart, which have no place. */
    private Column others() {
        return source.source().table().isPresent() ? to_json(col(Documents.ATTRIBUTES)) : lit(0);
    }

    /** A part with its length before it, so that no two lists of parts read the same. */
    private static Column part(Column value) {
        return concat(length(value).cast(DataTypes.StringType), lit(":"), value);
    }

    private static Dataset<Row> smallest(Dataset<Row> documents, long rows) {
        int limit = (int) Math.min(rows, Integer.MAX_VALUE);
        return documents
                .orderBy(col(KEY), col(Documents.ID), col(Documents.PATH), col(Documents.POSITION))
                .limit(limit);
    }

    private static Dataset<Row> upToBound(Dataset<Row> rejects, Dataset<Row> sample, long rows) {
        Dataset<Row> bound = sample.agg(count(lit(1)).as("sampled"), max(KEY).as("bound"));
        return rejects.crossJoin(bound).where(col("sampled").lt(rows).or(col(KEY).leq(col("bound"))));
    }

    /** The hexadecimal hash below which a share of all hashes lie. */
    static String bound(double fraction) {
        BigInteger bound = new BigDecimal(BigInteger.ONE.shiftLeft(128))
                .multiply(BigDecimal.valueOf(fraction))
                .toBigInteger();
        return String.format("%032x", bound);
    }

    private Dataset<Row> shaped(Dataset<Row> documents) {
        return documents
                .select(
                        lit(name).as(Documents.SOURCE),
                        coalesce(col(Documents.ID), lit("")).as(Documents.ID),
                        coalesce(col(Documents.TEXT), lit("")).as(Documents.TEXT),
                        col(Documents.LABEL),
                        coalesce(col(Documents.ATTRIBUTES), map().cast(ATTRIBUTES))
                                .as(Documents.ATTRIBUTES),
                        coalesce(col(Documents.PATH), lit("")).as(Documents.PATH),
                        col(Documents.POSITION))
                .to(Documents.SCHEMA);
    }

    private Dataset<Row> shapedRejects(Dataset<Row> rejects) {
        return rejects.select(
                        lit(name).as(Rejects.SOURCE),
                        col(Documents.PATH).as(Rejects.PATH),
                        col(Documents.POSITION).as(Rejects.POSITION),
                        col(Documents.ID).as(Rejects.ID),
                        coalesce(col(REASON), lit("")).as(Rejects.REASON))
                .to(Rejects.SCHEMA);
    }
}
