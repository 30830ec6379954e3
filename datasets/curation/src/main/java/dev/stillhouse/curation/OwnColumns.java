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
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
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
     * Resolves every expression, over no rows.
     *
     * @throws ConfigurationException if some do not resolve; its message says of each why, a line each
     */
    void check(SparkSession spark) {
        Expressions expressions = expressions(spark.createDataFrame(List.of(), Measured.SCHEMA));
        List<String> problems = new ArrayList<>();
        List<Runnable> checks = new ArrayList<>();
        checks.addAll(each("rules", config.rules(), expressions::predicate));
        checks.addAll(each("always_keep", config.alwaysKeep(), expressions::predicate));
        checks.add(() -> key(expressions));
        config.nearDuplicates()
                .ifPresent(near -> near.survivorKeys().forEach(key -> checks.add(() -> order(expressions, key))));
        for (Runnable check : checks) {
            try {
                check.run();
            } catch (ConfigurationException e) {
                problems.add(e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(String.join("\n", problems));
        }
    }

    private static List<Runnable> each(String key, List<String> written, BiConsumer<String, String> resolve) {
        List<Runnable> checks = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            String place = key + "[" + i + "]";
            String expression = written.get(i);
            checks.add(() -> resolve.accept(place, expression));
        }
        return checks;
    }

    /**
     * Measured documents with own rules appended to those that they fail, and the columns always_keep, duplicate_key and, where near-duplicates are looked for, the order of survivors.
     *
     * @throws ConfigurationException if an expression does not resolve
     */
    Dataset<Row> add(Dataset<Row> measured) {
        return add(measured, expressions -> any(expressions, "always_keep", config.alwaysKeep()));
    }

    /** The same where {@link Measured#PROTECTED} says what is always kept: what that is was decided on the texts as they were read. */
    Dataset<Row> addToRewritten(Dataset<Row> measured) {
        return add(measured, expressions -> col(DOCUMENT).getField(Measured.PROTECTED));
    }

    /** What expressions may name, of measured documents. */
    private List<Column> named() {
        List<Column> named = new ArrayList<>();
        NAMED.forEach(name -> named.add(col(name)));
        kept.forEach(name -> named.add(col(Documents.ATTRIBUTES).getItem(name).as(name)));
        SignalColumns.names().forEach(name -> named.add(col(name)));
        return named;
    }

    /** Checked over no rows: how the rows come about is not the expressions' affair. */
    private Expressions expressions(Dataset<Row> measured) {
        StructType schema = measured.select(named().toArray(new Column[0])).schema();
        return new Expressions(measured.sparkSession().createDataFrame(List.of(), schema), "curate");
    }

    private Dataset<Row> add(Dataset<Row> measured, Function<Expressions, Column> alwaysKeep) {
        List<Column> named = named();
        Expressions expressions = expressions(measured);
        // Expressions see these names and no others, so that a kept column may be called as one of curation's own.
        Column[] own = Arrays.stream(measured.columns()).map(name -> col(name)).toArray(Column[]::new);
        named.add(struct(own).as(DOCUMENT));
        List<Column> all = new ArrayList<>();
        for (String column : measured.columns()) {
            Column value = col(DOCUMENT).getField(column);
            all.add((column.equals(Curated.FAILED_RULES) ? failed(expressions, value) : value).as(column));
        }
        all.add(alwaysKeep.apply(expressions).as(ALWAYS_KEEP));
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
        return near.survivorKeys().stream().map(key -> order(expressions, key)).toList();
    }

    private static Column order(Expressions expressions, NearDuplicatesConfig.SurvivorKey key) {
        return expressions.value("near_duplicates." + key.place(), key.expression());
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
