package dev.stillhouse.teacher.sentences;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.Rejects;
import dev.stillhouse.datasets.schema.SentenceLabels;
import dev.stillhouse.datasets.source.KeptColumn;
import dev.stillhouse.udfs.summary.Budget;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Labels by what people wrote, as {@link Alignment} finds it among the sentences of a document.
 *
 * @param budget of a summary
 */
public record ReferenceTeacher(Budget budget) implements SentenceTeacher {
    @Override
    public String name() {
        return "reference";
    }

    @Override
    public String identity() {
        return "reference-1 " + budget.key();
    }

    @Override
    public boolean needsReferences() {
        return true;
    }

    @Override
    public Dataset<Row> label(Dataset<Row> documentsDF) {
        FlatMapFunction<Row, Row> align = new Aligner(new Alignment(budget), identity());
        return documentsDF
                .select(col(Curated.SOURCE), col(Curated.ID), col(Curated.TEXT), reference())
                .where(isGiven(col(KeptColumn.REFERENCE)))
                .flatMap(align, Encoders.row(SentenceLabels.SCHEMA));
    }

    @Override
    public Dataset<Row> rejects(Dataset<Row> documentsDF) {
        return documentsDF
                .where(not(isGiven(reference())))
                .select(
                        col(Curated.SOURCE),
                        col(Curated.ID),
                        lit(Rejects.NO_REFERENCE).as(Rejects.REASON));
    }

    /** The reference of a document, under its name. */
    public static Column reference() {
        return col(Curated.ATTRIBUTES).getItem(KeptColumn.REFERENCE).as(KeptColumn.REFERENCE);
    }

    /** Whether a reference says something: has a letter or digit. */
    public static Column isGiven(Column reference) {
        return coalesce(reference.rlike("[\\p{L}\\p{N}]"), lit(false));
    }
}
