package dev.stillhouse.datasets.schema;

import dev.stillhouse.udfs.Link;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** A student's verdict on every document that could be read. */
public final class Scores {
    public static final String SOURCE = Documents.SOURCE;
    public static final String ID = Documents.ID;
    public static final String LABEL = Documents.LABEL;
    public static final String LABELS = "labels";
    public static final String PROBABILITY = "probability";
    public static final String PROBABILITIES = "probabilities";
    public static final String SCORE = "score";
    public static final String MARGIN = "margin";
    public static final String ROUTE = "route";
    public static final String MODEL = "model";

    public static final String EXPLAINED = "explained";
    public static final String SELECTED = "selected";

    /** Value of {@link #ROUTE}: the student decided. */
    public static final String STUDENT = "student";

    /** Value of {@link #ROUTE}: the teacher decided, who was asked for it. */
    public static final String TEACHER = "teacher";

    /** Value of {@link #ROUTE}: the teacher decided, who had been asked about the text before. */
    public static final String CACHE = "cache";

    /** Value of {@link #ROUTE}: the student decided, since the teacher, whose turn it was, gave nothing. */
    public static final String FALLBACK = "fallback";

    /** The columns that scores of any link have; a kept column has another name. */
    public static final List<String> COLUMNS = List.of(
            ID, SOURCE, LABEL, LABELS, PROBABILITY, PROBABILITIES, SCORE, MARGIN, EXPLAINED, SELECTED, ROUTE, MODEL);

    public static final int VERSION = 1;

    private static final StructType KEY = new StructType()
            .add(ID, DataTypes.StringType, false, "unique within the source")
            .add(SOURCE, DataTypes.StringType, false, "name of the source");

    /** One label a document. */
    private static final StructType ONE = new StructType()
            .add(LABEL, DataTypes.StringType, false, "most probable label, the first of equals")
            .add(PROBABILITY, DataTypes.FloatType, false, "its calibrated probability")
            .add(MARGIN, DataTypes.FloatType, false, "its probability less the second's");

    /** Any number of labels a document. */
    private static final StructType SEVERAL = new StructType()
            .add(
                    LABELS,
                    DataTypes.createArrayType(DataTypes.StringType, false),
                    false,
                    "the labels whose probability is at or above their threshold, in the order of the student's labels")
            .add(
                    PROBABILITIES,
                    DataTypes.createArrayType(DataTypes.FloatType, false),
                    false,
                    "calibrated and independent, of every label of the student in their order")
            .add(MARGIN, DataTypes.FloatType, false, "smallest distance of a probability from its threshold");

    /** A number a document. */
    private static final StructType NUMBER =
            new StructType().add(SCORE, DataTypes.FloatType, false, "in the unit of the gold scores");

    /** What a student with this link says of a document. */
    public static StructType verdict(Link link) {
        return switch (link) {
            case SOFTMAX -> ONE;
            case LOGISTIC -> SEVERAL;
            case IDENTITY -> NUMBER;
        };
    }

    /** What engines say of a document: its verdict, and the probabilities of all labels in their order where there are any. */
    public static StructType outputs(Link link) {
        return link == Link.SOFTMAX
                ? ONE.add(PROBABILITIES, DataTypes.createArrayType(DataTypes.FloatType, false), false)
                : verdict(link);
    }

    /**
     * The columns of a student with this link.
     *
     * @param kept names of columns of the sources that are carried along
     */
    public static StructType schema(Link link, List<String> kept) {
        StructType schema = KEY;
        for (String name : kept) {
            schema = schema.add(name, DataTypes.StringType, true, "kept of the source");
        }
        for (StructField field : verdict(link).fields()) {
            schema = schema.add(field);
        }
        return schema.add(ROUTE, DataTypes.StringType, false, "which model decided")
                .add(MODEL, DataTypes.StringType, false, "run id of the model");
    }

    /** The column of {@link #EXPLAINED}: the n-grams that decided, the weightiest first. */
    public static StructField explained() {
        StructType ngram = new StructType()
                .add("ngram", DataTypes.StringType, false)
                .add("part", DataTypes.StringType, false, "words, characters or vector")
                .add(
                        "added",
                        DataTypes.DoubleType,
                        false,
                        "what it adds to the first label's logit less the second's, over the temperature; of several labels to the first's; of a score to the score");
        return new StructField(EXPLAINED, DataTypes.createArrayType(ngram, false), true, Metadata.empty());
    }

    /** The column of {@link #SELECTED}. */
    public static StructField selected() {
        return new StructField(SELECTED, DataTypes.BooleanType, false, Metadata.empty());
    }

    private Scores() {}
}
