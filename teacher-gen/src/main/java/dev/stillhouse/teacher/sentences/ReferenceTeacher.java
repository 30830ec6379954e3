package dev.stillhouse.teacher.sentences;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.SentenceLabels;
import dev.stillhouse.datasets.source.KeptColumn;
import dev.stillhouse.udfs.summary.Budget;
import dev.stillhouse.udfs.summary.SentenceSplitter;
import dev.stillhouse.udfs.summary.Sentences;
import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Labels by what people wrote: the greedy oracle chooses the sentences that make ROUGE-1 and ROUGE-2 against the reference the greatest within the budget, and the salience of a sentence is half whether it is chosen and half how much of it stands in the reference: {@code (P1 / 2 + P2) / 1.5} with the precisions of ROUGE-1 and ROUGE-2.
 * A choice alone says of two sentences of which either would do that one is right and the other wrong.
 *
 * <p>See R. Nallapati, F. Zhai, B. Zhou, SummaRuNNer: A Recurrent Neural Network Based Sequence Model for Extractive Summarization of Documents, AAAI 2017.
 *
 * @param budget of a summary
 */
public record ReferenceTeacher(Budget budget) implements SentenceTeacher {
    private static final double CHOSEN_SHARE = 0.5;
    private static final double PRECISION_OF_WORDS = 0.5;

    @Override
    public String name() {
        return "reference";
    }

    @Override
    public String identity() {
        return "reference-1 " + budget.key();
    }

    @Override
    public boolean needsReferences() {
        return true;
    }

    @Override
    public Dataset<Row> label(Dataset<Row> documentsDF) {
        FlatMapFunction<Row, Row> oracle = new Oracle(budget, identity());
        return documentsDF
                .select(col(Curated.SOURCE), col(Curated.ID), col(Curated.TEXT), reference())
                .where(isGiven(col(KeptColumn.REFERENCE)))
                .flatMap(oracle, Encoders.row(SentenceLabels.SCHEMA));
    }

    /** The reference of a document, under its name. */
    public static Column reference() {
        return col(Curated.ATTRIBUTES).getItem(KeptColumn.REFERENCE).as(KeptColumn.REFERENCE);
    }

    /** Whether a reference says something: has a letter or digit. */
    public static Column isGiven(Column reference) {
        return coalesce(reference.rlike("[\\p{L}\\p{N}]"), lit(false));
    }

    private record Oracle(Budget budget, String teacher) implements FlatMapFunction<Row, Row> {
        private static final long serialVersionUID = 1L;

        @Override
        public Iterator<Row> call(Row document) {
            String text = document.getString(2);
            Sentences sentences = new SentenceSplitter().split(text);
            return labelled(text, sentences, document.getString(3))
                    .rows(document.getString(0), document.getString(1), teacher)
                    .iterator();
        }

        private Labelled labelled(String text, Sentences sentences, String reference) {
            SentenceOracle oracle = SentenceOracle.of(text, sentences, reference, budget);
            int[] chosen = oracle.choose();
            return new Labelled(text, sentences, saliences(oracle.precisions(), chosen), chosen);
        }

        private static float[] saliences(double[][] precisions, int[] chosen) {
            float[] saliences = new float[precisions.length];
            for (int i = 0; i < saliences.length; i++) {
                double held = (PRECISION_OF_WORDS * precisions[i][0] + precisions[i][1]) / (1 + PRECISION_OF_WORDS);
                saliences[i] = (float) ((1 - CHOSEN_SHARE) * held);
            }
            for (int sentence : chosen) {
                saliences[sentence] += (float) CHOSEN_SHARE;
            }
            return saliences;
        }
    }
}
