package dev.stillhouse.teacher;

import dev.stillhouse.datasets.schema.SoftLabels;
import dev.stillhouse.teacher.GoldSelection.GoldRow;
import dev.stillhouse.teacher.outputs.Vectors;
import java.util.Collection;
import java.util.Set;
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
     * @param documents with id, source, text_hash and {@link Labelling#OUTPUTS}
     * @param gold the rows the heads were fitted on; empty for evaluation documents
     * @return {@link SoftLabels#SCHEMA}, a row for each row
     */
    public Dataset<Row> label(Dataset<Row> documents, Collection<GoldRow> gold) {
        Set<String> goldKeys =
                gold.stream().map(row -> key(row.source(), row.id())).collect(Collectors.toSet());
        MapFunction<Row, Row> label = new LabelRow(mixture, teacher, goldKeys);
        return documents
                .select(SoftLabels.ID, SoftLabels.SOURCE, SoftLabels.TEXT_HASH, Labelling.OUTPUTS)
                .map(label, Encoders.row(SoftLabels.SCHEMA));
    }

    private static String key(String source, String id) {
        return source.length() + ":" + source + id;
    }

    private record LabelRow(Mixture mixture, String teacher, Set<String> goldKeys) implements MapFunction<Row, Row> {
        private static final long serialVersionUID = 1L;

        @Override
        public Row call(Row row) {
            String id = row.getString(0);
            String source = row.getString(1);
            float[][] outputs = Vectors.rows(row, 3);
            return RowFactory.create(
                    id,
                    source,
                    row.getString(2),
                    ArraySeq.unsafeWrapArray(mixture.probabilities(outputs)),
                    teacher,
                    goldKeys.contains(key(source, id)),
                    outputs.length == 1 ? null : mixture.disagreement(outputs));
        }
    }
}
