package dev.stillhouse.cli.pipeline;

import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.GoldLabel;
import dev.stillhouse.datasets.schema.SoftLabels;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.errors.DataException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The evaluation documents with a gold label, on the driver, in the order of source and id.
 *
 * @param sources name of each one's source
 * @param texts the texts
 * @param gold the gold labels
 * @param characters length of the texts in characters
 * @param attributes the columns that the sources keep, by name
 * @param teacher the teacher's probabilities, {@code float[documents][labels]}
 */
record EvaluationRows(
        List<String> sources,
        List<String> texts,
        List<String> gold,
        int[] characters,
        List<Map<String, String>> attributes,
        float[][] teacher) {

    /**
     * Makes sure that there is something to judge on.
     *
     * @param link of what is learned
     * @throws DataException if no evaluation document has a gold label, or the label of one cannot be read
     */
    static void check(Dataset<Row> evaluationDF, Link link) {
        Dataset<Row> labelledDF =
                evaluationDF.where(evaluationDF.col(Curated.LABEL).isNotNull());
        if (link != Link.SOFTMAX) {
            requireReadable(labelledDF, link);
        }
        if (labelledDF.isEmpty()) {
            throw new DataException(
                    "Cannot judge a teacher or student: none of the evaluation documents has a label; name the label column in evaluate, or in corpus where they are cut from it");
        }
    }

    private static void requireReadable(Dataset<Row> labelledDF, Link link) {
        labelledDF
                .select(Curated.SOURCE, Curated.ID, Curated.LABEL)
                .filter((FilterFunction<Row>)
                        row -> !GoldLabel.problem(link, row.getString(2)).isEmpty())
                .orderBy(Curated.SOURCE, Curated.ID)
                .takeAsList(1)
                .forEach(row -> {
                    throw new DataException("Cannot judge by document " + row.getString(1) + " of source "
                            + row.getString(0) + ": it has " + GoldLabel.problem(link, row.getString(2))
                            + ". Correct its label, or leave it out by where");
                });
    }

    /** Collects rows of {@link Curated} with the teacher's probabilities. */
    static EvaluationRows collect(Dataset<Row> rowsDF) {
        List<Row> rows = rowsDF.where(rowsDF.col(Curated.LABEL).isNotNull())
                .orderBy(Curated.SOURCE, Curated.ID)
                .collectAsList();
        EvaluationRows evaluation = new EvaluationRows(
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new int[rows.size()],
                new ArrayList<>(),
                new float[rows.size()][]);
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            evaluation.sources.add(row.getAs(Curated.SOURCE));
            evaluation.texts.add(row.getAs(Curated.TEXT));
            evaluation.gold.add(row.getAs(Curated.LABEL));
            evaluation.characters[i] = Math.toIntExact(row.<Long>getAs(Curated.CHARS));
            Map<String, String> attributes = new HashMap<>();
            row.<String, String>getJavaMap(row.fieldIndex(Curated.ATTRIBUTES)).forEach((name, value) -> {
                if (value != null) {
                    attributes.put(name, value);
                }
            });
            evaluation.attributes.add(attributes);
            List<Float> probabilities = row.getList(row.fieldIndex(SoftLabels.PROBABILITIES));
            evaluation.teacher[i] = new float[probabilities.size()];
            for (int label = 0; label < probabilities.size(); label++) {
                evaluation.teacher[i][label] = probabilities.get(label);
            }
        }
        return evaluation;
    }

    int size() {
        return texts.size();
    }

    /** What they are grouped by. */
    Groups.Keys keys() {
        return new Groups.Keys(sources, characters, attributes);
    }
}
