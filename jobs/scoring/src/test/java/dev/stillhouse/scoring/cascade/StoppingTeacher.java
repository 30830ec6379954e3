package dev.stillhouse.scoring.cascade;

import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.datasets.schema.SentenceLabels;
import dev.stillhouse.teacher.outputs.InferenceMeter;
import dev.stillhouse.teacher.outputs.Outputs;
import dev.stillhouse.teacher.sentences.SentenceTeacher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** A server: answers so many documents, and then stops, or has not the means for more; some it fails to answer. */
final class StoppingTeacher implements SentenceTeacher {
    final TreeSet<String> answered = new TreeSet<>();
    final Set<String> failing = new HashSet<>();
    final List<Long> metered = new ArrayList<>();
    int left = Integer.MAX_VALUE;
    int affordable = Integer.MAX_VALUE;
    int asked;

    @Override
    public String name() {
        return "the first two";
    }

    @Override
    public String identity() {
        return name();
    }

    @Override
    public boolean isPaid() {
        return true;
    }

    @Override
    public Outputs.Result fill(List<Dataset<Row>> documents, String segment, InferenceMeter meter) {
        int unpaid = 0;
        for (Row row :
                documents.get(0).select(Documents.ID).orderBy(Documents.ID).collectAsList()) {
            if (answered.contains(row.getString(0))) {
                continue;
            }
            if (left-- <= 0) {
                throw new UncheckedIOException("Cannot reach it", new IOException("refused"));
            }
            if (affordable-- <= 0) {
                unpaid++;
                continue;
            }
            asked++;
            if (!failing.contains(row.getString(0))) {
                answered.add(row.getString(0));
            }
            meter.addAnswer(1, 1);
        }
        metered.add(meter.texts());
        return new Outputs.Result(0, 0, unpaid);
    }

    @Override
    public UnaryOperator<Dataset<Row>> known() {
        Set<String> now = Set.copyOf(answered);
        FilterFunction<Row> isKnown = row -> now.contains(row.<String>getAs(Documents.ID));
        return documentsDF -> documentsDF.filter(isKnown).select(Documents.SOURCE, Documents.ID);
    }

    @Override
    public Dataset<Row> rejects(Dataset<Row> documentsDF) {
        return documentsDF.limit(0).selectExpr("source", "id", "'' as reason");
    }

    @Override
    public Dataset<Row> label(Dataset<Row> documentsDF) {
        FlatMapFunction<Row, Row> label = row -> IntStream.range(0, 4)
                .mapToObj(i -> RowFactory.create(
                        row.getString(1), row.getString(0), 14 * i, 14 * i + 13, 0.9f - 0.1f * i, i < 2, "it"))
                .iterator();
        return documentsDF.select(Documents.SOURCE, Documents.ID).flatMap(label, Encoders.row(SentenceLabels.SCHEMA));
    }
}
