package dev.stillhouse.cli.measures;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.md5;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import dev.stillhouse.curation.Rules;
import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.Removed;
import dev.stillhouse.reports.record.CurateFigures;
import dev.stillhouse.udfs.quality.Signal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;

/** Documents to look at, some of each rule: the same ones for any partitioning, and of copies of one document one before any second. What decided is looked for in the text that was judged. */
public final class ExampleMeasures {
    private final List<Rules.Line> rules;
    private final int most;

    /**
     * @param rules the rules of the task
     * @param most examples of each rule
     */
    public ExampleMeasures(List<Rules.Line> rules, int most) {
        this.rules = rules;
        this.most = most;
    }

    /** Removed documents, then documents that stay though they fail a rule. */
    public List<CurateFigures.Example> of(Dataset<Row> curatedDF, Dataset<Row> removedDF) {
        Dataset<Row> removed = removedDF
                .withColumn(Excerpts.REWRITTEN, col(Removed.JUDGED_TEXT).isNotNull())
                .withColumn(Removed.TEXT, coalesce(col(Removed.JUDGED_TEXT), col(Removed.TEXT)))
                .withColumn(Removed.KEY, when(col(Removed.REASON).equalTo(Removed.DUPLICATE_KEY), col(Removed.KEY)));
        return Stream.concat(
                        collect(removed, removed).stream(),
                        collect(failing(curatedDF), curatedDF.withColumn(Excerpts.REWRITTEN, lit(false))).stream())
                .map(ExampleMeasures::example)
                .toList();
    }

    /** Documents that stay in the shape of removed ones, once for each rule that they fail. */
    private Dataset<Row> failing(Dataset<Row> curatedDF) {
        String name = "rule_name";
        Column rule = lit(null).cast(DataTypes.StringType);
        Column value = lit(null).cast(DataTypes.DoubleType);
        for (Rules.Line line : rules) {
            Column named = col(name).equalTo(line.name());
            rule = when(named, line.condition()).otherwise(rule);
            if (line.published().isPresent()) {
                Column signal = col(line.published().get().signal().column()).cast(DataTypes.DoubleType);
                value = when(named, signal).otherwise(value);
            }
        }
        Column none = lit(null).cast(DataTypes.StringType);
        return curatedDF
                .withColumn(name, explode(col(Curated.FAILED_RULES)))
                .withColumn(Removed.REASON, lit(CurateFigures.Example.KEPT))
                .withColumn(Removed.RULE, rule)
                .withColumn(Removed.VALUE, value)
                .withColumn(Removed.KEY, none)
                .withColumn(Removed.KEPT_SOURCE, none)
                .withColumn(Removed.KEPT_ID, none);
    }

    /**
     * @param documents a row for each document and rule, without need of its text
     * @param textsDF the documents, each once
     */
    private List<Row> collect(Dataset<Row> documents, Dataset<Row> textsDF) {
        Column spread =
                struct(md5(concat_ws("/", col(Removed.SOURCE), col(Removed.ID))), col(Removed.SOURCE), col(Removed.ID));
        Column copy = when(
                        col(Removed.KEPT_ID).isNotNull(),
                        row_number()
                                .over(Window.partitionBy(Removed.REASON, Removed.KEPT_SOURCE, Removed.KEPT_ID)
                                        .orderBy(spread)))
                .otherwise(1);
        Column place = row_number()
                .over(Window.partitionBy(Removed.REASON, Removed.RULE).orderBy(col("copy"), spread));
        Dataset<Row> chosen = documents
                .select(
                        Removed.REASON,
                        Removed.SOURCE,
                        Removed.ID,
                        Removed.RULE,
                        Removed.VALUE,
                        Removed.KEY,
                        Removed.KEPT_SOURCE,
                        Removed.KEPT_ID)
                .withColumn("copy", copy)
                .withColumn("place", place)
                .where(col("place").leq(most));
        Dataset<Row> texts = textsDF.select(
                col(Removed.SOURCE).as("text_source"),
                col(Removed.ID).as("text_id"),
                col(Removed.TEXT),
                col(Excerpts.REWRITTEN));
        Map<String, Signal> signals = new HashMap<>();
        rules.forEach(line -> line.published().ifPresent(rule -> signals.put(line.condition(), rule.signal())));
        // At most some rows of each rule, which the planner cannot know.
        return broadcast(chosen)
                .join(
                        texts,
                        col(Removed.SOURCE)
                                .equalTo(col("text_source"))
                                .and(col(Removed.ID).equalTo(col("text_id"))))
                .orderBy(col(Removed.REASON), col(Removed.RULE), col("place"))
                .map(new Excerpts(signals), Encoders.row(Excerpts.SCHEMA))
                .collectAsList();
    }

    private static CurateFigures.Example example(Row row) {
        return new CurateFigures.Example(
                row.getAs(Removed.REASON),
                row.getAs(Removed.SOURCE),
                row.getAs(Removed.ID),
                row.getAs(Excerpts.BEFORE),
                row.getAs(Excerpts.SPAN),
                row.getAs(Excerpts.AFTER),
                row.getAs(Removed.RULE),
                Optional.ofNullable(row.<Double>getAs(Removed.VALUE)),
                row.getAs(Excerpts.REWRITTEN),
                Optional.ofNullable(row.<String>getAs(Removed.KEY)),
                Optional.ofNullable(row.<String>getAs(Removed.KEPT_SOURCE)),
                Optional.ofNullable(row.<String>getAs(Removed.KEPT_ID)));
    }
}
