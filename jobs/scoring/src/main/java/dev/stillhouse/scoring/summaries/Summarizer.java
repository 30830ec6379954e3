package dev.stillhouse.scoring.summaries;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.substring;

import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.datasets.schema.Scores;
import dev.stillhouse.datasets.schema.Summaries;
import dev.stillhouse.scoring.LongTexts;
import dev.stillhouse.udfs.Sha256;
import dev.stillhouse.udfs.summary.Summary;
import dev.stillhouse.udfs.summary.SummaryKernels;
import dev.stillhouse.udfs.summary.SummaryRequest;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;

/** Runs a published student over documents: a map, without a shuffle, with one student for all tasks of an executor. Every document gets a summary, an empty one where no sentence fits the budget. For one run; not safe for use by several threads. */
public final class Summarizer {
    private static final String VERDICT = "verdict$";

    private final SummarizeConfig config;
    private final String model;
    private final Broadcast<byte[]> student;
    private final String identity;
    private final LongTexts longTexts;

    /**
     * @param onnx the student's file
     * @param model run id of the student
     */
    public Summarizer(SparkSession spark, byte[] onnx, String model, SummarizeConfig config) {
        this.config = config;
        this.model = model;
        this.identity = Sha256.hex(onnx);
        this.longTexts = new LongTexts(config.maxChars());
        this.student = JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(onnx);
    }

    /**
     * The summaries, lazily. To be computed once.
     *
     * @param documentsDF {@link Documents#SCHEMA}
     * @return {@link Summaries#schema}
     */
    public Dataset<Row> summarize(Dataset<Row> documentsDF) {
        UDF1<String, Row> summarize = new SummarizeFunction(student, identity, model, config.request());
        // Not deterministic by declaration only, so that the optimiser calls it once and not for each field.
        UserDefinedFunction function =
                functions.udf(summarize, Summaries.VERDICT).asNondeterministic();
        List<Column> columns = new ArrayList<>(List.of(col(Summaries.ID), col(Summaries.SOURCE)));
        for (String kept : config.carriedNames()) {
            columns.add(col(Documents.ATTRIBUTES).getItem(kept).as(kept));
        }
        for (String field : Summaries.VERDICT.fieldNames()) {
            columns.add(col("`" + VERDICT + "`." + field));
        }
        columns.add(lit(Scores.STUDENT).as(Summaries.ROUTE));
        columns.add(lit(model).as(Summaries.MODEL));
        return read(longTexts.inPassing(documentsDF))
                .withColumn(VERDICT, function.apply(col(Documents.TEXT)))
                .select(columns.toArray(new Column[0]));
    }

    /** The documents with what is read of their texts. */
    public Dataset<Row> read(Dataset<Row> documentsDF) {
        return documentsDF.withColumn(Documents.TEXT, substring(col(Documents.TEXT), 1, config.maxChars()));
    }

    /** Documents of which only the beginning was read, once the summaries have been computed; waits until then. */
    public long truncated() {
        return longTexts.count();
    }

    private record SummarizeFunction(Broadcast<byte[]> student, String identity, String model, SummaryRequest request)
            implements UDF1<String, Row> {
        private static final long serialVersionUID = 1L;

        @Override
        public Row call(String text) {
            Summary summary = SummaryKernels.of(identity, student::value, model).summarize(text, request);
            List<Row> sentences = new ArrayList<>();
            for (Summary.Sentence sentence : summary.sentences()) {
                sentences.add(RowFactory.create(sentence.begin(), sentence.end(), sentence.score()));
            }
            return RowFactory.create(
                    summary.text(),
                    sentences,
                    request.headline() ? summary.headline() : null,
                    summary.keywords(),
                    summary.words(),
                    summary.documentWords(),
                    (float) summary.margin(),
                    (float) summary.sureness());
        }
    }
}
