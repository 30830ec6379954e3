package dev.stillhouse.curation;

import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.udfs.text.TextNormalizer;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Adds the signals of each document, measured on its normalised copy: content hash, characters and words. Serialisable, without state. */
final class SignalsFunction implements MapFunction<Row, Row> {
    private static final long serialVersionUID = 1L;

    static final StructType SCHEMA = new StructType()
            .add(Documents.SOURCE, DataTypes.StringType, false)
            .add(Documents.ID, DataTypes.StringType, false)
            .add(Documents.TEXT, DataTypes.StringType, false)
            .add(Documents.LABEL, DataTypes.StringType, true)
            .add(Curated.TEXT_HASH, DataTypes.StringType, false)
            .add(Curated.CHARACTERS, DataTypes.IntegerType, false)
            .add(Curated.WORDS, DataTypes.IntegerType, false);

    /** Documents with their signals; a map rather than a column function, so that each text is normalised once whatever the plan. */
    static Dataset<Row> apply(Dataset<Row> documents) {
        return documents
                .select(Documents.SOURCE, Documents.ID, Documents.TEXT, Documents.LABEL)
                .map(new SignalsFunction(), Encoders.row(SCHEMA));
    }

    @Override
    public Row call(Row document) {
        String normalized = TextNormalizer.normalize(document.getString(2));
        int spaces = (int) normalized.chars().filter(c -> c == ' ').count();
        return RowFactory.create(
                document.getString(0),
                document.getString(1),
                document.getString(2),
                document.getString(3),
                TextNormalizer.md5(normalized),
                normalized.codePointCount(0, normalized.length()),
                normalized.isEmpty() ? 0 : spaces + 1);
    }
}
