package dev.stillhouse.curation;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import dev.stillhouse.curation.near.NearDuplicates;
import dev.stillhouse.curation.near.NearDuplicatesConfig;
import dev.stillhouse.curation.spans.SpanCutter;
import dev.stillhouse.datasets.plan.Checkpoint;
import dev.stillhouse.datasets.plan.SmallTables;
import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.datasets.schema.Evaluation;
import dev.stillhouse.datasets.schema.Proposals;
import dev.stillhouse.datasets.schema.Removed;
import dev.stillhouse.datasets.schema.Rewritten;
import dev.stillhouse.udfs.errors.DataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Curation as an action: judges every document once, cuts off the evaluation part, and gives the datasets to publish. Judged in this order, the first reason counts: contamination, length bounds, what cutting leaves, rules, exact duplicates, duplicate keys, near-duplicates; so what a duplicate was removed for stays.
 */
public final class Curator {
    private final CurateConfig config;
    private final EvaluationCut cut;
    private final OwnColumns own;

    /**
     * @param kept names of the columns that the sources keep
     * @throws dev.stillhouse.udfs.errors.ConfigurationException if one cannot be told from a signal
     */
    public Curator(CurateConfig config, EvaluationCut cut, List<String> kept) {
        this.config = config;
        this.cut = cut;
        this.own = new OwnColumns(config, kept);
    }

    /**
     * Curates.
     *
     * @param documents shape of {@link Documents}
     * @param evaluation documents to evaluate on, of the same shape; empty where they are cut from the corpus
     * @throws dev.stillhouse.udfs.errors.ConfigurationException if an expression of the task does not resolve
     * @throws DataException if the cut asks for as many documents as there are, or more
     */
    public Result curate(Dataset<Row> documents, Dataset<Row> evaluation) {
        return curate(documents, evaluation, step -> {});
    }

    /**
     * Curates.
     *
     * @param steps is told what begins
     */
    public Result curate(Dataset<Row> documents, Dataset<Row> evaluation, Consumer<String> steps) {
        Dataset<Row> evaluationDF = own.add(unjudged(Measured.asTheyAre(evaluation, config)))
                .withColumn(Curated.PART, lit(Curated.EVALUATE));
        Dataset<Row> measuredDF = measured(documents, evaluationDF).persist(StorageLevel.MEMORY_AND_DISK());
        Cached cached = new Cached();
        try {
            cached.add(measuredDF);
            return result(measuredDF, evaluationDF, cached, steps);
        } catch (RuntimeException e) {
            cached.release();
            throw e;
        }
    }

    /**
     * Resolves the task's own expressions, before anything is read.
     *
     * @throws dev.stillhouse.udfs.errors.ConfigurationException if some do not resolve, with all of them
     */
    public void check(SparkSession spark) {
        own.check(spark);
    }

    /** What is always kept, and what keeps a span that others lose, is decided on the texts as they were read. */
    private Dataset<Row> measured(Dataset<Row> documents, Dataset<Row> evaluationDF) {
        boolean needsAsRead =
                config.repeatedSpans().isPresent() || !config.alwaysKeep().isEmpty();
        if (!Measured.rewrites(config) || !needsAsRead) {
            return own.add(unjudged(Measured.of(
                    documents.withColumn(SpanCutter.PROTECTED, lit(false)).withColumn(SpanCutter.PASSES, lit(true)),
                    config)));
        }
        Dataset<Row> asReadDF = own.add(unjudged(Measured.asTheyAre(documents, config)));
        Dataset<Row> judgedDF = new Reasons(config).add(contaminated(asReadDF, evaluationDF));
        Dataset<Row> marked = judgedDF.select(
                col(Documents.SOURCE),
                col(Documents.ID),
                col(Documents.TEXT),
                col(Documents.LABEL),
                col(Documents.ATTRIBUTES),
                col(OwnColumns.ALWAYS_KEEP).as(SpanCutter.PROTECTED),
                col(Removed.REASON).isNull().as(SpanCutter.PASSES));
        return own.addToRewritten(unjudged(Measured.of(marked, config)));
    }

    private Result result(Dataset<Row> measuredDF, Dataset<Row> evaluationDF, Cached cached, Consumer<String> steps) {
        steps.accept("judging documents");
        Dataset<Row> judgedDF = duplicates(new Reasons(config).add(contaminated(measuredDF, evaluationDF)));
        cached.add(judgedDF);
        Dataset<Row> proposalsDF = measuredDF.sparkSession().createDataFrame(List.of(), Proposals.SCHEMA);
        if (config.nearDuplicates().isPresent()) {
            steps.accept("looking for near-duplicates");
            NearDuplicatesConfig near = config.nearDuplicates().get();
            proposalsDF = new NearDuplicates(near)
                    .find(judgedDF.where(col(Removed.REASON).isNull()), OwnColumns.order(near));
            cached.add(proposalsDF);
            judgedDF = Survivors.follow(new NearVerdicts(near).add(judgedDF, proposalsDF), Removed.NEAR_DUPLICATE);
        }
        if (config.exactDuplicates() == CurateConfig.Duplicates.ANNOTATE) {
            judgedDF = Survivors.followAnnotations(judgedDF);
        }
        steps.accept("writing");
        // Five datasets are written of this one: planned and joined once.
        judgedDF = judgedDF.persist(StorageLevel.MEMORY_AND_DISK());
        cached.add(judgedDF);
        Dataset<Row> keptDF = judgedDF.where(col(Removed.REASON).isNull());
        Dataset<Row> curatedDF = keptDF.withColumn(Curated.PART, cut.part(keptDF, mayHaveCopies()));
        Column asRead = coalesce(col(Measured.READ_TEXT), col(Documents.TEXT));
        Dataset<Row> goneDF = judgedDF.where(col(Removed.REASON).isNotNull());
        Dataset<Row> otherDF = keptDF.where(col(Measured.READ_TEXT).isNotNull());
        Dataset<Row> judgedOnDF =
                cut.enabled() ? curatedDF.where(col(Curated.PART).equalTo(Curated.EVALUATE)) : evaluationDF;
        return new Result(
                columns(curatedDF, Curated.SCHEMA),
                columns(
                        goneDF.withColumn(
                                        Removed.JUDGED_TEXT,
                                        when(col(Measured.READ_TEXT).isNotNull(), col(Documents.TEXT)))
                                .withColumn(Removed.TEXT, asRead),
                        Removed.SCHEMA),
                columns(judgedOnDF, Evaluation.SCHEMA),
                columns(otherDF.withColumn(Rewritten.TEXT, asRead), Rewritten.SCHEMA),
                proposalsDF,
                cached);
    }

