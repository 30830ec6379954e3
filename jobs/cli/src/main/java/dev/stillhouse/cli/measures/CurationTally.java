package dev.stillhouse.cli.measures;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.Rejects;
import dev.stillhouse.datasets.schema.Removed;
import dev.stillhouse.reports.record.Volume;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How many documents, bytes and words a curation kept, removed and rejected, grouped once and summed up here in whatever way is asked for. */
public final class CurationTally {
    private static final String NONE = "(none)";

    private final List<Group> kept;
    private final List<Group> removed;
    private final List<Group> rejected;

    /** Counts, in three jobs. */
    public CurationTally(Dataset<Row> curatedDF, Dataset<Row> removedDF, Dataset<Row> rejectsDF) {
        Column bytes = coalesce(sum(Curated.BYTES), lit(0L));
        Column words = coalesce(sum(Curated.WORDS), lit(0L));
        Column none = lit(0L);
        this.kept = groups(curatedDF, keys(Curated.SOURCE, Curated.LABEL, Curated.DUPLICATE_REASON), bytes, words);
        this.removed = groups(removedDF, keys(Removed.SOURCE, Removed.REASON, Removed.RULE), bytes, words);
        this.rejected = groups(rejectsDF, keys(Rejects.SOURCE, Rejects.REASON, Rejects.REASON), none, none);
    }

    private static Column[] keys(String source, String second, String third) {
        return new Column[] {
            col(source).as("source"),
            col(second).cast("string").as("second"),
            col(third).as("third")
        };
    }

    private static List<Group> groups(Dataset<Row> data, Column[] keys, Column bytes, Column words) {
        return data.groupBy(keys).agg(count(lit(1)), bytes, words).collectAsList().stream()
                .map(row -> new Group(
                        row.getString(0),
                        row.isNullAt(1) ? NONE : row.getString(1),
                        row.isNullAt(2) ? NONE : row.getString(2),
                        new Volume(row.getLong(3), row.getLong(4), row.getLong(5))))
                .toList();
    }

    /** What was kept. */
    public Volume kept() {
        return kept.stream().map(Group::volume).reduce(Volume.NONE, Volume::plus);
    }

    /** Kept documents by source. */
    public Map<String, Long> keptBySource() {
        return documents(kept, Group::source, group -> true);
    }

    /** Kept documents by label. */
    public Map<String, Long> keptByLabel() {
        return documents(kept, Group::second, group -> true);
    }

    /** Kept documents that are annotated as duplicates, by the reason. */
    public Map<String, Long> annotated() {
        return documents(kept, Group::third, group -> !group.third().equals(NONE));
    }

    /** Removed documents by source. */
    public Map<String, Long> removedBySource() {
        return documents(removed, Group::source, group -> true);
    }

    /** Removed documents by reason. */
    public Map<String, Long> removedByReason() {
        return documents(removed, Group::second, group -> true);
    }

    /** What each rule removed, by its name: a rule of the task's own is called by its predicate, the others by their reason. */
    public Map<String, Volume> removedByRule() {
        Map<String, Volume> volumes = new HashMap<>();
        for (Group group : removed) {
            String name = group.second().equals(Removed.OWN_RULE) ? group.third() : group.second();
            volumes.merge(name, group.volume(), Volume::plus);
        }
        return volumes;
    }

    /** Rejected rows by source. */
    public Map<String, Long> rejectedBySource() {
        return documents(rejected, Group::source, group -> true);
    }

    /** Rejected rows by reason. */
    public Map<String, Long> rejectedByReason() {
        return documents(rejected, Group::second, group -> true);
    }

    /** Judged documents, kept or removed, by source. */
    public Map<String, Long> judgedBySource() {
        Map<String, Long> judged = new HashMap<>(keptBySource());
        removedBySource().forEach((source, documents) -> judged.merge(source, documents, Long::sum));
        return judged;
    }

    private static Map<String, Long> documents(
            List<Group> groups, Function<Group, String> key, Predicate<Group> wanted) {
        Map<String, Long> documents = new HashMap<>();
        groups.stream()
                .filter(wanted)
                .forEach(group ->
                        documents.merge(key.apply(group), group.volume().documents(), Long::sum));
        return Counts.sorted(documents);
    }

    private record Group(String source, String second, String third, Volume volume) {}
}
