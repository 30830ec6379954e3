package dev.stillhouse.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.datasets.source.SourceConfig;
import dev.stillhouse.student.StudentConfig;
import dev.stillhouse.teacher.LabelConfig;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every key of the task file, set to something that is not its default. */
class TaskFileKeysTest {
    private static final String EVERY_KEY = """
            task: every-key
            kind: classify
            workspace: out/every
            seed: 7
            corpus:
              - source: csv
                name: letters
                path: letters/*.csv
                table: lake.letters
                id: 5
                text: body
                label: yes
                reference: abstract
                keep: [url, lower(day) as date, scores]
                where: true
                sample: {rows: 1_000}
                document: line
                separator: ";"
                multiline: true
                part_of_speech: adverb
                languages: [no, de]
              - {source: jsonl, path: more.jsonl, sample: {fraction: 0.25}}
            evaluate: {rows: 12}
            curate:
              profile: [gopher-2021, c4-2020]
              action: drop
              rules: [chars < 200]
              always_keep: [source = 'contracts']
              min_characters: 2
              max_characters: 99
              exact_duplicates: off
              duplicate_key: url
              repeated_spans: {unit: line, min_words: 3, copies: 2, min_words_left: 7}
              near_duplicates:
                mode: containment
                threshold: 0.7
                recall: 0.9
                shingle: 3
                bands: 10
                rows: 4
                family: xxhash64
                survivor: [priority desc]
                action: annotate
                max_comparisons: 9
              max_rejected_share: 0.5
            teacher:
              kind: zero-shot
              model: 007
              gold: 10
              precision: fp32
              device: cuda:1
              gpu_memory: 4 GiB
              max_tokens: 64
              windows: 4
              labels:
                - {name: cat, descriptions: [a cat, kittens]}
                - {name: dog}
              phrasings: ['It is {}.']
              budget: 30
              choose: {by: stratified, rounds: 2, strata: [language]}
              review: {rows: 5}
              corrections: answers.jsonl
            student:
              kind: lexical
              pool: 20
              labels: soft
              targets: {retained: 0.9, f1_weighted: 0.8, agreement: 0.7, ece: 0.1, size: 1.5 MiB, docs_per_second: 20000, speedup: 3, joules: 2.5, not_worse_than: previous}
              word_ngrams: 3
              character_ngrams: on
              min_documents: 4
              max_features: 1000
              vector_dimensions: 64
              max_vectors: 900
              epochs: 5
              gold_weight: 0.25
              distillation: {by: progressive, coach_weight: 0.25, temperature: 2, hard_weight: 0.1}
              learning_curve: 3
              calibration: isotonic
            out_of_scope: [{source: text, path: strangers}]
            score:
              sources: [{source: text, path: lake}]
              engine: kernel
              keep: [url]
              max_chars: 5000
              output: {format: jsonl, path: out, mode: append, partition_by: [label], rows_per_file: 9}
              incremental: true
              explain: 3
              reuse: runs
              on_teacher_failure: student
              drift: {fail_above: 0.5}
            report: {slices: [length], examples: 3, speed_seconds: 2.5, watts_per_core: 7.5}
            """;

    private static final String ASKING = """
            {kind: http, labels: [{name: a}, {name: b}], endpoint: {
              url: 'http://localhost:8000/v1', model: small, key_variable: KEY, prompts: ['{labels}{text}'],
              answer: text, log_probabilities: false, max_characters: 9, timeout: 2 min, retries: 2,
              pause: 3 s, concurrency: 5, requests_per_minute: 7,
              budget: {requests: 100, tokens: 1_000, money: 0.5}, price: {input: 1, output: 2, currency: EUR}}}
            """;

    private static final String MIXED = """
            {kind: ensemble, labels: [{name: a}, {name: b}], members: [
              {kind: nli, model: m, entailment: 1, precision: fp32, max_tokens: 32, weight: 0.5},
              {kind: column, column: scores}], review: {by: disagreement}}
            """;

    private static final String SETS = TaskFiles.MINIMAL
            + "kind: multilabel\nstudent: {targets: {f1_macro: 0.5, f1_micro: 0.6}}\ncorpus: [{source: jsonl}]";

    private static final String SCORES = TaskFiles.MINIMAL
            + "kind: regress\nstudent: {thresholds: {good: 3.5}, targets: {spearman: 0.5, mae: 0.6, f1_at: {good: 0.7}}}\ncorpus: [{source: jsonl}]";

    private static final String SUMMARIES = TaskFiles.MINIMAL + """
            kind: summarize
            corpus: [{source: jsonl}]
            teacher: {kind: reference}
            summarize:
              sources: [{source: text, path: lake}]
              budget: {words: 200}
              headline: true
              keywords: 8
              group_by: [source]
              digest_sentences: 3
              keep: [url]
              max_chars: 5000
            """;

    /** Keys whose type has one value in this version, so that there is none but the default. */
    private static final Set<String> ONE_VALUE =
            Set.of("TeacherConfig.kind", "TeacherConfig.precision", "MemberConfig.precision");

