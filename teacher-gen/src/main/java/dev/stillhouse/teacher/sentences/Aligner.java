package dev.stillhouse.teacher.sentences;

import dev.stillhouse.udfs.summary.SentenceSplitter;
import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;

/**
 * Documents with somebody's summaries to labels of their sentences: (source, id, text, summary) to {@link dev.stillhouse.datasets.schema.SentenceLabels#SCHEMA}.
 *
 * @param teacher the identity of the teacher whose summaries they are
 */
record Aligner(Alignment alignment, String teacher) implements FlatMapFunction<Row, Row> {
    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<Row> call(Row document) {
        String text = document.getString(2);
        return alignment
                .label(text, new SentenceSplitter().split(text), document.getString(3))
                .rows(document.getString(0), document.getString(1), teacher)
                .iterator();
    }
}
