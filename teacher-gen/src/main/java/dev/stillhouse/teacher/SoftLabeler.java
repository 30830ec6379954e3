package dev.stillhouse.teacher;

import dev.stillhouse.datasets.schema.SoftLabels;
import dev.stillhouse.teacher.GoldSelection.GoldRow;
import dev.stillhouse.teacher.outputs.Vectors;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import scala.collection.immutable.ArraySeq;

/** What models returned for documents to {@link SoftLabels}: the teacher's probabilities, who gave them, how much its members differ, and whether the document's own label was used to fit it. */
public final class SoftLabeler {
    private final Mixture mixture;
    private final String teacher;

    public SoftLabeler(Teacher teacher) {
        this.mixture = teacher.mixture();
        this.teacher = teacher.identity();
    }

    /**
     * The soft labels, lazily.
     *
     * @param documents with id, source, text_hash, {@link Labelling#OUTPUTS} and representative
     * @param gold the rows the heads were fitted on; empty for evaluation documents
     * @return {@link SoftLabels#SCHEMA}, a row for each row
     */
    public Dataset<Row> label(Dataset<Row> documents, Collection<GoldRow> gold) {
        Map<String, String> goldLabels =
                gold.stream().collect(Collectors.toMap(row -> key(row.source(), row.id()), GoldRow::label));
        MapFunction<Row, Row> label = new LabelRow(mixture, teacher, goldLabels);
        return documents
                .select(
                        SoftLabels.ID,
                        SoftLabels.SOURCE,
                        SoftLabels.TEXT_HASH,
                        Labelling.OUTPUTS,
                        SoftLabels.REPRESENTATIVE)
                .map(label, Encoders.row(SoftLabels.SCHEMA));
    }

    private static String key(String source, String id) {
        return source.length() + ":" + source + id;
    }

    private record LabelRow(Mixture mixture, String teacher, Map<String, String> goldLabels)
            implements MapFunction<Row, Row> {
        private static final long serialVersionUID = 1L;

        @Override
        public Row call(Row row) {
            String id = row.getString(0);
            String source = row.getString(1);
            float[][] outputs = Vectors.rows(row, 3);
            String label = goldLabels.get(key(source, id));
            return RowFactory.create(
                    id,
                    source,
                    row.getString(2),
                    ArraySeq.unsafeWrapArray(mixture.probabilities(outputs)),
                    teacher,
                    label != null,
                    label,
                    row.getBoolean(4),
                    outputs.length == 1 ? null : mixture.disagreement(outputs));
        }
    }
}
