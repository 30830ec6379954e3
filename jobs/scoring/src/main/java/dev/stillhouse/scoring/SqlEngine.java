package dev.stillhouse.scoring;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.translate;

import dev.stillhouse.datasets.schema.StudentWeights;
import dev.stillhouse.udfs.student.StudentModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The student as a plan of Spark's own expressions and joins, all of which RAPIDS runs on GPUs: texts become rows of features, these are joined with the student's table of weights, whose columns are summed by document, and what the sums stand for is computed by {@link SqlVerdict}. On CPUs it is many times slower than the kernel.
 *
 * <p>A feature's key begins with its part's letter, so that one join finds features of all parts; every document has the feature of the bias, and so a sum.
 */
record SqlEngine(StudentModel model, Dataset<Row> weightsDF) implements StudentEngine {
    // No kept column has such names.
    private static final String WORDS = "words$";
    private static final String FEATURE = "feature$";
    private static final String PART = "part$";
    private static final String WEIGHTS = "weights$";
    private static final String HITS = "hits$";
    private static final String DIMENSION = "dimension$";
    private static final String VALUE = "value$";
    private static final String LENGTH = "length$";

    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
    /** All ASCII but digits and lower-case letters, and what is beyond U+FFFF. */
    private static final String SEPARATORS = "[\\x00-\\x2f\\x3a-\\x60\\x7b-\\x7f\ud800\udc00-\udbff\udfff]+";

    private static final String NOTHING = "cast(array() as array<string>)";

    @Override
    public Dataset<Row> verdicts(Dataset<Row> textsDF) {
        Carried carried = Carried.of(textsDF);
        Dataset<Row> hitsDF = features(textsDF, carried).join(table(), FEATURE);
        Dataset<Row> logitsDF = ngrams(hitsDF, carried);
        if (!model.vectors().isEmpty()) {
            logitsDF = logitsDF.unionByName(vectors(hitsDF, carried));
        }
        List<Column> sums = columns(label -> sum(col(logit(label))).as(logit(label)));
        Dataset<Row> summedDF = logitsDF.groupBy(carried.columns()).agg(sums.get(0), rest(sums));
        return new SqlVerdict(model.labels(), model.decision(), model.temperature())
                .of(summedDF, carried, array(columns(label -> col(logit(label))).toArray(Column[]::new)));
    }

    @Override
    public boolean readsTwice() {
        return true;
    }

    @Override
    public boolean hasFailed() {
        return false;
    }

    /** A row for each feature of each text, as {@link dev.stillhouse.udfs.student.FeatureExtractor} finds them. */
    private Dataset<Row> features(Dataset<Row> textsDF, Carried carried) {
        Column words = filter(
                        split(translate(Carried.name(TEXT), UPPER, LOWER), SEPARATORS, -1), word -> word.notEqual(""))
                .as(WORDS);
        List<String> features = new ArrayList<>(List.of("array('b')"));
        for (int size = 1;
                size <= model.features().maxWordNgram() && !model.words().isEmpty();
                size++) {
            features.add(wordNgrams(size));
        }
        if (!model.characters().isEmpty()) {
            features.add(characterNgrams());
        }
        if (!model.vectors().isEmpty()) {
            features.add("transform(`words$`, word -> concat('v', word))");
        }
        return textsDF.select(carried.with(words))
                .select(carried.with(explode(expr("concat(" + String.join(", ", features) + ")"))
                        .as(FEATURE)));
    }

    private static String wordNgrams(int size) {
        String words = IntStream.range(0, size)
                .mapToObj(next -> "element_at(`words$`, at + " + next + ")")
                .collect(Collectors.joining(", ' ', "));
        return "if(size(`words$`) >= " + size + ", transform(sequence(1, size(`words$`) - " + (size - 1)
                + "), at -> concat('w', " + words + ")), " + NOTHING + ")";
    }

