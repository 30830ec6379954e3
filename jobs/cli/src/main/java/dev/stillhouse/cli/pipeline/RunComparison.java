package dev.stillhouse.cli.pipeline;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.md5;
import static org.apache.spark.sql.functions.not;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillhouse.cli.measures.Counts;
import dev.stillhouse.datasets.plan.Checkpoint;
import dev.stillhouse.datasets.publish.PublishedRun;
import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.Removed;
import dev.stillhouse.reports.record.RunDifference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/** Compares two runs of curation document by document; only ids, reasons and content hashes are read. */
public final class RunComparison {
    private static final String KEPT = "kept";
    private static final String ABSENT = "absent";
    private static final String INSTEAD = "instead";
    private static final int EXAMPLES = 50;

    private final Fates before;
    private final Fates now;

    /** Compares two published runs of curation. */
    public static RunDifference of(SparkSession spark, PublishedRun before, PublishedRun now) {
        return new RunComparison(Fates.of(spark, before), Fates.of(spark, now)).difference();
    }

    RunComparison(Fates before, Fates now) {
        this.before = before;
        this.now = now;
    }

    /** The difference; runs a few jobs. */
    RunDifference difference() {
        Dataset<Row> both = Checkpoint.of(joined());
        try {
            Tally tally = new Tally();
            both.groupBy("before", "now", "changed")
                    .agg(count(lit(1)))
                    .collectAsList()
                    .forEach(tally::add);
            return new RunDifference(
                    before.run(),
                    tally.keptBefore,
                    tally.added,
                    tally.gone,
                    Counts.sorted(tally.nowKept),
                    Counts.sorted(tally.nowRemoved),
                    Counts.sorted(tally.otherReason),
                    tally.changed,
                    configuration(),
                    examples(both));
        } finally {
            Checkpoint.release(both);
        }
    }

    /** Documents by what became of them before and now. */
    private static final class Tally {
        private final Map<String, Long> nowKept = new LinkedHashMap<>();
        private final Map<String, Long> nowRemoved = new LinkedHashMap<>();
        private final Map<String, Long> otherReason = new LinkedHashMap<>();
        private long added;
        private long gone;
        private long keptBefore;
        private long changed;

        /** Adds a row (before, now, changed, documents). */
        void add(Row row) {
            String was = row.getString(0);
            String is = row.getString(1);
            long documents = row.getLong(3);
            keptBefore += was.equals(KEPT) ? documents : 0;
            added += was.equals(ABSENT) ? documents : 0;
            gone += is.equals(ABSENT) ? documents : 0;
            changed += row.getBoolean(2) ? documents : 0;
            if (was.equals(is) || was.equals(ABSENT) || is.equals(ABSENT)) {
                return;
            }
            if (is.equals(KEPT)) {
                nowKept.merge(was, documents, Long::sum);
            } else if (was.equals(KEPT)) {
                nowRemoved.merge(is, documents, Long::sum);
            } else {
                otherReason.merge(was + " → " + is, documents, Long::sum);
            }
        }
    }

    private Dataset<Row> joined() {
        Dataset<Row> left = before.rows()
                .withColumnRenamed("fate", "was")
                .withColumnRenamed("hash", "hash_before")
                .withColumnRenamed(INSTEAD, "instead_before");
        Dataset<Row> right = now.rows().withColumnRenamed("fate", "is");
        return left.join(right, new String[] {Curated.SOURCE, Curated.ID}, "full")
                .select(
                        col(Curated.SOURCE),
                        col(Curated.ID),
                        coalesce(col("was"), lit(ABSENT)).as("before"),
                        coalesce(col("is"), lit(ABSENT)).as("now"),
                        coalesce(col(INSTEAD), col("instead_before")).as(INSTEAD),
                        coalesce(not(col("hash_before").equalTo(col("hash"))), lit(false))
                                .as("changed"));
    }

    private static List<RunDifference.Document> examples(Dataset<Row> both) {
        return both
                .where(not(col("before").equalTo(col("now"))))
                .orderBy(
                        md5(concat_ws("/", col(Curated.SOURCE), col(Curated.ID))), col(Curated.SOURCE), col(Curated.ID))
                .limit(EXAMPLES)
                .collectAsList()
                .stream()
                .map(row -> new RunDifference.Document(
                        row.getAs(Curated.SOURCE),
                        row.getAs(Curated.ID),
                        row.getAs("before"),
                        row.getAs("now"),
                        Optional.ofNullable(row.<String>getAs(INSTEAD))))
                .sorted(Comparator.comparing(RunDifference.Document::source).thenComparing(RunDifference.Document::id))
                .toList();
    }

    private List<String> configuration() {
        Map<String, String> was = flat(before.configuration());
        Map<String, String> is = flat(now.configuration());
        TreeSet<String> keys = new TreeSet<>(was.keySet());
        keys.addAll(is.keySet());
        List<String> differences = new ArrayList<>();
        for (String key : keys) {
            String left = was.getOrDefault(key, "(none)");
            String right = is.getOrDefault(key, "(none)");
            if (!left.equals(right)) {
                differences.add(key + ": " + left + " → " + right);
            }
        }
        return differences;
    }

    private static Map<String, String> flat(JsonNode configuration) {
        Map<String, String> values = new TreeMap<>();
        flatten("", configuration, values);
        return values;
    }

    private static void flatten(String path, JsonNode node, Map<String, String> values) {
        if (node.isObject()) {
            node.properties()
                    .forEach(entry -> flatten(
                            path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(), entry.getValue(), values));
        } else if (node.isArray()
                && StreamSupport.stream(node.spliterator(), false).allMatch(JsonNode::isValueNode)) {
            values.put(path, node.toString());
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                flatten(path + "[" + i + "]", node.get(i), values);
            }
        } else {
            values.put(path, node.asText());
        }
    }

    /**
     * What became of the documents of a run.
     *
     * @param run its id
     * @param configuration its resolved configuration
     * @param rows source, id, fate ({@code kept} or a reason), the content hash of kept documents and, of removed ones, what stays in their place
     */
    record Fates(String run, JsonNode configuration, Dataset<Row> rows) {
        /** Those of a published run. */
        static Fates of(SparkSession spark, PublishedRun run) {
            JsonNode configuration = run.manifest().provenance().path("configuration");
            return of(
                    run.manifest().run(),
                    configuration,
                    spark.read().parquet(run.path(Datasets.CURATED).toString()),
                    spark.read().parquet(run.path(Datasets.REMOVED).toString()));
        }

        static Fates of(String run, JsonNode configuration, Dataset<Row> curated, Dataset<Row> removed) {
            return new Fates(
                    run,
                    configuration,
                    curated.select(
                                    col(Curated.SOURCE),
                                    col(Curated.ID),
                                    lit(KEPT).as("fate"),
                                    col(Curated.TEXT_HASH).as("hash"),
                                    lit(null).cast(DataTypes.StringType).as(INSTEAD))
                            .union(removed.select(
                                    col(Removed.SOURCE),
                                    col(Removed.ID),
                                    col(Removed.REASON),
                                    lit(null).cast(DataTypes.StringType),
                                    concat(col(Removed.KEPT_SOURCE), lit(" / "), col(Removed.KEPT_ID)))));
        }
    }
}
