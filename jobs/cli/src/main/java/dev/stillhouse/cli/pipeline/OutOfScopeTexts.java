package dev.stillhouse.cli.pipeline;

import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.datasets.source.SourceConfig;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** Texts of the documents that belong to no label, on the driver. */
final class OutOfScopeTexts {
    private static final int MOST = 10_000;

    private OutOfScopeTexts() {}

    /** Those of a task, in the order of source and id; empty where it names none. */
    static List<String> of(StageContext context) {
        return documents(context)
                .map(documentsDF -> documentsDF
                        .orderBy(Documents.SOURCE, Documents.ID)
                        .select(Documents.TEXT)
                        .limit(MOST)
                        .as(Encoders.STRING())
                        .collectAsList())
                .orElse(List.of());
    }

    /** The documents, not read yet; nothing where a task names none. */
    static Optional<Dataset<Row>> documents(StageContext context) {
        List<SourceConfig> sources = context.task().outOfScope();
        return sources.isEmpty()
                ? Optional.empty()
                : Optional.of(context.sources().read("out_of_scope", sources).documents());
    }
}
