package dev.stillhouse.scoring.output;

import dev.stillhouse.datasets.config.Checks;
import dev.stillhouse.datasets.config.Key;
import dev.stillhouse.datasets.config.Violation;
import dev.stillhouse.datasets.source.TableFormat;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Where what a stage published is delivered, and how: {@code score.output}, {@code summarize.output}. */
public record OutputConfig(
        @Key(
                value =
                        "What is written: parquet, jsonl (files), delta or iceberg (tables; their jars must be there, see docs/sources.md).",
                defaultValue = "parquet")
        Format format,

        @Key(
                "Folder of the files or of the table, on any Hadoop file system; a relative one is relative to the task file. It must not be read by the task, nor lie in the workspace.")
        Optional<String> path,

        @Key("Name of a delta or iceberg table, as Spark's catalogs know it, in place of path.")
        Optional<String> table,

        @Key(
                value =
                        "replace: the partitions that the run has rows of are replaced, all of the output without partition_by; append: the run's rows are added, of an incremental run those that were not delivered before.",
                defaultValue = "replace")
        Mode mode,

        @Key(
                "Columns to partition by: source, route, model, columns that are carried along, and for kind: classify label.")
        List<String> partitionBy,

        @Key(value = "Rows of a file, at most (of iceberg about), at least 1.", defaultValue = "1000000")
        int rowsPerFile) {

    public OutputConfig {
        partitionBy = List.copyOf(partitionBy);
        Checks checks = new Checks().atLeast(1, "rows_per_file", rowsPerFile);
        boolean isOne = path.isPresent() != table.isPresent();
        checks.that(
                isOne,
                new Violation(
                        path.isPresent() ? "table" : "path",
                        path.isPresent() ? table.orElse("") : "none",
                        "given, or " + (path.isPresent() ? "path" : "table") + ", and not both"));
        checks.that(
                table.isEmpty() || format.table().isPresent(),
                new Violation("table", table.orElse(""), "absent for format " + format.key() + ": it has a path"));
        checks.that(path.filter(String::isBlank).isEmpty(), new Violation("path", "''", "a folder"));
        checks.that(
                table.filter(name -> !TableFormat.isName(name)).isEmpty(),
                new Violation("table", table.orElse(""), TableFormat.NAME_RULE));
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < partitionBy.size(); i++) {
            String column = partitionBy.get(i);
            checks.that(
                    seen.add(column.toLowerCase(Locale.ROOT)),
                    new Violation("partition_by[" + i + "]", column, "named once"));
        }
        checks.verify();
    }

    /** What a delivery does to what is there. */
    public enum Mode {
        REPLACE,
        APPEND
    }

    /** What is written. */
    public enum Format {
        PARQUET,
        JSONL,
        DELTA,
        ICEBERG;

        /** The table format, where it is one. */
        public Optional<TableFormat> table() {
            return switch (this) {
                case DELTA -> Optional.of(TableFormat.DELTA);
                case ICEBERG -> Optional.of(TableFormat.ICEBERG);
                case PARQUET, JSONL -> Optional.empty();
            };
        }

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
