package dev.stillhouse.cli.pipeline;

import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.datasets.source.SourceConfig;
import java.util.List;
import org.apache.spark.sql.Encoders;

/** Texts of the documents that belong to no label, on the driver. */
final class OutOfScopeTexts {
    private static final int MOST = 10_000;

    private OutOfScopeTexts() {}

    /** Those of a task, in the order of source and id; empty where it names none. */
    static List<String> of(StageContext context) {
        List<SourceConfig> sources = context.task().outOfScope();
        return sources.isEmpty()
                ? List.of()
                : context.sources()
                        .read("out_of_scope", sources)
                        .documents()
                        .orderBy(Documents.SOURCE, Documents.ID)
                        .select(Documents.TEXT)
                        .limit(MOST)
                        .as(Encoders.STRING())
                        .collectAsList();
    }
}
