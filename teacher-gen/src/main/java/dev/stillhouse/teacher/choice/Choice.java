package dev.stillhouse.teacher.choice;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_contains_key;
import static org.apache.spark.sql.functions.row_number;

import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.teacher.outputs.TextOrder;
import dev.stillhouse.udfs.errors.ConfigurationException;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** Puts texts in the order in which they are worth a label: ascending by the column {@link #TURN}, and in a turn by {@link TextOrder}. Equal texts and seed give equal turns for any partitioning. */
public final class Choice {
    /** Column of the turns, DOUBLE; the smallest first. */
    public static final String TURN = "turn";

    private Choice() {}

    /** All in one turn. */
    public static Dataset<Row> random(Dataset<Row> texts) {
        return texts.withColumn(TURN, lit(0.0));
    }

    /**
     * One of each stratum in a turn, so that a small stratum is there as well as a large one until it is used up. A stratum is handled by one task.
     *
     * @param texts with source, attributes and text_hash
     * @param columns {@code source}, or names of attributes; a missing value is a stratum too
     * @throws ConfigurationException if no text has an attribute of that name
     */
    public static Dataset<Row> stratified(Dataset<Row> texts, List<String> columns, long seed) {
        for (String name : columns) {
            Column isThere = map_contains_key(col(Curated.ATTRIBUTES), name);
            if (!name.equals(Documents.SOURCE) && texts.where(isThere).isEmpty()) {
                throw new ConfigurationException("Invalid teacher.choose.strata: " + name
                        + " (must be source, or a column that corpus keeps: keep: [" + name + "])");
            }
        }
        Column[] strata = columns.stream()
                .map(name -> name.equals(Documents.SOURCE)
                        ? col(Documents.SOURCE)
                        : coalesce(col(Curated.ATTRIBUTES).getItem(name), lit("")))
                .toArray(Column[]::new);
        return turns(texts, strata, seed);
    }

    /**
     * One of each cluster of similar texts in a turn.
     *
     * @param texts with text, text_hash, source and id
     * @param clusters how many clusters at most
     */
    public static Dataset<Row> diverse(Dataset<Row> texts, int clusters, long seed) {
        return turns(
                        TextClusters.fit(texts, clusters, seed).assign(texts),
                        new Column[] {col(TextClusters.CLUSTER)},
                        seed)
                .drop(TextClusters.CLUSTER);
    }

    private static Dataset<Row> turns(Dataset<Row> texts, Column[] groups, long seed) {
        return texts.withColumn(
                TURN,
                row_number()
                        .over(Window.partitionBy(groups)
                                .orderBy(TextOrder.of(seed), col(Documents.SOURCE), col(Documents.ID)))
                        .cast("double"));
    }

    /**
     * The first texts by their turns.
     *
     * @param texts with turn, text_hash, source and id
     * @param most how many at most
     */
    public static Dataset<Row> first(Dataset<Row> texts, int most, long seed) {
        return texts.orderBy(col(TURN), TextOrder.of(seed), col(Documents.SOURCE), col(Documents.ID))
                .limit(most);
    }
}
