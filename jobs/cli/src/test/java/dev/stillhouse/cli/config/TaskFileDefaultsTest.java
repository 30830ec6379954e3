package dev.stillhouse.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.curation.CurateConfig;
import dev.stillhouse.curation.near.NearDuplicatesConfig;
import dev.stillhouse.curation.spans.RepeatedSpansConfig;
import dev.stillhouse.datasets.source.SourceConfig;
import dev.stillhouse.datasets.source.SourceKind;
import dev.stillhouse.scoring.ScoreConfig;
import dev.stillhouse.teacher.TeacherConfig;
import dev.stillhouse.teacher.choice.ChoiceConfig;
import dev.stillhouse.udfs.quality.Profile;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What keys and sections are that the task file does not have, and what may be written in more ways than one. */
class TaskFileDefaultsTest {
    @Test
    void absentSectionsHaveTheirDefaults() {
        TaskFile task = TaskFiles.read(TaskFiles.MINIMAL);
        assertThat(task.kind()).isEqualTo(TaskKind.CLASSIFY);
        assertThat(task.seed()).isEqualTo(42);
        assertThat(task.corpus()).isEmpty();
        assertThat(task.score().sources()).isEmpty();
        assertThat(task.score().engine()).isEqualTo(ScoreConfig.Engine.AUTO);
        assertThat(task.score().keep()).isEmpty();
        assertThat(task.score().maxChars()).isEqualTo(1_000_000);
        assertThat(task.score().output()).isEmpty();
        assertThat(task.score().incremental()).isFalse();
        assertThat(task.evaluate()).isEqualTo(new EvaluateConfig(List.of(), Optional.empty(), Optional.empty()));
        assertThat(task.evaluate().share()).isEqualTo(0.1);
        assertThat(task.curate())
                .isEqualTo(new CurateConfig(
                        List.of(Profile.DATALAKE),
                        CurateConfig.Action.ANNOTATE,
                        List.of(),
                        List.of(),
                        1,
                        1_000_000,
                        CurateConfig.Duplicates.DROP,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        0.1));
        assertThat(task.student().pool()).isEmpty();
        assertThat(task.student().wordNgrams()).isEqualTo(2);
        assertThat(task.report()).isEqualTo(new ReportConfig(List.of("source", "length"), 20, 10.5, 10));
    }

    @Test
    void anAbsentTeacherHasItsDefaults() {
        assertThat(TaskFiles.read(TaskFiles.MINIMAL).teacher())
                .isEqualTo(new TeacherConfig(
                        TeacherConfig.Kind.EMBEDDING_HEAD,
                        "minilm",
                        1000,
                        TeacherConfig.Precision.FP32,
                        "cpu",
                        Optional.empty(),
                        256,
                        1,
                        List.of(),
                        List.of("{}", "This text is about {}.", "This is an example of {}."),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        new ChoiceConfig(ChoiceConfig.By.RANDOM, 1, List.of("source")),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void nearDuplicatesAndRepeatedSpansHaveDefaultsOfTheirOwn() {
        CurateConfig curate = TaskFiles.read(TaskFiles.MINIMAL + "curate: {near_duplicates: {}, repeated_spans: {}}")
                .curate();
        assertThat(curate.nearDuplicates())
                .contains(new NearDuplicatesConfig(
                        NearDuplicatesConfig.Mode.JACCARD,
                        0.8,
                        0.97,
                        5,
                        Optional.empty(),
                        Optional.empty(),
                        NearDuplicatesConfig.Family.AFFINE,
                        List.of("length", "id"),
                        NearDuplicatesConfig.Action.DROP,
                        200));
        assertThat(curate.repeatedSpans())
                .contains(new RepeatedSpansConfig(RepeatedSpansConfig.Unit.PARAGRAPH, 10, 1, 20));
    }

    @Test
    void aListOfOneMayBeWrittenAsItsValue() {
        assertThat(TaskFiles.read(TaskFiles.MINIMAL + "curate: {profile: fineweb-paper, rules: chars < 5}")
                        .curate())
                .isEqualTo(TaskFiles.read(TaskFiles.MINIMAL + "curate: {profile: [fineweb-paper], rules: [chars < 5]}")
                        .curate());
    }

    @Test
    void aSectionWithoutAValueHasItsDefaults() {
        assertThat(TaskFiles.read(TaskFiles.MINIMAL + "curate:\nteacher: ~\nscore: null\n"))
                .isEqualTo(TaskFiles.read(TaskFiles.MINIMAL));
    }

    @Test
    void evaluateIsAListOfSourcesOrANumberOfRowsOrAFraction() {
        assertThat(TaskFiles.read(TaskFiles.MINIMAL + "evaluate: [{source: parquet, path: p}]")
                        .evaluate()
                        .sources())
                .extracting(SourceConfig::source)
                .containsExactly(SourceKind.PARQUET);
        assertThat(TaskFiles.read(TaskFiles.MINIMAL + "evaluate: {rows: 4000}")
                        .evaluate()
                        .rows())
                .contains(4000L);
        assertThat(TaskFiles.read(TaskFiles.MINIMAL + "evaluate: {fraction: 0.2}")
                        .evaluate()
                        .share())
                .isEqualTo(0.2);
    }

    @Test
    void aliasesRepeatTheirAnchor() {
        TaskFile task =
                TaskFiles.read(TaskFiles.MINIMAL + "corpus: &lake\n  - {source: jsonl, path: lake}\nscore: *lake\n");
        assertThat(task.score().sources()).isEqualTo(task.corpus()).hasSize(1);
    }
}