    private boolean mayHaveCopies() {
        return config.exactDuplicates() != CurateConfig.Duplicates.DROP
                || !config.alwaysKeep().isEmpty();
    }

    private static Dataset<Row> columns(Dataset<Row> data, StructType schema) {
        return data.select(
                Arrays.stream(schema.fieldNames()).map(functions::col).toArray(Column[]::new));
    }

    /** The columns of evidence and annotation, empty. */
    private static Dataset<Row> unjudged(Dataset<Row> documents) {
        Dataset<Row> all = documents;
        for (String column : List.of(
                Removed.CLUSTER,
                Removed.RULE_VERSION,
                Curated.DUPLICATE_REASON,
                Curated.DUPLICATE_SOURCE,
                Curated.DUPLICATE_ID)) {
            all = all.withColumn(column, lit(null).cast(DataTypes.StringType));
        }
        return all.withColumn(Removed.SHARED_BANDS, lit(null).cast(DataTypes.IntegerType))
                .withColumn(Removed.JACCARD, lit(null).cast(DataTypes.DoubleType))
                .withColumn(Removed.CONTAINMENT, lit(null).cast(DataTypes.DoubleType));
    }

    /** A document is contaminated where its text is one to evaluate on, as it was read or as it was rewritten. */
    private Dataset<Row> contaminated(Dataset<Row> documents, Dataset<Row> evaluationDF) {
        String hash = "evaluated_hash";
        String rewritten = "evaluated_rewritten";
        Dataset<Row> evaluated = evaluationDF
                .groupBy(col(Curated.TEXT_HASH).as(hash))
                .agg(min(struct(col(Documents.SOURCE), col(Documents.ID))).as(Reasons.EVALUATED));
        Dataset<Row> asRead = SmallTables.leftJoin(documents, evaluated, Measured.READ_HASH, hash);
        if (!Measured.rewrites(config)) {
            return asRead;
        }
        return SmallTables.leftJoin(
                        asRead, evaluated.withColumnRenamed(Reasons.EVALUATED, rewritten), Curated.TEXT_HASH, hash)
                .withColumn(Reasons.EVALUATED, coalesce(col(Reasons.EVALUATED), col(rewritten)))
                .drop(rewritten);
    }

    private Dataset<Row> duplicates(Dataset<Row> judged) {
        Dataset<Row> found = judged;
        if (config.exactDuplicates() != CurateConfig.Duplicates.OFF) {
            boolean drop = config.exactDuplicates() == CurateConfig.Duplicates.DROP;
            found = new Copies(Curated.TEXT_HASH, Removed.EXACT_DUPLICATE, Rules.exactDuplicate(), drop).find(found);
        }
        if (config.duplicateKey().isPresent()) {
            String rule = Rules.duplicateKey(config.duplicateKey().get());
            found = Survivors.follow(
                    new Copies(OwnColumns.DUPLICATE_KEY, Removed.DUPLICATE_KEY, rule, true).find(found),
                    Removed.DUPLICATE_KEY);
        }
        return found;
    }

    /**
     * What curation made of the documents; lazy, over cached intermediates.
     *
     * @param curated shape of {@link Curated}
     * @param removed shape of {@link Removed}
     * @param evaluation shape of {@link Curated}
     * @param rewritten shape of {@link Rewritten}
     * @param proposals shape of {@link Proposals}
     * @param cached to be given back by {@link #close()}
     */
    public record Result(
            Dataset<Row> curated,
            Dataset<Row> removed,
            Dataset<Row> evaluation,
            Dataset<Row> rewritten,
            Dataset<Row> proposals,
            Cached cached)
            implements AutoCloseable {
        @Override
        public void close() {
            cached.release();
        }
    }

    /** What the executors keep while curation runs: datasets, and checkpoints that their rows are made of. */
    public static final class Cached {
        private final List<Dataset<Row>> datasets = new ArrayList<>();

        private void add(Dataset<Row> dataset) {
            datasets.add(dataset);
        }

        private void release() {
            datasets.forEach(Dataset::unpersist);
            datasets.forEach(Checkpoint::release);
        }
    }
}
