package dev.stillhouse.teacher.sentences;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.md5;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.ModelOutputs;
import dev.stillhouse.datasets.schema.Rejects;
import dev.stillhouse.datasets.schema.SentenceLabels;
import dev.stillhouse.teacher.Labelling.Plan;
import dev.stillhouse.teacher.outputs.Inference;
import dev.stillhouse.teacher.outputs.InferenceMeter;
import dev.stillhouse.teacher.outputs.OutputCache;
import dev.stillhouse.teacher.outputs.Outputs;
import dev.stillhouse.teacher.outputs.Vectors;
import dev.stillhouse.udfs.summary.Budget;
import dev.stillhouse.udfs.summary.SentenceSplitter;
import dev.stillhouse.udfs.summary.Sentences;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Labels without references: an encoder's vectors of the sentences, and what {@link Centrality} makes of them. Equal sentences are run once, and kept in the label cache as all that a teacher returns.
 */
public final class SalienceTeacher implements SentenceTeacher {
    private static final String PLACE = "place";
    private static final String VECTORS = "vectors";
    private static final String SENTENCE = "sentence";

    private static final StructType SENTENCES = new StructType()
            .add(Curated.SOURCE, DataTypes.StringType, false)
            .add(Curated.ID, DataTypes.StringType, false)
            .add(PLACE, DataTypes.IntegerType, false)
            .add(Curated.TEXT, DataTypes.StringType, false);

    private final SparkSession spark;
    private final Inference encoder;
    private final OutputCache cache;
    private final Budget budget;

    /**
     * @param caches folder of the label caches
     * @param encoder that gives vectors
     * @param budget of a summary
     */
    public SalienceTeacher(SparkSession spark, Path caches, Inference encoder, Budget budget) {
        this.spark = spark;
        this.encoder = encoder;
        this.cache = new OutputCache(spark, caches, encoder);
        this.budget = budget;
    }

    @Override
    public String name() {
        return "salience by " + encoder.name();
    }

    @Override
    public String identity() {
        return identity(encoder, budget);
    }

    /** The identity of the teacher with an encoder. */
    public static String identity(Inference encoder, Budget budget) {
        return "salience-1 " + encoder.identity() + " " + budget.key();
    }

    @Override
    public boolean infers() {
        return true;
    }

    /** Runs the sentences that the cache lacks. */
    @Override
    public Outputs.Result fill(List<Dataset<Row>> documents, String segment, InferenceMeter meter) {
        return cache.fill(documents.stream().map(SalienceTeacher::sentences).toList(), segment, meter);
    }

    @Override
    public List<Plan> plan(List<Dataset<Row>> documents, LongSupplier nanoTime) {
        Outputs.Need need =
                cache.need(documents.stream().map(SalienceTeacher::sentences).toList());
        return List.of(new Plan(encoder.name(), need, encoder.cost(spark, need, nanoTime)));
    }

    /** None: a document without vectors has the least salient sentences, and one without sentences no labels. */
    @Override
    public Dataset<Row> rejects(Dataset<Row> documentsDF) {
        return documentsDF
                .limit(0)
                .select(
                        col(Curated.SOURCE),
                        col(Curated.ID),
                        lit(Rejects.NOT_FINITE).as(Rejects.REASON));
    }

    /** {@inheritDoc} All sentences of them are in the cache. */
    @Override
    public UnaryOperator<Dataset<Row>> known() {
        Dataset<Row> hasDF = cache.read().select(ModelOutputs.TEXT_HASH);
        return documentsDF -> {
            Dataset<Row> lackingDF = sentences(documentsDF)
                    .join(hasDF, new String[] {Curated.TEXT_HASH}, "left_anti")
                    .select(Curated.SOURCE, Curated.ID);
            return documentsDF
                    .select(Curated.SOURCE, Curated.ID)
                    .join(lackingDF, new String[] {Curated.SOURCE, Curated.ID}, "left_anti");
        };
    }

    @Override
    public Dataset<Row> label(Dataset<Row> documentsDF) {
        // As bytes: a document's vectors are in one row, where each float would be an object.
        UDF1<scala.collection.Seq<Float>, byte[]> bytes =
                vector -> Vectors.toBytes(CollectionConverters.asJava(vector));
        Column vector = when(
                col(ModelOutputs.OUTPUT).isNotNull(),
                udf(bytes, DataTypes.BinaryType).apply(col(ModelOutputs.OUTPUT)));
        Dataset<Row> vectorsDF = sentences(documentsDF)
                .select(Curated.SOURCE, Curated.ID, PLACE, Curated.TEXT_HASH)
                .join(cache.read(), new String[] {Curated.TEXT_HASH})
                .groupBy(Curated.SOURCE, Curated.ID)
                .agg(array_sort(collect_list(struct(col(PLACE), vector.as(SENTENCE))))
                        .as(VECTORS));
        FlatMapFunction<Row, Row> label = new Label(budget, identity());
        return documentsDF
                .select(Curated.SOURCE, Curated.ID, Curated.TEXT)
                .join(vectorsDF, new String[] {Curated.SOURCE, Curated.ID})
                .flatMap(label, Encoders.row(SentenceLabels.SCHEMA));
    }

    private static Dataset<Row> sentences(Dataset<Row> documentsDF) {
        FlatMapFunction<Row, Row> split = new Split();
        return documentsDF
                .select(Curated.SOURCE, Curated.ID, Curated.TEXT)
                .flatMap(split, Encoders.row(SENTENCES))
                .withColumn(Curated.TEXT_HASH, md5(col(Curated.TEXT).cast("binary")));
    }

    private record Split() implements FlatMapFunction<Row, Row> {
        private static final long serialVersionUID = 1L;

        @Override
        public Iterator<Row> call(Row document) {
            Sentences sentences = new SentenceSplitter().split(document.getString(2));
            List<Row> rows = new ArrayList<>();
            for (int i = 0; i < sentences.size(); i++) {
                rows.add(RowFactory.create(document.getString(0), document.getString(1), i, sentences.text(i)));
            }
            return rows.iterator();
        }
    }

    private record Label(Budget budget, String teacher) implements FlatMapFunction<Row, Row> {
        private static final long serialVersionUID = 1L;

        @Override
        public Iterator<Row> call(Row document) {
            String text = document.getString(2);
            Sentences sentences = new SentenceSplitter().split(text);
            float[][] vectors = new float[sentences.size()][];
            Arrays.fill(vectors, new float[0]);
            for (Object element : document.getList(3)) {
                Row row = (Row) element;
                if (!row.isNullAt(1)) {
                    vectors[row.getInt(0)] = Vectors.fromBytes(row.getAs(1));
                }
            }
            return new Centrality(budget)
                    .label(text, sentences, vectors)
                    .rows(document.getString(0), document.getString(1), teacher)
                    .iterator();
        }
    }
}
