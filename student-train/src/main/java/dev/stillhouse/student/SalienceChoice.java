package dev.stillhouse.student;

import dev.stillhouse.datasets.quality.Rouge;
import dev.stillhouse.datasets.schema.SentenceLabels;
import dev.stillhouse.udfs.summary.Budget;
import dev.stillhouse.udfs.summary.SalienceModel;
import dev.stillhouse.udfs.summary.SummaryKernel;
import dev.stillhouse.udfs.summary.SummaryRequest;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * How much repetition a student minds: what gives the best summaries, by the mean of ROUGE-1 and ROUGE-2 against their references, or against what the teacher chooses where they have none.
 *
 * @param budget of a summary
 */
public record SalienceChoice(Budget budget) {
    private static final float[] REDUNDANCIES = {0, 0.5f, 1, 1.5f};

    /**
     * The model with the best redundancy, the least of equals.
     *
     * @param rows of {@link SentenceLabels#LEARNING}
     */
    SalienceModel tuned(SalienceModel model, List<Row> rows) {
        SalienceModel best = model;
        double most = -1;
        for (float redundancy : REDUNDANCIES) {
            SalienceModel tried = model.withRedundancy(redundancy);
            double quality = quality(new SummaryKernel(tried), rows);
            if (quality > most) {
                most = quality;
                best = tried;
            }
        }
        return best;
    }

    private double quality(SummaryKernel kernel, List<Row> rows) {
        SummaryRequest request = new SummaryRequest(budget, false, 0);
        double sum = 0;
        for (Row row : rows) {
            String text = row.getAs(SentenceLabels.TEXT);
            String aim = row.getAs(SentenceLabels.AIM);
            Rouge.Tokens wanted = Rouge.tokens(aim, Rouge.Tokenizer.UNICODE);
            String summary = kernel.summarize(text, request).text();
            sum += Rouge.ngrams(wanted, Rouge.tokens(summary, Rouge.Tokenizer.UNICODE));
        }
        return sum / Math.max(1, rows.size());
    }
}
