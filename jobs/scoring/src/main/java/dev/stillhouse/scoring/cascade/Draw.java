package dev.stillhouse.scoring.cascade;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.md5;

import dev.stillhouse.datasets.schema.Documents;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * What is fixed before the teacher is asked: the random documents, and the thresholds to test.
 *
 * @param sureness of a document, a column of scores
 * @param decided what the student says of it, as text, a column of scores
 */
record Draw(Column sureness, Column decided) {
    /**
     * A document that was drawn.
     *
     * @param decided what the student says of it
     */
    record Drawn(String source, String id, double sureness, String decided) {
        /** Source and id. */
        List<String> key() {
            return List.of(source, id);
        }
    }

    /** Random documents, those with the smallest digests of seed, source and id: the same ones for any partitioning. */
    List<Drawn> documents(Dataset<Row> scoresDF, long seed, long size) {
        Column key = concat(
                lit("route:" + seed + ":"),
                length(col(Documents.SOURCE)).cast(DataTypes.StringType),
                lit(":"),
                col(Documents.SOURCE),
                col(Documents.ID));
        return scoresDF
                .select(col(Documents.SOURCE), col(Documents.ID), sureness.cast(DataTypes.DoubleType), decided)
                .orderBy(md5(key.cast(DataTypes.BinaryType)))
                .limit((int) size)
                .collectAsList()
                .stream()
                .map(row -> new Drawn(row.getString(0), row.getString(1), row.getDouble(2), row.getString(3)))
                .toList();
    }

    /** The thresholds to test. */
    double[] grid(Dataset<Row> scoresDF) {
        TreeMap<Integer, Long> counts = new TreeMap<>();
        scoresDF.groupBy(floor(sureness.cast(DataTypes.DoubleType).multiply(Grid.BINS))
                        .cast(DataTypes.IntegerType))
                .agg(count(lit(1)))
                .collectAsList()
                .forEach(row -> counts.put(row.getInt(0), row.getLong(1)));
        return Grid.of(counts);
    }
}
