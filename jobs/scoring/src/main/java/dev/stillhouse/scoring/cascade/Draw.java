package dev.stillhouse.scoring.cascade;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.md5;
import static org.apache.spark.sql.functions.percentile_approx;

import dev.stillhouse.datasets.schema.Documents;
import java.util.List;
import java.util.stream.IntStream;
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
    private static final int THRESHOLDS = 100;
    private static final int ACCURACY = 10_000;

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

    /** Thresholds at or above which are 1 %, 2 % ... 100 % of the documents, so falling; without documents none. */
    double[] grid(Dataset<Row> scoresDF) {
        Column[] shares = IntStream.rangeClosed(1, THRESHOLDS)
                .mapToObj(step -> lit(1 - (double) step / THRESHOLDS))
                .toArray(Column[]::new);
        Row row = scoresDF.agg(percentile_approx(sureness.cast(DataTypes.DoubleType), array(shares), lit(ACCURACY)))
                .head();
        return row.isNullAt(0)
                ? new double[0]
                : row.<Double>getList(0).stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray();
    }
}
