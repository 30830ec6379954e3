package dev.stillhouse.curation;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import dev.stillhouse.curation.near.NearDuplicatesConfig;
import dev.stillhouse.datasets.plan.SmallTables;
import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.datasets.schema.Proposals;
import dev.stillhouse.datasets.schema.Removed;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Writes what verification found into the verdicts on documents: the reason and its evidence, or the annotation. */
final class NearVerdicts {
    private static final String KEY = "document_key";
    private static final String FOUND = "near";

    private final NearDuplicatesConfig config;

    NearVerdicts(NearDuplicatesConfig config) {
        this.config = config;
    }

    /**
     * Adds the verdicts.
     *
     * @param judged documents with reason and the columns of evidence
     * @param proposals shape of {@link Proposals}
     */
    Dataset<Row> add(Dataset<Row> judged, Dataset<Row> proposals) {
        Dataset<Row> found = proposals
                .where(col(Proposals.OUTCOME).equalTo(Proposals.VERIFIED))
                .select(
                        struct(col(Proposals.SOURCE), col(Proposals.ID)).as("proposal_key"),
                        struct(
                                        col(Proposals.KEPT_SOURCE),
                                        col(Proposals.KEPT_ID),
                                        col(Proposals.CLUSTER),
                                        col(Proposals.SHARED_BANDS),
                                        col(Proposals.JACCARD),
                                        col(Proposals.CONTAINMENT))
                                .as(FOUND));
        Dataset<Row> keyed = judged.withColumn(KEY, struct(col(Documents.SOURCE), col(Documents.ID)));
        Dataset<Row> joined =
                SmallTables.leftJoin(keyed, found, KEY, "proposal_key").drop(KEY);
        return (config.action() == NearDuplicatesConfig.Action.DROP ? removed(joined) : annotated(joined)).drop(FOUND);
    }

    private Dataset<Row> removed(Dataset<Row> joined) {
        Dataset<Row> told = joined;
        for (String column : List.of(
                Proposals.KEPT_SOURCE,
                Proposals.KEPT_ID,
                Proposals.CLUSTER,
                Proposals.SHARED_BANDS,
                Proposals.JACCARD,
                Proposals.CONTAINMENT)) {
            told = told.withColumn(column, coalesce(col(FOUND).getField(column), col(column)));
        }
        return told.withColumn(Removed.REASON, orElse(lit(Removed.NEAR_DUPLICATE), Removed.REASON))
                .withColumn(Removed.RULE, orElse(lit(config.rule()), Removed.RULE))
                .withColumn(Removed.VALUE, orElse(col(FOUND).getField(similarity()), Removed.VALUE))
                .withColumn(Removed.RULE_VERSION, orElse(lit(config.ruleVersion()), Removed.RULE_VERSION));
    }

    /** The column of what decided. */
    private String similarity() {
        return config.mode() == NearDuplicatesConfig.Mode.JACCARD ? Proposals.JACCARD : Proposals.CONTAINMENT;
    }

    /** An annotation that the document has already, as an exact copy, stays. */
    private Dataset<Row> annotated(Dataset<Row> joined) {
        Column isNew = col(FOUND).isNotNull().and(col(Curated.DUPLICATE_REASON).isNull());
        Column source = col(FOUND).getField(Proposals.KEPT_SOURCE);
        Column id = col(FOUND).getField(Proposals.KEPT_ID);
        return joined.withColumn(Curated.DUPLICATE_SOURCE, when(isNew, source).otherwise(col(Curated.DUPLICATE_SOURCE)))
                .withColumn(Curated.DUPLICATE_ID, when(isNew, id).otherwise(col(Curated.DUPLICATE_ID)))
                .withColumn(
                        Curated.DUPLICATE_REASON,
                        when(isNew, Removed.NEAR_DUPLICATE).otherwise(col(Curated.DUPLICATE_REASON)));
    }

    private static Column orElse(Column found, String before) {
        return when(col(FOUND).isNotNull(), found).otherwise(col(before));
    }
}
