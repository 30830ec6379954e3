package dev.stillhouse.reports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportJsonTest {
    private static final String[] MODEL = {
        "kind",
        "f1_weighted",
        "accuracy",
        "agreement",
        "retained",
        "ece",
        "ece_floor",
        "bytes",
        "docs_per_second",
        "speedup"
    };

    @Test
    void hasTheAgreedNames() throws IOException {
        JsonNode json = json(Fixtures.complete());
        assertThat(names(json.get("curate"))).contains("read", "kept", "removed_by_reason", "rejected_by_reason");
        assertThat(names(json.get("teacher")))
                .contains("f1_weighted", "accuracy", "ece", "docs_per_second", "parameters", "bytes");
        assertThat(names(json.get("student"))).contains(MODEL);
        assertThat(names(json.get("student")))
                .contains("ladder", "slices", "rate_gaps", "out_of_scope_auroc", "brier", "nll", "risk_coverage_auc");
        assertThat(names(json.at("/student/ladder/1")))
                .contains("kind", "bytes", "docs_per_second", "select_retained", "seconds", "missed", "chosen");
        assertThat(names(json.at("/student/slices/0")))
                .contains("slice", "value", "documents", "f1_weighted", "f1_weighted_interval", "agreement", "ece");
        assertThat(names(json.get("student_fp32"))).contains(MODEL);
        assertThat(names(json.get("baseline"))).contains("f1_weighted");
        assertThat(names(json.get("score"))).contains("documents", "stage_docs_per_second", "by_label");
        assertThat(names(json.get("cost"))).contains("cpu_seconds_by_stage", "wall_seconds_by_stage");
        assertThat(names(json.get("provenance"))).containsExactly("curate", "label", "train", "score");
    }

    @Test
    void figuresAreThoseOfTheRecords() throws IOException {
        JsonNode json = json(Fixtures.complete());
        assertThat(json.at("/curate/read").asLong()).isEqualTo(14_083);
        assertThat(json.at("/curate/removed_by_reason/near_duplicate").asLong()).isEqualTo(1204);
        assertThat(json.at("/student/f1_weighted").asDouble()).isEqualTo(0.887);
        assertThat(json.at("/student/f1_weighted_interval/0").asDouble()).isEqualTo(0.877);
        assertThat(json.at("/student/f1_weighted_interval/1").asDouble()).isEqualTo(0.897);
        assertThat(json.at("/student/speedup").asDouble()).isEqualTo(227);
        assertThat(json.at("/teacher/bytes").asLong()).isEqualTo(91_400_000);
        assertThat(json.at("/baseline/f1_weighted").asDouble()).isEqualTo(0.781);
        assertThat(json.at("/student/ladder/0/missed/0").asText()).isEqualTo("retained");
        assertThat(json.at("/student/ladder/1/chosen").asBoolean()).isTrue();
        assertThat(json.at("/student/slices/2/f1_weighted").asDouble()).isEqualTo(0.894);
        assertThat(json.at("/student/rate_gaps/0/difference").asDouble()).isEqualTo(0.072);
        assertThat(json.at("/student/out_of_scope_auroc").asDouble()).isEqualTo(0.912);
        assertThat(json.at("/teacher/out_of_scope_auroc").asDouble()).isEqualTo(0.921);
        assertThat(json.at("/cost/cpu_seconds_by_stage/label").asDouble()).isEqualTo(1904.2);
        assertThat(json.at("/cost/wall_seconds_by_stage/score").asDouble()).isEqualTo(52.4);
        assertThat(json.at("/cost/joules_by_stage/score").asDouble())
                .isEqualTo(10 * json.at("/cost/cpu_seconds_by_stage/score").asDouble());
        assertThat(json.at("/cost/joules_estimated_by_stage/score").asBoolean()).isTrue();
        assertThat(json.at("/provenance/curate/seed").asInt()).isEqualTo(42);
        assertThat(json.at("/published").asBoolean()).isTrue();
    }

    @Test
    void whatWasNotMeasuredIsNull() throws IOException {
        JsonNode json = json(Fixtures.complete());
        assertThat(json.at("/student_fp32/docs_per_second").isNull()).isTrue();
        assertThat(json.at("/teacher/agreement").isNull()).isTrue();
        assertThat(json.at("/targets/3/reached").isNull()).isTrue();
    }

    @Test
    void stagesThatHaveNotRunHaveNoSection() throws IOException {
        assertThat(names(json(Fixtures.empty())))
                .containsExactly("task", "created", "published", "cost", "warnings", "runs", "provenance");
        Report complete = Fixtures.complete();
        Report half =
                new Report("half", complete.curate(), Optional.empty(), Optional.empty(), Optional.empty(), "now");
        assertThat(names(json(half)))
                .contains("curate")
                .doesNotContain("teacher", "student", "student_fp32", "baseline", "score");
    }

    @Test
    void aRefusedStudentIsNotPublished() throws IOException {
        JsonNode json = json(Fixtures.refused());
        assertThat(json.get("published").asBoolean()).isFalse();
        assertThat(json.get("refusal").asText()).contains("0.948");
    }

    @Test
    void summariesHaveTheAgreedNames() throws IOException {
        JsonNode json = json(SummaryFixtures.complete());
        for (String system : List.of("teacher", "student", "lead", "tail", "random", "textrank", "lexrank", "oracle")) {
            assertThat(names(json.at("/summaries/" + system)))
                    .as(system)
                    .contains("rouge1", "rouge2", "rougeL", "rougeLsum", "docs_per_second")
                    .contains("rouge1_interval", "words", "compression", "repetition", "positions");
        }
        assertThat(names(json.get("label"))).contains("teacher", "documents", "sentences", "chosen", "inference");
        assertThat(names(json.get("student")))
                .contains("kind", "retained", "agreement", "salience_error", "bytes", "docs_per_second", "speedup");
        assertThat(names(json.get("summarize")))
                .contains("documents", "empty", "sentences", "words", "truncated", "digests", "stage_docs_per_second");
        assertThat(names(json.get("provenance"))).containsExactly("curate", "label", "train", "summarize");
        assertThat(json.has("score")).isFalse();
    }

    @Test
    void figuresOfSummariesAreThoseOfTheRecords() throws IOException {
        JsonNode json = json(SummaryFixtures.complete());
        assertThat(json.get("kind").asText()).isEqualTo("summarize");
        assertThat(json.get("published").asBoolean()).isTrue();
        assertThat(json.at("/summaries/student/rouge1").asDouble()).isEqualTo(52.4);
        assertThat(json.at("/summaries/student/rouge1_interval/0").asDouble()).isEqualTo(51.4);
        assertThat(json.at("/summaries/lead/docs_per_second").asDouble()).isEqualTo(1_528);
        assertThat(json.at("/summaries/oracle/docs_per_second").isNull()).isTrue();
        assertThat(json.at("/summaries/oracle_share/rouge1").asDouble()).isEqualTo(52.4 / 60);
        assertThat(json.at("/summaries/differences")).hasSize(7);
        assertThat(json.at("/summaries/slices/1/documents").asLong()).isEqualTo(37);
        assertThat(json.at("/student/targets/1/met").asBoolean()).isTrue();
        assertThat(json.at("/summarize/document_words").asLong()).isEqualTo(2_625_088);
        assertThat(json(SummaryFixtures.refused()).get("published").asBoolean()).isFalse();
    }

    private static JsonNode json(Report report) throws IOException {
        return new ObjectMapper().readTree(ReportJson.write(report));
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
