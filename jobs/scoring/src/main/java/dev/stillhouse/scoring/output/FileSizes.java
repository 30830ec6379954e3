package dev.stillhouse.scoring.output;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.ceil;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import dev.stillhouse.datasets.schema.Scores;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Puts rows into tasks so that each partition of the output gets the fewest files that hold its rows: every partition's rows are dealt, by hash of their key, into as many groups as it needs files.
 *
 * @param partitionBy columns that the output is partitioned by
 * @param rowsPerFile rows of a file, at most
 */
record FileSizes(List<String> partitionBy, int rowsPerFile) {
    /** Groups are of unequal size by chance: room for it, so that not every second file is cut in two. */
    private static final double ROOM = 1.05;

    private static final int MOST_TASKS = 2_000;
    private static final String FILES = "files$";
    private static final String GROUP = "group$";
    private static final String PARTITION = "partition$";

    /** The same rows and columns, to be written as they are. Counts them. */
    Dataset<Row> of(Dataset<Row> rowsDF) {
        Column files = ceil(count(lit(1)).multiply(ROOM).divide(rowsPerFile)).as(FILES);
        if (partitionBy.isEmpty()) {
            long needed = Math.max(1, rowsDF.agg(files).head().getLong(0));
            return rowsDF.repartition(tasks(needed), col(Scores.SOURCE), col(Scores.ID));
        }
        Column[] names = columns(partitionBy.stream());
        Column[] renamed = partitionBy.stream()
                .map(name -> column(name).as(PARTITION + name))
                .toArray(Column[]::new);
        Dataset<Row> filesDF = rowsDF.groupBy(names).agg(files);
        Row total = filesDF.agg(sum(FILES)).head();
        long needed = total.isNullAt(0) ? 1 : total.getLong(0);
        Dataset<Row> countedDF = filesDF.select(
                Stream.concat(Stream.of(renamed), Stream.of(col(FILES))).toArray(Column[]::new));
        Column same = partitionBy.stream()
                .map(name -> column(name).eqNullSafe(column(PARTITION + name)))
                .reduce(Column::and)
                .orElseThrow();
        Column group = pmod(xxhash64(col(Scores.SOURCE), col(Scores.ID)), col(FILES));
        return rowsDF.join(broadcast(countedDF), same)
                .withColumn(GROUP, group)
                .repartition(tasks(needed), columns(Stream.concat(partitionBy.stream(), Stream.of(GROUP))))
                .select(columns(Stream.of(rowsDF.columns())));
    }

    private static int tasks(long files) {
        return (int) Math.min(Math.max(1, files), MOST_TASKS);
    }

    private static Column[] columns(Stream<String> names) {
        return names.map(FileSizes::column).toArray(Column[]::new);
    }

    private static Column column(String name) {
        return col("`" + name + "`");
    }
}
