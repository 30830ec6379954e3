package dev.stillhouse.curation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.udfs.testing.SharedData;
import dev.stillhouse.udfs.testing.SharedSpark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

/** Against the survivors that data-prep-kit's exact deduplication gave. */
class ExactDuplicateParityTest {
    @Test
    void theSameTextsSurvive() {
        List<JsonNode> inputs = SharedData.jsonLines("parity/exact-dedup.input.jsonl");
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            rows.add(RowFactory.create(
                    "s", "d" + i, inputs.get(i).get("contents").asText(), null, Map.of(), "f", (long) i));
        }
        var spark = SharedSpark.session();

        try (Curator.Result result = new Curator(Configs.curate(), EvaluationCut.NONE, List.of())
                .curate(
                        spark.createDataFrame(rows, Documents.SCHEMA),
                        spark.createDataFrame(List.of(), Documents.SCHEMA))) {
            List<String> survivors = result.curated().select(Documents.TEXT).collectAsList().stream()
                    .map(row -> row.getString(0))
                    .sorted()
                    .toList();
            assertThat(survivors)
                    .hasSize(3)
                    .isEqualTo(SharedData.jsonLines("parity/exact-dedup.expected.jsonl").stream()
                            .map(document -> document.get("contents").asText())
                            .sorted()
                            .toList());
        }
    }
}
