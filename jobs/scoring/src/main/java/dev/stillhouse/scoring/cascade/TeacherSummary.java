package dev.stillhouse.scoring.cascade;

import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.datasets.schema.Summaries;
import dev.stillhouse.udfs.summary.SentenceChooser;
import dev.stillhouse.udfs.summary.SentenceSplitter;
import dev.stillhouse.udfs.summary.Sentences;
import dev.stillhouse.udfs.summary.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.immutable.ArraySeq;

/**
 * The summary of a document by what a teacher says of its sentences: (source, id, text, array of (begin, salience, chosen)) to {@link #SCHEMA}.
 *
 * @param withHeadline whether summaries have one
 */
record TeacherSummary(boolean withHeadline) implements MapFunction<Row, Row> {
    private static final long serialVersionUID = 1L;
    private static final int SAID = 3;
    private static final SentenceChooser CHOOSER = new SentenceChooser();

    /** What the teacher says in the columns of summaries. */
    static final List<String> COLUMNS = List.of(
            Summaries.SUMMARY,
            Summaries.SENTENCES,
            Summaries.HEADLINE,
            Summaries.WORDS,
            Summaries.DOCUMENT_WORDS,
            Summaries.MARGIN);

    static final StructType SCHEMA = schema();

    private static StructType schema() {
        StructType schema =
                new StructType().add(Documents.SOURCE, DataTypes.StringType).add(Documents.ID, DataTypes.StringType);
        for (String column : COLUMNS) {
            schema = schema.add(Summaries.VERDICT.apply(column));
        }
        return schema;
    }

    @Override
    public Row call(Row document) {
        String text = document.getString(2);
        Sentences sentences = new SentenceSplitter().split(text);
        List<Row> said = document.getList(SAID);
        float[] saliences = new float[sentences.size()];
        for (int i = 0; i < saliences.length; i++) {
            saliences[i] = said.get(i).getFloat(1);
        }
        int[] chosen = IntStream.range(0, saliences.length)
                .filter(i -> said.get(i).getBoolean(2))
                .toArray();
        Summary summary = CHOOSER.summary(text, sentences, saliences, chosen);
        List<Row> places = new ArrayList<>();
        for (Summary.Sentence sentence : summary.sentences()) {
            places.add(RowFactory.create(sentence.begin(), sentence.end(), sentence.score()));
        }
        return RowFactory.create(
                document.getString(0),
                document.getString(1),
                summary.text(),
                ArraySeq.unsafeWrapArray(places.toArray(new Row[0])),
                withHeadline ? summary.headline() : null,
                summary.words(),
                summary.documentWords(),
                (float) summary.margin());
    }
}
