package dev.stillhouse.teacher.sentences;

import dev.stillhouse.datasets.schema.SentenceLabels;
import dev.stillhouse.udfs.summary.Sentences;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * What a teacher says of the sentences of a document.
 *
 * @param text the document
 * @param sentences of it
 * @param saliences of each, 0 to 1
 * @param chosen those of the summary, ascending
 */
record Labelled(String text, Sentences sentences, float[] saliences, int[] chosen) {

    /** {@link SentenceLabels#SCHEMA}: a row a sentence. */
    List<Row> rows(String source, String id, String teacher) {
        boolean[] isChosen = new boolean[saliences.length];
        for (int sentence : chosen) {
            isChosen[sentence] = true;
        }
        List<Row> rows = new ArrayList<>();
        int unit = 0;
        int codePoints = 0;
        for (int i = 0; i < saliences.length; i++) {
            codePoints += text.codePointCount(unit, sentences.begin(i));
            int begin = codePoints;
            codePoints += text.codePointCount(sentences.begin(i), sentences.end(i));
            unit = sentences.end(i);
            rows.add(RowFactory.create(id, source, begin, codePoints, saliences[i], isChosen[i], teacher));
        }
        return rows;
    }
}
