package dev.stillhouse.curation;

import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.udfs.testing.Records;
import dev.stillhouse.udfs.testing.SharedSpark;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Small corpora for tests, and what curation makes of them. */
final class Curations {
    private Curations() {}

    /** The defaults with one component replaced. */
    static CurateConfig config(String component, Object value) {
        return Records.with(Configs.curate(), component, value);
    }

    static Map<String, Row> removed(CurateConfig config, Row... documents) {
        try (Curator.Result result = curate(config, documents)) {
            return byId(result.removed());
        }
    }

    static Curator.Result curate(CurateConfig config, Row... documents) {
        return new Curator(config, EvaluationCut.NONE, List.of()).curate(documents(documents), documents());
    }

    static Map<String, Row> byId(Dataset<Row> rows) {
        Map<String, Row> byId = new HashMap<>();
        rows.collectAsList().forEach(row -> byId.put(row.getAs(Documents.ID), row));
        return byId;
    }

    static Row document(String id, String text) {
        return kept(id, text, Map.of());
    }

    /** A document with columns that its source keeps. */
    static Row kept(String id, String text, Map<String, String> attributes) {
        return RowFactory.create("s", id, text, null, attributes, "f", 0L);
    }

    static Dataset<Row> documents(Row... rows) {
        return SharedSpark.session().createDataFrame(new ArrayList<>(List.of(rows)), Documents.SCHEMA);
    }
}
