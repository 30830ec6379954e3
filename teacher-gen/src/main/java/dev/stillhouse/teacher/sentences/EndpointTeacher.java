package dev.stillhouse.teacher.sentences;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.encode;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.ModelOutputs;
import dev.stillhouse.datasets.schema.Rejects;
import dev.stillhouse.datasets.schema.SentenceLabels;
import dev.stillhouse.teacher.Labelling.Plan;
import dev.stillhouse.teacher.outputs.Inference;
import dev.stillhouse.teacher.outputs.InferenceMeter;
import dev.stillhouse.teacher.outputs.Outputs;
import dev.stillhouse.udfs.summary.Budget;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;

/**
 * Labels by what a server writes of a document: its summary takes the place of a person's, and {@link Alignment} finds it among the document's own sentences. Texts that are equal but for white space are asked about once; the answers themselves are kept in the label cache, so that other rules for sentences ask for nothing again.
 */
public final class EndpointTeacher implements SentenceTeacher {
    private final SparkSession spark;
    private final Inference server;
    private final Outputs outputs;
    private final Budget budget;

    /**
     * @param caches folder of the label caches
     * @param server whose outputs are {@link ModelOutputs#TEXTS}
     * @param budget of a summary
     */
    public EndpointTeacher(SparkSession spark, Path caches, Inference server, Budget budget) {
        this.spark = spark;
        this.server = server;
        this.outputs = server.open(spark, caches);
        this.budget = budget;
    }

    @Override
    public String name() {
        return "summaries by " + server.name();
    }

    @Override
    public String identity() {
        return "http-1 " + server.identity() + " " + budget.key();
    }

    @Override
    public boolean infers() {
        return true;
    }

    @Override
    public boolean isPaid() {
        return server.isPaid();
    }

    @Override
    public Outputs.Result fill(List<Dataset<Row>> documents, String segment, InferenceMeter meter) {
        return outputs.fill(documents, segment, meter);
    }

    @Override
    public List<Plan> plan(List<Dataset<Row>> documents, LongSupplier nanoTime) {
        Outputs.Need need = outputs.need(documents);
        return List.of(new Plan(server.name(), need, server.cost(spark, need, nanoTime)));
    }

    /** {@inheritDoc} The server has answered them, or would not. */
    @Override
    public UnaryOperator<Dataset<Row>> known() {
        Dataset<Row> hasDF = outputs.read().where(server.isSettled()).select(ModelOutputs.TEXT_HASH);
        return documentsDF -> documentsDF
                .join(hasDF, new String[] {ModelOutputs.TEXT_HASH}, "left_semi")
                .select(Curated.SOURCE, Curated.ID);
    }

    @Override
    public Dataset<Row> label(Dataset<Row> documentsDF) {
        FlatMapFunction<Row, Row> align = new Aligner(new Alignment(budget), identity());
        return answered(documentsDF)
                .where(col(Rejects.REASON).isNull())
                .select(Curated.SOURCE, Curated.ID, Curated.TEXT, ModelOutputs.OUTPUT)
                .flatMap(align, Encoders.row(SentenceLabels.SCHEMA));
    }

    @Override
    public Dataset<Row> rejects(Dataset<Row> documentsDF) {
        return answered(documentsDF)
                .where(col(Rejects.REASON).isNotNull())
                .select(Curated.SOURCE, Curated.ID, Rejects.REASON);
    }

    /** How many documents are longer than what was sent of them. */
    @Override
    public List<String> warnings(Dataset<Row> documentsDF) {
        int bytesPerUnit = 2;
        long cut = documentsDF
                .where(length(encode(col(Curated.TEXT), "UTF-16BE"))
                        .gt(lit((long) bytesPerUnit * server.maxCharacters())))
                .count();
        return cut == 0
                ? List.of()
                : List.of("Documents of which the server saw the first " + server.maxCharacters()
                        + " characters alone, so that nothing after them is in a summary: " + cut
                        + "; raise teacher.endpoint.max_characters where the model can read more");
    }

    /** The documents with what was written of them, and why that is no summary. */
    private Dataset<Row> answered(Dataset<Row> documentsDF) {
        UDF2<String, String, String> reason = Refusals::reason;
        return documentsDF
                .select(Curated.SOURCE, Curated.ID, Curated.TEXT, Curated.TEXT_HASH)
                .join(
                        outputs.read().select(ModelOutputs.TEXT_HASH, ModelOutputs.OUTPUT, ModelOutputs.REASON),
                        new String[] {ModelOutputs.TEXT_HASH},
                        "left_outer")
                .withColumn(
                        Rejects.REASON,
                        when(
                                        col(ModelOutputs.OUTPUT).isNull(),
                                        coalesce(col(ModelOutputs.REASON), lit(Rejects.NOT_LABELLED)))
                                .otherwise(udf(reason, DataTypes.StringType)
                                        .apply(col(Curated.TEXT), col(ModelOutputs.OUTPUT))));
    }
}
