package dev.stillhouse.teacher;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import dev.stillhouse.datasets.schema.CrossFitted;
import dev.stillhouse.datasets.schema.SoftLabels;
import dev.stillhouse.teacher.GoldSelection.GoldRow;
import dev.stillhouse.teacher.outputs.TextOrder;
import dev.stillhouse.teacher.outputs.Vectors;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What models returned for documents to {@link CrossFitted}: of gold documents and of some others, the probabilities by each fold's teacher. */
public final class CrossFitter {
    static final int FOLDS = 3;

    /** Gold documents, and others, at most: the students that learn from them are asked how sure to be, and for nothing else. */
    private static final int MOST = 10_000;

    /** Probabilities by one fold, of gold documents and of others, at most. */
    private static final int MOST_PROBABILITIES = 2_000_000;

    private static final StructType KEYS = new StructType()
            .add(SoftLabels.SOURCE, DataTypes.StringType, false)
            .add(SoftLabels.ID, DataTypes.StringType, false);

    private static final String[] KEY = {SoftLabels.SOURCE, SoftLabels.ID};

    private final List<Mixture> folds;
    private final long seed;

    /**
     * @param folds of each fold the teacher that had not seen it
     * @param seed the task's
     */
    public CrossFitter(List<Mixture> folds, long seed) {
        this.folds = List.copyOf(folds);
        this.seed = seed;
    }

    /** The fold of a text: by content, so that copies of a text are held out together. */
    static int fold(String textHash) {
        return Integer.parseInt(textHash.substring(0, 6), 16) % FOLDS;
    }

    /**
     * The probabilities, after a job that chooses the documents: the gold ones and as many others as there may be, each the first in the order in which a pool is chosen.
     *
     * @param documents of the corpus, with id, source, text_hash and {@link Labelling#OUTPUTS}
     * @param gold the rows that teachers were fitted on, in the order of their selection
     * @return {@link CrossFitted#SCHEMA}
     */
    public Dataset<Row> label(Dataset<Row> documents, List<GoldRow> gold) {
        int most = Math.min(MOST, MOST_PROBABILITIES / folds.get(0).labels().size());
        List<Row> goldKeys = gold.stream()
                .map(row -> RowFactory.create(row.source(), row.id()))
                .toList();
        Dataset<Row> keysDF = documents.select(SoftLabels.SOURCE, SoftLabels.ID, SoftLabels.TEXT_HASH);
        List<Row> chosen = new ArrayList<>(keysDF.join(keys(documents, goldKeys), KEY, "left_anti")
                .orderBy(TextOrder.of(seed), col(SoftLabels.SOURCE), col(SoftLabels.ID))
                .limit(most)
                .select(SoftLabels.SOURCE, SoftLabels.ID)
                .collectAsList());
        chosen.addAll(goldKeys.subList(0, Math.min(most, goldKeys.size())));
        MapFunction<Row, Row> label = new LabelRow(folds);
        return documents
                .select(SoftLabels.ID, SoftLabels.SOURCE, SoftLabels.TEXT_HASH, Labelling.OUTPUTS)
                .join(keys(documents, chosen), KEY, "left_semi")
                .map(label, Encoders.row(CrossFitted.SCHEMA));
    }

    private static Dataset<Row> keys(Dataset<Row> documents, List<Row> keys) {
        return broadcast(documents.sparkSession().createDataFrame(keys, KEYS));
    }

    private record LabelRow(List<Mixture> folds) implements MapFunction<Row, Row> {
        private static final long serialVersionUID = 1L;

        @Override
        public Row call(Row row) {
            String textHash = row.getAs(SoftLabels.TEXT_HASH);
            float[][] outputs = Vectors.rows(row, row.fieldIndex(Labelling.OUTPUTS));
            float[][] probabilities =
                    folds.stream().map(fold -> fold.probabilities(outputs)).toArray(float[][]::new);
            return RowFactory.create(
                    row.getAs(SoftLabels.ID), row.getAs(SoftLabels.SOURCE), fold(textHash), probabilities);
        }
    }
}