    private String characterNgrams() {
        return "flatten(transform(`words$`, word -> flatten(transform(sequence("
                + model.features().minCharacterNgram() + ", " + model.features().maxCharacterNgram()
                + "), size -> if(length(word) >= size, transform(sequence(1, length(word) - size + 1), at -> concat('c', substring(word, at, size))), "
                + NOTHING + ")))))";
    }

    /** Weights by feature; a bias is a feature without a name. */
    private Dataset<Row> table() {
        Dataset<Row> tableDF = weightsDF
                .where(Carried.name(StudentWeights.PART).notEqual(StudentWeights.PROJECTION))
                .select(
                        concat(substring(Carried.name(StudentWeights.PART), 1, 1), Carried.name(StudentWeights.FEATURE))
                                .as(FEATURE),
                        Carried.name(StudentWeights.PART).as(PART),
                        Carried.name(StudentWeights.WEIGHTS).as(WEIGHTS));
        return broadcast(tableDF);
    }

    /** By document and part {@code sum / sqrt(hits)}; of the bias, which is hit once, itself. */
    private Dataset<Row> ngrams(Dataset<Row> hitsDF, Carried carried) {
        List<Column> sums = columns(label -> sum(weight(label)).as(logit(label)));
        Dataset<Row> summedDF = hitsDF.where(col(PART).notEqual(StudentWeights.VECTORS))
                .groupBy(carried.with(col(PART)))
                .agg(count(lit(1)).as(HITS), sums.toArray(Column[]::new));
        return summedDF.select(carried.with(
                columns(label -> col(logit(label)).divide(sqrt(col(HITS))).as(logit(label)))
                        .toArray(Column[]::new)));
    }

    /** By document the pooled vector, as long as its floor allows, and its product with the projection. */
    private Dataset<Row> vectors(Dataset<Row> hitsDF, Carried carried) {
        int dimensions = model.vectors().dimensions();
        List<Column> sums = IntStream.range(0, dimensions)
                .mapToObj(dimension -> sum(weight(dimension)).as(logit(dimension)))
                .toList();
        Column vector = array(IntStream.range(0, dimensions)
                .mapToObj(dimension -> col(logit(dimension)))
                .toArray(Column[]::new));
        double floor = StudentModel.POOLING_FLOOR * StudentModel.POOLING_FLOOR;
        Column length = expr("sqrt(aggregate(transform(`value$`, x -> x * x), 0D, (sum, x) -> sum + x) + "
                + Double.toString(floor) + "D)");
        Dataset<Row> pooledDF = hitsDF.where(col(PART).equalTo(StudentWeights.VECTORS))
                .groupBy(carried.columns())
                .agg(sums.get(0), rest(sums))
                .select(carried.with(vector.as(VALUE)))
                .select(carried.with(col(VALUE), length.as(LENGTH)))
                .select(carried.with(col(LENGTH), posexplode(col(VALUE)).as(new String[] {DIMENSION, VALUE})));
        Dataset<Row> projectionDF = weightsDF
                .where(Carried.name(StudentWeights.PART).equalTo(StudentWeights.PROJECTION))
                .select(
                        Carried.name(StudentWeights.FEATURE).cast("int").as(DIMENSION),
                        Carried.name(StudentWeights.WEIGHTS).as(WEIGHTS));
        List<Column> products = columns(label ->
                sum(col(VALUE).divide(col(LENGTH)).multiply(weight(label))).as(logit(label)));
        return pooledDF.join(broadcast(projectionDF), DIMENSION)
                .groupBy(carried.columns())
                .agg(products.get(0), rest(products));
    }

    private List<Column> columns(IntFunction<Column> column) {
        return IntStream.range(0, model.labels().size()).mapToObj(column).toList();
    }

    /** 0 beyond the weights of a feature, which other parts may have more of. */
    private static Column weight(int place) {
        return coalesce(expr("double(get(`weights$`, " + place + "))"), lit(0.0));
    }

    private static String logit(int label) {
        return "z$" + label;
    }

    private static Column[] rest(List<Column> columns) {
        return columns.subList(1, columns.size()).toArray(Column[]::new);
    }
}
