package dev.stillhouse.curation.spans;

import dev.stillhouse.datasets.schema.Documents;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Lists the spans of each document that are long enough, of rows of text, hash and owner. Serialisable, without state. */
final class SpanLister implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1L;

    static final String SPANS = "spans";
    static final String OWNER = "owner";
    static final String CUT = "cut";
    static final String GOES = "goes";
    static final String PLACE = "place";
    static final String HASH = "hash";

    /** The document that a span stands in; documents are compared field by field to find the one that keeps it. */
    private static final StructType OWNER_TYPE = new StructType()
            .add(CUT, DataTypes.BooleanType, false)
            .add(GOES, DataTypes.BooleanType, false)
            .add(Documents.SOURCE, DataTypes.StringType, false)
            .add(Documents.ID, DataTypes.StringType, false);

    static final StructType SCHEMA = new StructType()
            .add(SpanCutter.TEXT_HASH, DataTypes.StringType, false)
            .add(OWNER, OWNER_TYPE, false)
            .add(
                    SPANS,
                    DataTypes.createArrayType(
                            new StructType()
                                    .add(PLACE, DataTypes.IntegerType, false)
                                    .add(HASH, DataTypes.LongType, false),
                            false),
                    false);

    private final RepeatedSpansConfig.Unit unit;
    private final int minWords;

    SpanLister(RepeatedSpansConfig.Unit unit, int minWords) {
        this.unit = unit;
        this.minWords = minWords;
    }

    @Override
    public Iterator<Row> call(Iterator<Row> documents) {
        TextSpans texts = new TextSpans(unit);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return documents.hasNext();
            }

            @Override
            public Row next() {
                Row document = documents.next();
                List<TextSpans.Span> spans = texts.of(document.getString(0).getBytes(StandardCharsets.UTF_8));
                List<Row> listed = new ArrayList<>();
                for (int place = 0; place < spans.size(); place++) {
                    if (spans.get(place).words() >= minWords) {
                        listed.add(RowFactory.create(place, spans.get(place).hash()));
                    }
                }
                return RowFactory.create(document.getString(1), document.getStruct(2), listed.toArray(new Row[0]));
            }
        };
    }
}
