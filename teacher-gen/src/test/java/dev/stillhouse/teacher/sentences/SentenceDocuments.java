package dev.stillhouse.teacher.sentences;

import dev.stillhouse.udfs.testing.SharedSpark;
import dev.stillhouse.udfs.text.TextNormalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/** Documents as teachers of sentences read them. */
final class SentenceDocuments {
    private static final StructType SCHEMA = new StructType()
            .add("source", "string", false)
            .add("id", "string", false)
            .add("text", "string", false)
            .add("text_hash", "string", false)
            .add("attributes", DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType), false);

    private final List<Row> rows = new ArrayList<>();

    SentenceDocuments with(String id, String text) {
        return with(id, text, Map.of());
    }

    SentenceDocuments with(String id, String text, String reference) {
        return with(id, text, Map.of("reference", reference));
    }

    private SentenceDocuments with(String id, String text, Map<String, String> attributes) {
        rows.add(RowFactory.create("s", id, text, TextNormalizer.hash(text), CollectionConverters.asScala(attributes)));
        return this;
    }

    Dataset<Row> toDF() {
        return SharedSpark.session().createDataFrame(rows, SCHEMA);
    }

    /** The chosen sentences of a document, by its code points; {@code none} where it has no labels. */
    static List<String> chosen(Dataset<Row> labelsDF, String id, String text) {
        List<String> chosen = new ArrayList<>();
        for (Row row : labelsDF.where("id = '" + id + "' and chosen")
                .select("begin", "end")
                .orderBy("begin")
                .collectAsList()) {
            chosen.add(text.substring(
                    text.offsetByCodePoints(0, row.getInt(0)), text.offsetByCodePoints(0, row.getInt(1))));
        }
        return chosen;
    }

    /** Reasons by id. */
    static Map<String, String> reasons(Dataset<Row> rejectsDF) {
        Map<String, String> reasons = new java.util.TreeMap<>();
        rejectsDF
                .select("id", "reason")
                .collectAsList()
                .forEach(row -> reasons.put(row.getString(0), row.getString(1)));
        return reasons;
    }
}