    @Test
    void everyKeyIsReadToAValueThatIsNotItsDefault() {
        TaskFile defaults = TaskFiles.read(TaskFiles.MINIMAL + "corpus: [{source: jsonl}]");
        Set<String> untested = new TreeSet<>();
        Set<String> tested = new TreeSet<>(ONE_VALUE);
        List<TaskFile> files = List.of(
                TaskFiles.read(EVERY_KEY),
                TaskFiles.read(EVERY_KEY, "evaluate={fraction: 0.5}"),
                TaskFiles.read(EVERY_KEY, "score.output={format: delta, table: lake.scores}"),
                TaskFiles.read(EVERY_KEY, "teacher=" + ASKING, "student.targets.speedup="),
                TaskFiles.read(EVERY_KEY, "teacher=" + MIXED),
                TaskFiles.read(
                        EVERY_KEY, "teacher={kind: nli, model: m, entailment: 2, labels: [{name: a}, {name: b}]}"),
                TaskFiles.read(
                        EVERY_KEY,
                        "teacher={kind: column, column: scores, labels: [{name: a}, {name: b}]}",
                        "student.targets.speedup="),
                TaskFiles.read(EVERY_KEY, "evaluate=[{source: jsonl, path: test.jsonl}]"),
                TaskFiles.read(EVERY_KEY, "score.incremental=false", "score.route={recall: 0.9, label: cat}"),
                TaskFiles.read(EVERY_KEY, "score.incremental=false", "score.route={precision: 0.9, label: cat}"),
                TaskFiles.read(
                        EVERY_KEY,
                        "score.incremental=false",
                        "score.route={agreement: 0.98, confidence: 0.9, budget: 500, sample: 300, audit: 10}"),
                TaskFiles.read(SETS),
                TaskFiles.read(SUMMARIES),
                TaskFiles.read(
                        SUMMARIES,
                        "teacher={kind: salience}",
                        "summarize.route={agreement: 0.8}",
                        "summarize.on_teacher_failure=student"),
                TaskFiles.read(SUMMARIES, "summarize.incremental=true", "summarize.output={path: lake/summaries}"),
                TaskFiles.read(SUMMARIES, "summarize.budget={sentences: 3}"),
                TaskFiles.read(SUMMARIES, "summarize.budget={characters: 300}"),
                TaskFiles.read(SUMMARIES, "summarize.budget={share: 0.1}"),
                TaskFiles.read(SUMMARIES, "summarize.budget={tokens: 200, tokenizer: e5-small-v2}"),
                TaskFiles.read(SCORES));
        for (TaskFile file : files) {
            walk(file, defaults, untested, tested);
        }
        untested.removeAll(tested);
        assertThat(untested).as("keys that EVERY_KEY leaves at their default").isEmpty();
    }

    private static void walk(Record record, Record standard, Set<String> seen, Set<String> changed) {
        for (RecordKey key : RecordKey.of(record.getClass())) {
            String name = record.getClass().getSimpleName() + "." + key.name();
            Object value = key.in(record);
            Object usual = standard.getClass() == record.getClass() ? key.in(standard) : Optional.empty();
            seen.add(name);
            if (key.isRequired() || !Objects.equals(value, usual)) {
                changed.add(name);
            }
            values(value).forEach(inner -> walk(inner, first(usual, inner), seen, changed));
        }
    }

    private static List<Record> values(Object value) {
        List<?> all = value instanceof List<?> list
                ? list
                : value instanceof Optional<?> optional ? optional.stream().toList() : List.of(value);
        return all.stream()
                .filter(Record.class::isInstance)
                .map(Record.class::cast)
                .toList();
    }

    private static Record first(Object usual, Record otherwise) {
        List<Record> values = values(usual);
        return values.isEmpty() ? new Unset(otherwise) : values.get(0);
    }

    private record Unset(Record instead) {}

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {kind: reference}                    | {tokens: 9}                         | 9 tokens of minilm
                    {kind: salience, model: e5-small-v2} | {tokens: 1}                         | 1 token of e5-small-v2
                    {kind: salience, model: e5-small-v2} | {tokens: 9, tokenizer: minilm}      | 9 tokens of minilm
                    {kind: salience, model: ./mine}      | {tokens: 9, tokenizer: minilm}      | 9 tokens of minilm
                    {kind: salience, model: ./mine}      | {words: 9}                          | 9 words
                    {kind: ensemble, members: [{kind: reference}, {kind: salience, model: e5-small-v2}]} | {tokens: 9} | 9 tokens of e5-small-v2
                    """)
    void tokensAreThoseOfTheTeachersEncoder(String teacher, String budget, String text) {
        TaskFile task = TaskFiles.read(SUMMARIES, "teacher=" + teacher, "summarize.budget=" + budget);
        assertThat(task.summarize().budget().text()).isEqualTo(text);
        assertThat(task.summarize().request().budget().text()).isEqualTo(text);
    }

    @Test
    void scalarsOfTextKeysStayAsTheyWereWritten() {
        TaskFile task = TaskFiles.read(EVERY_KEY);
        SourceConfig source = task.corpus().get(0);
        assertThat(source.id()).contains("5");
        assertThat(source.label()).contains("yes");
        assertThat(source.where()).contains("true");
        assertThat(source.languages()).containsExactly("no", "de");
        assertThat(task.teacher().model()).isEqualTo("007");
        assertThat(task.teacher().labels())
                .containsExactly(
                        new LabelConfig("cat", List.of("a cat", "kittens")), new LabelConfig("dog", List.of()));
        assertThat(task.teacher().phrasings()).containsExactly("It is {}.");
    }

    @Test
    void numbersAndSizesAreReadByTheirKeys() {
        TaskFile task = TaskFiles.read(EVERY_KEY);
        assertThat(task.corpus().get(0).sample().orElseThrow().rows()).contains(1000L);
        assertThat(task.student().targets().size()).contains(1_572_864L);
        assertThat(task.student().targets().speedup()).contains(3.0);
        assertThat(task.student().targets().docsPerSecond()).contains(20_000.0);
        assertThat(task.student().vectorDimensions()).isEqualTo(64);
        assertThat(task.student().characterNgrams()).isEqualTo(StudentConfig.Characters.ON);
    }
}
