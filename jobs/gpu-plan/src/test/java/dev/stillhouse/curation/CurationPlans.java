package dev.stillhouse.curation;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.md5;

import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.datasets.schema.Removed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What of curation is Spark's own expressions: rules of a task, and duplicates by a hash. */
public final class CurationPlans {
    private static final String RULES = "rules";
    private static final String SURVIVORS = "survivors";

    /** Its small table of survivors has been computed before, and is read from where executors keep it. */
    public static final String DUPLICATES = "exact-duplicates";

    /** Of the plans. */
    public static final List<String> NAMES = List.of(RULES, SURVIVORS, DUPLICATES);

    private CurationPlans() {}

    /**
     * The plans.
     *
     * @param documentsDF in files
     * @param folder for a table
     */
    public static Map<String, Dataset<Row>> of(Dataset<Row> documentsDF, CurateConfig config, String folder) {
        SparkSession spark = documentsDF.sparkSession();
        spark.createDataFrame(List.of(), Measured.SCHEMA).write().parquet(folder);
        Dataset<Row> measuredDF = spark.read().schema(Measured.SCHEMA).parquet(folder);
        Dataset<Row> ruledDF = new OwnColumns(config, List.of())
                .add(measuredDF)
                .select(Documents.ID, Curated.FAILED_RULES, OwnColumns.ALWAYS_KEEP, OwnColumns.DUPLICATE_KEY);
        Dataset<Row> hashedDF = documentsDF.select(
                col(Documents.SOURCE),
                col(Documents.ID),
                md5(col(Documents.TEXT).cast("binary")).as(Curated.TEXT_HASH),
                none(Removed.REASON),
                none(Removed.RULE),
                none(Removed.KEPT_SOURCE),
                none(Removed.KEPT_ID),
                lit(false).as(OwnColumns.ALWAYS_KEEP));
        Map<String, Dataset<Row>> plans = new LinkedHashMap<>();
        plans.put(RULES, ruledDF);
        Copies copies = new Copies(Curated.TEXT_HASH, Removed.EXACT_DUPLICATE, Rules.exactDuplicate(), true);
        plans.put(SURVIVORS, copies.survivors(hashedDF));
        plans.put(DUPLICATES, copies.find(hashedDF));
        return plans;
    }

    private static Column none(String name) {
        return lit(null).cast("string").as(name);
    }
}
