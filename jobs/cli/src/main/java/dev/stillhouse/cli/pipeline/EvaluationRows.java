package dev.stillhouse.cli.pipeline;

import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.SoftLabels;
import dev.stillhouse.udfs.errors.DataException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
     * @throws DataException if no evaluation document has a gold label
     */
    static void check(Dataset<Row> evaluationDF) {
        if (evaluationDF.where(evaluationDF.col(Curated.LABEL).isNotNull()).isEmpty()) {
            throw new DataException(
                    "Cannot judge a teacher or student: none of the evaluation documents has a label; name the label column in evaluate, or in corpus where they are cut from it");
        }
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
}
