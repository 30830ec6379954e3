package dev.stillhouse.curation;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.stillhouse.curation.near.NearDuplicatesConfig;
import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.datasets.schema.SignalColumns;
import dev.stillhouse.datasets.source.Expressions;
import dev.stillhouse.udfs.errors.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The task's own expressions over signals and kept columns: rules, what is always kept, duplicate keys and the order of survivors. */
final class OwnColumns {
    static final String ALWAYS_KEEP = "always_keep";
    static final String DUPLICATE_KEY = "duplicate_key";
    static final String ORDER = "survivor_";

    private static final Set<String> NAMED = Set.of(Documents.SOURCE, Documents.ID, Documents.TEXT, Documents.LABEL);

    private final CurateConfig config;
    private final List<String> kept;

    /**
     * @param kept names of the columns that the sources keep
     * @throws ConfigurationException if one is the name of a signal or of a document's own column
     */
    OwnColumns(CurateConfig config, List<String> kept) {
        this.config = config;
        this.kept = List.copyOf(kept);
        for (String name : kept) {
            if (NAMED.contains(name) || SignalColumns.names().contains(name)) {
                throw new ConfigurationException("Invalid keep: " + name
                        + " (must not be the name of a signal or of a document's own column; write: " + name
                        + " as another_name)");
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
        NAMED.stream().sorted().forEach(name -> named.add(col(name)));
        SignalColumns.names().forEach(name -> named.add(col(name)));
        kept.forEach(name -> named.add(col(Documents.ATTRIBUTES).getItem(name).as(name)));
        // Checked over no rows: how the rows come about is not the expressions' affair.
        StructType schema = measured.select(named.toArray(new Column[0])).schema();
        Expressions expressions = new Expressions(measured.sparkSession().createDataFrame(List.of(), schema), "curate");
        Dataset<Row> all = measured;
        for (String name : kept) {
            all = all.withColumn(name, col(Documents.ATTRIBUTES).getItem(name));
        }
        all = all.withColumn(Curated.FAILED_RULES, failed(expressions))
                .withColumn(ALWAYS_KEEP, any(expressions, "always_keep", config.alwaysKeep()))
                .withColumn(DUPLICATE_KEY, key(expressions));
        List<Column> order =
                config.nearDuplicates().map(near -> order(expressions, near)).orElse(List.of());
        for (int i = 0; i < order.size(); i++) {
            all = all.withColumn(ORDER + i, order.get(i));
        }
        return all.drop(kept.toArray(new String[0]));
    }

    private Column failed(Expressions expressions) {
        List<Column> own = new ArrayList<>();
        for (int i = 0; i < config.rules().size(); i++) {
            String rule = config.rules().get(i);
            own.add(when(expressions.predicate("rules[" + i + "]", rule), rule));
        }
        return own.isEmpty()
                ? col(Curated.FAILED_RULES)
                : concat(col(Curated.FAILED_RULES), filter(array(own.toArray(new Column[0])), Column::isNotNull));
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
        List<Column> order = new ArrayList<>();
        for (int i = 0; i < near.survivor().size(); i++) {
            order.add(expressions.value(
                    "near_duplicates.survivor[" + i + "]", near.survivorKey(i).expression()));
        }
        return order;
    }

    /** The order of survivors over the columns that {@link #add} adds: what is always kept first, (source, id) last. */
    static Column[] order(NearDuplicatesConfig near) {
        List<Column> order = new ArrayList<>(List.of(col(ALWAYS_KEEP).desc()));
        for (int i = 0; i < near.survivor().size(); i++) {
            Column column = col(ORDER + i);
            order.add(near.survivorKey(i).descending() ? column.desc_nulls_last() : column.asc_nulls_last());
        }
        order.add(col(Documents.SOURCE));
        order.add(col(Documents.ID));
        return order.toArray(new Column[0]);
    }
}
