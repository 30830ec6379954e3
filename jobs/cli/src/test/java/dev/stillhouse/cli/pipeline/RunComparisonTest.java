package dev.stillhouse.cli.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stillhouse.reports.record.RunDifference;
import dev.stillhouse.udfs.testing.SharedSpark;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class RunComparisonTest {
    private static final StructType FATES = new StructType()
            .add("source", "string")
            .add("id", "string")
            .add("fate", "string")
            .add("hash", "string")
            .add("instead", "string");

    @Test
    void everyDocumentIsCountedByWhatBecameOfIt() throws IOException {
        RunComparison.Fates before = fates(
                "one",
                "{\"curate\": {\"action\": \"annotate\", \"rules\": []}}",
                row("same", "kept", "1"),
                row("edited", "kept", "2"),
                row("lost", "kept", "3"),
                row("won", "too_short", null),
                row("moved", "too_short", null),
                row("gone", "kept", "4"));
        RunComparison.Fates now = fates(
                "two",
                "{\"curate\": {\"action\": \"drop\", \"rules\": [\"words < 6\"]}}",
                row("same", "kept", "1"),
                row("edited", "kept", "2b"),
                row("lost", "own_rule", null),
                row("won", "kept", "5"),
                row("moved", "own_rule", null),
                row("new", "kept", "6"));

        RunDifference difference = new RunComparison(before, now).difference();

        assertThat(difference.run()).isEqualTo("one");
        assertThat(difference.keptBefore()).isEqualTo(4);
        assertThat(difference.added()).isOne();
        assertThat(difference.gone()).isOne();
        assertThat(difference.changed()).isOne();
        assertThat(difference.nowKept()).containsOnly(Map.entry("too_short", 1L));
        assertThat(difference.nowRemoved()).containsOnly(Map.entry("own_rule", 1L));
        assertThat(difference.otherReason()).containsOnly(Map.entry("too_short → own_rule", 1L));
        assertThat(difference.configuration())
                .containsExactly("curate.action: annotate → drop", "curate.rules: [] → [\"words < 6\"]");
        assertThat(difference.examples())
                .extracting(RunDifference.Document::id)
                .containsExactly("gone", "lost", "moved", "new", "won");
        assertThat(difference.examples())
                .filteredOn(document -> document.id().equals("lost"))
                .extracting(RunDifference.Document::instead)
                .containsExactly(Optional.of("in place of lost"));
    }

    @Test
    void documentsOfOneIdInTwoSourcesAreTwo() throws IOException {
        Row other = RowFactory.create("other", "a", "too_long", null, null);
        RunComparison.Fates before = fates("one", "{}", row("a", "kept", "1"), other);
        RunComparison.Fates now = fates("two", "{}", row("a", "kept", "1"), other);

        RunDifference difference = new RunComparison(before, now).difference();

        assertThat(difference.examples()).isEmpty();
        assertThat(difference.configuration()).isEmpty();
        assertThat(difference.changed() + difference.added() + difference.gone())
                .isZero();
    }

    private static Row row(String id, String fate, String hash) {
        return RowFactory.create("s", id, fate, hash, fate.equals("kept") ? null : "in place of " + id);
    }

    private static RunComparison.Fates fates(String run, String configuration, Row... rows) throws IOException {
        JsonNode json = new ObjectMapper().readTree(configuration);
        List<Row> list = Arrays.asList(rows);
        return new RunComparison.Fates(run, json, SharedSpark.session().createDataFrame(list, FATES));
    }
}
