package dev.stillhouse.curation.spans;

import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.datasets.schema.Rewritten;
import dev.stillhouse.udfs.text.TextNormalizer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Cuts spans, given by their places, from each document's text. Serialisable, without state. */
public final class SpanCutter implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1L;

    /** The text as it was read, where it was cut; else null. */
    public static final String READ_TEXT = "read_text";

    /** What was cut, of {@link Rewritten#CUTS}; null where nothing was. */
    public static final String CUTS = Rewritten.CUTS;

    /** Whether the document is always kept, and so never cut. */
    public static final String PROTECTED = "protected";

    /** Whether the document passes what it is judged by as it was read. */
    public static final String PASSES = "passes";

    static final String TEXT_HASH = "span_text_hash";
    static final String PLACES = "span_places";

    private final RepeatedSpansConfig.Unit unit;
    private final int text;
    private final int places;
    private final int width;

    private SpanCutter(RepeatedSpansConfig.Unit unit, StructType schema) {
        this.unit = unit;
        this.text = schema.fieldIndex(Documents.TEXT);
        this.places = schema.fieldIndex(PLACES);
        this.width = schema.size();
    }

    /** The documents without the spans at {@link #PLACES}. */
    static Dataset<Row> apply(Dataset<Row> documents, RepeatedSpansConfig.Unit unit) {
        StructType schema =
                documents.schema().add(READ_TEXT, DataTypes.StringType, true).add(CUTS, Rewritten.CUTS_TYPE, true);
        return documents
                .mapPartitions(new SpanCutter(unit, documents.schema()), Encoders.row(schema))
                .drop(PLACES);
    }

    /** What tells texts apart whose spans are cut alike: the hashes of all their spans, in order. Computed once a row whatever the plan. */
    static Column hash(Column text, RepeatedSpansConfig.Unit unit) {
        return functions
                .udf(new SpansHash(unit), DataTypes.StringType)
                .asNondeterministic()
                .apply(text);
    }

    @Override
    public Iterator<Row> call(Iterator<Row> documents) {
        TextSpans spans = new TextSpans(unit);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return documents.hasNext();
            }

            @Override
            public Row next() {
                return cut(documents.next(), spans);
            }
        };
    }

    private Row cut(Row document, TextSpans texts) {
        Object[] values = new Object[width + 2];
        for (int i = 0; i < width; i++) {
            values[i] = document.get(i);
        }
        if (document.isNullAt(places)) {
            return RowFactory.create(values);
        }
        String read = document.getString(text);
        byte[] bytes = read.getBytes(StandardCharsets.UTF_8);
        List<TextSpans.Span> spans = texts.of(bytes);
        Set<Integer> cut = new HashSet<>();
        List<Row> cuts = new ArrayList<>();
        for (Row place : document.<Row>getList(places)) {
            TextSpans.Span span = spans.get(place.getInt(0));
            cut.add(place.getInt(0));
            int begin = chars(bytes, 0, span.begin());
            cuts.add(RowFactory.create(
                    begin, begin + chars(bytes, span.begin(), span.end()), place.getString(1), place.getString(2)));
        }
        values[text] = new String(TextSpans.without(bytes, spans, cut), StandardCharsets.UTF_8);
        values[width] = read;
        values[width + 1] = cuts.toArray(new Row[0]);
        return RowFactory.create(values);
    }

    /** Code points between two places. */
    private static int chars(byte[] text, int begin, int end) {
        int chars = 0;
        for (int i = begin; i < end; i++) {
            chars += (text[i] & 0xC0) != 0x80 ? 1 : 0;
        }
        return chars;
    }

    /** Hash of a text's spans; not safe for use by several threads. */
    private static final class SpansHash implements UDF1<String, String> {
        private static final long serialVersionUID = 1L;

        private final RepeatedSpansConfig.Unit unit;

        private transient @Nullable TextSpans spans;

        SpansHash(RepeatedSpansConfig.Unit unit) {
            this.unit = unit;
        }

        @Override
        public String call(String text) {
            if (spans == null) {
                spans = new TextSpans(unit);
            }
            StringBuilder hashes = new StringBuilder();
            for (TextSpans.Span span : spans.of(text.getBytes(StandardCharsets.UTF_8))) {
                hashes.append(Long.toHexString(span.hash())).append(' ');
            }
            return TextNormalizer.md5(hashes.toString());
        }
    }
}
