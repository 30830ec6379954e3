package dev.stillhouse.scoring.cascade;

import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.stillhouse.datasets.schema.Scores;
import dev.stillhouse.scoring.cascade.Draw.Drawn;
import dev.stillhouse.udfs.Link;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Documents of a label, selected with a recall or precision that is promised.
 *
 * @param label the label
 * @param link how labels are given
 * @param terms what is promised
 */
record Selection(String label, Link link, Terms terms) {
    /**
     * The threshold.
     *
     * @param sample documents that were drawn
     * @param said what the teacher has decided of them, by source and id
     * @param documents all of them
     * @throws dev.stillhouse.udfs.errors.DataException if no threshold keeps the promise, with what it would take
     */
    LabelChoice choose(double[] grid, List<Drawn> sample, Map<List<String>, String> said, long documents) {
        if (sample.size() == documents) {
            return LabelChoice.whole(documents, terms.promise());
        }
        List<Sampled> having = sample.stream()
                .map(one -> new Sampled(one.sureness(), has(said.getOrDefault(one.key(), ""))))
                .toList();
        LabelChoice choice = terms.config().recall().isPresent()
                ? LabelChoice.recall(grid, having, terms.promise())
                : LabelChoice.precision(grid, having, terms.promise());
        if (choice.threshold().isEmpty()) {
            throw new Budget(terms).tooFew(choice, sample.size());
        }
        return choice;
    }

    private boolean has(String decided) {
        // As Spark writes it into an array of JSON.
        return link == Link.SOFTMAX
                ? decided.equals(label)
                : decided.contains(TextNode.valueOf(label).toString());
    }

    /** The scores with what the teacher selects of those that it has answered. */
    Dataset<Row> marked(Dataset<Row> mergedDF) {
        Column has =
                link == Link.SOFTMAX ? col(Scores.LABEL).equalTo(label) : array_contains(col(Scores.LABELS), label);
        return mergedDF.withColumn(
                Scores.SELECTED, when(Merging.isTeachers(), has).otherwise(col(Scores.SELECTED)));
    }
}
