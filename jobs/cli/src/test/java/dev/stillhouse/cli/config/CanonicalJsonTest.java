package dev.stillhouse.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {

    @Test
    void keysAreSortedDefaultsFilledInAndAbsentValuesLeftOut() {
        TaskFile task = TaskFiles.read(
                TaskFiles.MINIMAL
                        + "student: {targets: {retained: 0.97, size: 1 MB}}\ncorpus: [{source: wordnet, part_of_speech: noun}]");
        assertThat(new String(CanonicalJson.bytes(task.section("student")), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"calibration\":\"temperature\",\"character_ngrams\":\"auto\",\"distillation\":{\"by\":\"direct\",\"coach_weight\":0.5,\"hard_weight\":0.0,\"temperature\":1.0},\"epochs\":30,\"kind\":\"auto\",\"labels\":\"soft+gold\",\"learning_curve\":0,\"max_features\":200000,\"max_vectors\":50000,\"min_documents\":3,"
                                + "\"targets\":{\"f1_at\":{},\"retained\":0.97,\"size\":1000000},\"thresholds\":{},\"vector_dimensions\":128,\"word_ngrams\":2}");
        assertThat(task.section("corpus").toString())
                .isEqualTo(
                        "[{\"document\":\"file\",\"keep\":[],\"languages\":[],\"multiline\":false,\"part_of_speech\":\"noun\",\"separator\":\",\",\"source\":\"wordnet\",\"text\":\"text\"}]");
    }

    @Test
    void theOrderAndFormOfAFileDoNotChangeItsFingerprint() {
        TaskFile one = TaskFiles.read("task: t\nworkspace: w\ncurate: {min_characters: 3, max_characters: 1_000}\n");
        TaskFile other = TaskFiles.read(
                "curate:\n  max_characters: 1000\n  min_characters: 3\nseed: 42\nworkspace: \"w\"\ntask: 't'\n");
        assertThat(CanonicalJson.sha256(CanonicalJson.of(one)))
                .isEqualTo(CanonicalJson.sha256(CanonicalJson.of(other)))
                .matches("[0-9a-f]{64}");
    }

    @Test
    void aChangedValueChangesTheFingerprintOfItsSectionOnly() {
        TaskFile one = TaskFiles.read(TaskFiles.MINIMAL);
        TaskFile other = TaskFiles.read(TaskFiles.MINIMAL, "student.epochs=29");
        assertThat(CanonicalJson.sha256(one.section("student")))
                .isNotEqualTo(CanonicalJson.sha256(other.section("student")));
        assertThat(CanonicalJson.sha256(one.section("teacher")))
                .isEqualTo(CanonicalJson.sha256(other.section("teacher")));
    }

    @Test
    void anUnknownSectionIsRefused() {
        assertThatThrownBy(() -> TaskFiles.read(TaskFiles.MINIMAL).section("pupil"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Invalid section: pupil");
    }
}
