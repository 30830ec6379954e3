package dev.stillhouse.curation;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import dev.stillhouse.curation.near.NearDuplicates;
import dev.stillhouse.curation.near.NearDuplicatesConfig;
import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.datasets.schema.SignalColumns;
import dev.stillhouse.datasets.source.Expressions;
import dev.stillhouse.udfs.errors.ConfigurationException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The task's own expressions over signals and kept columns: rules, what is always kept, duplicate keys and the order of survivors. */
final class OwnColumns {
    static final String ALWAYS_KEEP = NearDuplicates.ALWAYS_KEEP;
    static final String DUPLICATE_KEY = "duplicate_key";
    static final String ORDER = "survivor_";

    private static final List<String> NAMED = List.of(Documents.ID, Documents.LABEL, Documents.SOURCE, Documents.TEXT);

    /** The whole document beside what expressions may name. */
    private static final String DOCUMENT = "__document";

    private final CurateConfig config;
    private final List<String> kept;

    /**
     * @param kept names of the columns that the sources keep
     * @throws ConfigurationException if one is, in any case of its letters, the name of a signal, of a document's own column, or of another
     */
    OwnColumns(CurateConfig config, List<String> kept) {
        this.config = config;
        this.kept = List.copyOf(kept);
        Set<String> taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        taken.addAll(NAMED);
        taken.addAll(SignalColumns.names());
        for (String name : kept) {
            if (!taken.add(name)) {
                throw new ConfigurationException("Invalid keep: " + name
                        + " (must not be the name of a signal, of a document's own column or of another kept one; write: "
                        + name + " as another_name)");
            }
        }
    }

    /**
     * Measured documents with own rules appended to those that they fail, and the columns always_keep, duplicate_key and, where near-duplicates are looked for, the order of survivors.
     *
     * @throws ConfigurationException if an expression does not resolve
     */
    Dataset<Row> add(Dataset<Row> measured) {
        List<Column> named = new ArrayList<>();
        NAMED.forEach(name -> named.add(col(name)));
        SignalColumns.names().forEach(name -> named.add(col(name)));
        kept.forEach(name -> named.add(col(Documents.ATTRIBUTES).getItem(name).as(name)));
        // Checked over no rows: how the rows come about is not the expressions' affair.
        StructType schema = measured.select(named.toArray(new Column[0])).schema();
        Expressions expressions = new Expressions(measured.sparkSession().createDataFrame(List.of(), schema), "curate");
        // Expressions see these names and no others, so that a kept column may be called as one of curation's own.
        Column[] own = Arrays.stream(measured.columns()).map(name -> col(name)).toArray(Column[]::new);
        named.add(struct(own).as(DOCUMENT));
        List<Column> all = new ArrayList<>();
        for (String column : measured.columns()) {
            Column value = col(DOCUMENT).getField(column);
            all.add((column.equals(Curated.FAILED_RULES) ? failed(expressions, value) : value).as(column));
        }
        all.add(any(expressions, "always_keep", config.alwaysKeep()).as(ALWAYS_KEEP));
        all.add(key(expressions).as(DUPLICATE_KEY));
        List<Column> order =
                config.nearDuplicates().map(near -> order(expressions, near)).orElse(List.of());
        for (int i = 0; i < order.size(); i++) {
            all.add(order.get(i).as(ORDER + i));
        }
        return measured.select(named.toArray(new Column[0])).select(all.toArray(new Column[0]));
    }

    private Column failed(Expressions expressions, Column published) {
        List<Column> own = new ArrayList<>();
        for (int i = 0; i < config.rules().size(); i++) {
            String rule = config.rules().get(i);
            own.add(when(expressions.predicate("rules[" + i + "]", rule), rule));
        }
        return own.isEmpty()
                ? published
                : concat(published, filter(array(own.toArray(new Column[0])), Column::isNotNull));
    }

    private static Column any(Expressions expressions, String key, List<String> predicates) {
        Column any = lit(false);
        for (int i = 0; i < predicates.size(); i++) {
            any = any.or(coalesce(expressions.predicate(key + "[" + i + "]", predicates.get(i)), lit(false)));
        }
        return any;
    }

    private Column key(Expressions expressions) {
        return config.duplicateKey()
                .map(key -> expressions.value("duplicate_key", key))
                .orElse(lit(null))
                .cast(DataTypes.StringType);
    }

    private static List<Column> order(Expressions expressions, NearDuplicatesConfig near) {
        return near.survivorKeys().stream()
                .map(key -> expressions.value("near_duplicates." + key.place(), key.expression()))
                .toList();
    }

    /** The order of survivors over the columns that {@link #add} adds: what is always kept first, (source, id) last. */
    static Column[] order(NearDuplicatesConfig near) {
        List<Column> order = new ArrayList<>(List.of(col(ALWAYS_KEEP).desc()));
        List<NearDuplicatesConfig.SurvivorKey> keys = near.survivorKeys();
        for (int i = 0; i < keys.size(); i++) {
            Column column = col(ORDER + i);
            order.add(keys.get(i).descending() ? column.desc_nulls_last() : column.asc_nulls_last());
        }
        order.add(col(Documents.SOURCE));
        order.add(col(Documents.ID));
        return order.toArray(new Column[0]);
    }
}
