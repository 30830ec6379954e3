package dev.stillhouse.cli.measures;

import dev.stillhouse.datasets.schema.Removed;
import dev.stillhouse.udfs.quality.DecidingSpan;
import dev.stillhouse.udfs.quality.Signal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Cuts a document's text down to what decided and some characters around it, where the rows are. Serialisable, without state. */
final class Excerpts implements MapFunction<Row, Row> {
    private static final long serialVersionUID = 1L;

    static final String BEFORE = "before";
    static final String SPAN = "span";
    static final String AFTER = "after";
    static final String REWRITTEN = "is_rewritten";

    /** Columns of examples, in this order; the text is the last. */
    static final StructType SCHEMA = new StructType()
            .add(Removed.REASON, DataTypes.StringType, false)
            .add(Removed.SOURCE, DataTypes.StringType, false)
            .add(Removed.ID, DataTypes.StringType, false)
            .add(Removed.RULE, DataTypes.StringType, false)
            .add(Removed.VALUE, DataTypes.DoubleType, true)
            .add(REWRITTEN, DataTypes.BooleanType, false)
            .add(Removed.KEY, DataTypes.StringType, true)
            .add(Removed.KEPT_SOURCE, DataTypes.StringType, true)
            .add(Removed.KEPT_ID, DataTypes.StringType, true)
            .add(BEFORE, DataTypes.StringType, false)
            .add(SPAN, DataTypes.StringType, false)
            .add(AFTER, DataTypes.StringType, false);

    private static final int EXCERPT = 240;
    private static final int AROUND = 80;

    private final Map<String, Signal> signalByRule;

    /** @param signalByRule the signal of each rule, by its condition */
    Excerpts(Map<String, Signal> signalByRule) {
        this.signalByRule = Map.copyOf(signalByRule);
    }

    @Override
    public Row call(Row example) {
        byte[] text = example.<String>getAs(Removed.TEXT).getBytes(StandardCharsets.UTF_8);
        String rule = example.getAs(Removed.RULE);
        Optional<DecidingSpan.Span> span =
                Optional.ofNullable(signalByRule.get(rule)).flatMap(signal -> new DecidingSpan().find(text, signal));
        String before = span.map(s -> last(decode(text, 0, s.begin()), AROUND)).orElse("");
        String decided =
                span.map(s -> first(decode(text, s.begin(), s.end()), EXCERPT)).orElse("");
        int rest = Math.max(AROUND, EXCERPT - before.length() - decided.length());
        String after = first(decode(text, span.map(DecidingSpan.Span::end).orElse(0), text.length), rest);
        return RowFactory.create(
                example.getAs(Removed.REASON),
                example.getAs(Removed.SOURCE),
                example.getAs(Removed.ID),
                rule,
                example.getAs(Removed.VALUE),
                example.getAs(REWRITTEN),
                example.getAs(Removed.KEY),
                example.getAs(Removed.KEPT_SOURCE),
                example.getAs(Removed.KEPT_ID),
                before,
                decided,
                after);
    }

    private static String decode(byte[] text, int begin, int end) {
        return new String(text, begin, end - begin, StandardCharsets.UTF_8);
    }

    /** The first code points; an ellipsis says that there are more. */
    static String first(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most)) + "…";
    }

    private static String last(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : "…" + text.substring(text.offsetByCodePoints(text.length(), -most));
    }
}
