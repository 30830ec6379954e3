package dev.stillhouse.teacher;

import static org.apache.spark.sql.functions.broadcast;

import dev.stillhouse.datasets.schema.ModelOutputs;
import dev.stillhouse.teacher.GoldSelection.GoldRow;
import dev.stillhouse.teacher.outputs.Vectors;
import dev.stillhouse.udfs.errors.DataException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * What the model returned for the gold rows, on the driver.
 *
 * @param examples in the order of the gold rows, those without an output left out
 * @param warnings sentences for the log and the report
 */
record GoldOutputs(List<Example> examples, List<String> warnings) {
    /**
     * A gold row and its output.
     *
     * @param vector {@code float[dimensions]}
     */
    record Example(GoldRow row, float[] vector) {
        /** The fold it is held out in: by content, so that copies of a text are held out together. */
        int fold() {
            return CrossFitter.fold(row.textHash());
        }
    }

    /**
     * Collects.
     *
     * @throws DataException if the text of a gold row was not run
     */
    static GoldOutputs collect(Dataset<Row> outputs, List<GoldRow> gold) {
        Map<String, Optional<float[]>> vectors = vectors(outputs, gold);
        List<Example> examples = new ArrayList<>(gold.size());
        for (GoldRow row : gold) {
            Optional<float[]> vector = vectors.get(row.textHash());
            if (vector == null) {
                throw new DataException("Cannot fit a teacher: gold document " + row.id() + " of source " + row.source()
                        + " was not run. Run label again");
            }
            vector.ifPresent(found -> examples.add(new Example(row, found)));
        }
        int lost = gold.size() - examples.size();
        return new GoldOutputs(
                examples,
                lost == 0
                        ? List.of()
                        : List.of("The teacher gave nothing that can be used for " + lost
                                + " gold document(s), left out: see label/rejects"));
    }

    private static Map<String, Optional<float[]>> vectors(Dataset<Row> outputs, List<GoldRow> gold) {
        Dataset<Row> wantedDF = outputs.sparkSession()
                .createDataset(gold.stream().map(GoldRow::textHash).distinct().toList(), Encoders.STRING())
                .toDF(ModelOutputs.TEXT_HASH);
        Map<String, Optional<float[]>> vectors = new HashMap<>();
        outputs.join(broadcast(wantedDF), new String[] {ModelOutputs.TEXT_HASH}, "left_semi")
                .select(ModelOutputs.TEXT_HASH, ModelOutputs.OUTPUT)
                .collectAsList()
                .forEach(row -> vectors.put(
                        row.getString(0), row.isNullAt(1) ? Optional.empty() : Optional.of(Vectors.floats(row, 1))));
        return vectors;
    }
}
