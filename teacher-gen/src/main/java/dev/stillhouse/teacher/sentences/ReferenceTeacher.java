package dev.stillhouse.teacher.sentences;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.stillhouse.datasets.quality.GreedyOracle;
import dev.stillhouse.datasets.quality.Rouge;
import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.SentenceLabels;
import dev.stillhouse.datasets.source.KeptColumn;
import dev.stillhouse.udfs.summary.Budget;
import dev.stillhouse.udfs.summary.SentenceSplitter;
import dev.stillhouse.udfs.summary.Sentences;
import dev.stillhouse.udfs.text.SpacedText;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
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
        return "reference-1 " + budget.amount() + " " + budget.unit().name().toLowerCase(Locale.ROOT);
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
            List<String> texts = new ArrayList<>();
            int[] costs = new int[sentences.size()];
            for (int i = 0; i < costs.length; i++) {
                texts.add(sentences.text(i));
                int words = SpacedText.words(text, sentences.begin(i), sentences.end(i));
                costs[i] = budget.cost(text, sentences.begin(i), sentences.end(i), words);
            }
            GreedyOracle oracle = GreedyOracle.of(texts, reference, Rouge.Tokenizer.UNICODE);
            int limit = (int) Math.min(Integer.MAX_VALUE, budget.limit(costs));
            int[] chosen = oracle.choose(costs, limit);
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
