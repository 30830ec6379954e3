package dev.stillhouse.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillhouse.udfs.errors.ConfigurationException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskFileProblemsTest {

    @Test
    void everyProblemIsToldAtOnceWithItsLine() {
        String yaml = """
                task: My Task
                kind: summarize
                corpus:
                  - {source: jsonl, path: a, sample: {rows: 0}}
                  - source: xml
                    txet: body
                curate:
                  min_charcters: 3
                  min_characters: many
                  max_rejected_share: 2
                evaluate: 4000
                student: {targets: {retained: 97}, pool: -1}
                """;
        assertThat(TaskFiles.problems(yaml))
                .containsExactlyInAnyOrder(
                        "line 1: Invalid task: My Task (must be lower-case letters, digits and dashes)",
                        "line 1: Invalid teacher.kind: embedding-head (must be reference, salience, http, ensemble for kind: summarize)",
                        "line 1: Invalid workspace: nothing (must be given: it has no default)",
                        "line 4: Invalid corpus[0].sample.rows: 0 (must be at least 1)",
                        "line 5: Invalid corpus[1].source: xml (must be one of jsonl, parquet, csv, text, delta, iceberg, wordnet, europarl)",
                        "line 6: Invalid key: corpus[1].txet (must be one of source, name, path, table, id, text, label, reference, keep, where, sample, document, separator, multiline, part_of_speech, languages; nearest: text)",
                        "line 8: Invalid key: curate.min_charcters (must be one of profile, action, rules, always_keep, min_characters, max_characters, exact_duplicates, duplicate_key, repeated_spans, near_duplicates, max_rejected_share; nearest: min_characters)",
                        "line 9: Invalid curate.min_characters: many (must be a whole number)",
                        "line 10: Invalid curate.max_rejected_share: 2.0 (must be 0 to 1)",
                        "line 11: Invalid evaluate: 4000 (must be a section of keys or a list)",
                        "line 12: Invalid student.targets.retained: 97.0 (must be 0 to 1)",
                        "line 12: Invalid student.pool: -1 (must be at least 0)");
    }

    @Test
    void aProblemOfSeveralSectionsIsToldWithTheLineOfItsKey() {
        String yaml = TaskFiles.MINIMAL + """
                score:
                  sources: [{source: jsonl, path: lake}]
                  output:
                    path: out
                    partition_by:
                      - source
                      - margin
                """;
        int line = (int) TaskFiles.MINIMAL.lines().count() + 7;
        assertThat(TaskFiles.problems(yaml))
                .singleElement()
                .asString()
                .startsWith("line " + line + ": Invalid score.output.partition_by[1]: margin");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    kind=summarise | Invalid kind: summarise
                    teacher={kind: htpp, endpoint: {url: "http://127.0.0.1:9/v1", model: m}} | Invalid teacher.kind: htpp
                    teacher={kind: ensemble, members: [{kind: http}, {kind: embedding-head, precision: fp64}], endpoint: {url: "http://127.0.0.1:9/v1", model: m}} | Invalid teacher.members[1].precision: fp64
                    """)
    void whatHangsOnAKeyThatCannotBeReadIsNotHeldAgainstOthers(String override, String problem) {
        assertThat(TaskFiles.problems(TaskFiles.MINIMAL, override.strip()))
                .singleElement()
                .asString()
                .contains(problem);
    }

    @Test
    void theHeadingNamesTheFileAndCountsTheProblems() {
        Path file = TaskFiles.file("task: t\nworkspace: w\nsede: 1\nkindd: classify\n");
        assertThat(TaskFiles.refusal(file))
                .startsWith("Cannot read task file " + file
                        + ": 2 problems\n  line 3: Invalid key: sede (must be one of task, kind,");
        assertThat(TaskFiles.refusal(TaskFiles.file("task: t\n"))).contains(": 1 problem\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    workspace=" "                         | Invalid workspace: "" (must be a folder)
                    kind=Classify                         | Invalid kind: Classify (must be one of classify, multilabel, regress, summarize)
                    seed=1.5                              | Invalid seed: 1.5 (must be a whole number)
                    seed=9223372036854775808              | Invalid seed: 9223372036854775808 (must be a whole number)
                    seed=1e999999999                      | Invalid seed: 1e999999999 (must be a whole number)
                    corpus={}                             | Invalid corpus: a section (must be a list)
                    corpus=[jsonl]                        | Invalid corpus[0]: jsonl (must be a section of keys)
                    corpus=[{path: x}]                    | Invalid corpus[0].source: nothing (must be one of jsonl, parquet, csv, text, delta, iceberg, wordnet, europarl)
                    corpus=[{source: csv, multiline: yes}] | Invalid corpus[0].multiline: yes (must be true or false)
                    corpus=[{source: csv, id: [a]}]       | Invalid corpus[0].id: a list (must be text)
                    corpus=[{source: csv, sample: {}}]    | Invalid corpus[0].sample: {} (must be either {rows: N} or {fraction: F})
                    corpus=[{source: csv, sample: {fraction: 0}}] | Invalid corpus[0].sample.fraction: 0.0 (must be greater than 0)
                    corpus=[{source: csv, sample: {fraction: 1.5}}] | Invalid corpus[0].sample.fraction: 1.5 (must be 0 to 1)
                    evaluate={rows: 0}                    | Invalid evaluate.rows: 0 (must be at least 1)
                    evaluate={fraction: 1}                | Invalid evaluate.fraction: 1.0 (must be greater than 0 and less than 1)
                    evaluate=[{}]                         | Invalid evaluate[0].source: nothing (must be one of jsonl, parquet, csv, text, delta, iceberg, wordnet, europarl)
                    evaluate={rows: 1, fraction: 0.5}     | Invalid evaluate: 2 of sources, rows and fraction (must be a list of sources, or {rows: N}, or {fraction: F})
                    curate.min_characters=0               | Invalid curate.min_characters: 0 (must be at least 1)
                    curate={min_characters: 9, max_characters: 8} | Invalid curate.max_characters: 8 (must be at least min_characters, 9)
                    curate.max_rejected_share=nan         | Invalid curate.max_rejected_share: nan (must be a number)
                    curate.max_rejected_share=1e400       | Invalid curate.max_rejected_share: 1e400 (must be a number)
                    student.calibration=platt | Invalid student.calibration: platt (must be one of temperature, isotonic)
                    teacher.kind=llm                      | Invalid teacher.kind: llm (must be one of embedding-head, zero-shot, onnx-classifier, onnx-regressor, nli, http, column, ensemble, reference, salience)
                    teacher.kind=zero-shot                | Invalid teacher.labels: 0 labels (must be at least 2 for zero-shot)
                    teacher={kind: onnx-classifier, model: m} | Invalid teacher.labels: 0 labels (must be at least 2 for onnx-classifier)
                    teacher.kind=onnx-regressor           | Invalid teacher.model: minilm (must be a folder with model.onnx and tokenizer.json for onnx-regressor)
                    teacher.labels=[{name: a}, {name: b}] | Invalid teacher.labels: 2 labels (must be absent for embedding-head and onnx-regressor)
                    teacher={kind: http, labels: [{name: a}, {name: b}]} | Invalid teacher.endpoint: absent (must be given for http, and for it alone)
                    teacher={kind: column, labels: [{name: a}, {name: b}]} | Invalid teacher.column: absent (must be given for column, and for it alone)
                    teacher.column=x                      | Invalid teacher.column: x (must be given for column, and for it alone)
                    teacher.endpoint={url: ftp://x, model: m} | Invalid teacher.endpoint.url: ftp://x (must be an http or https address without user, password and query, which would be shown)
                    teacher.endpoint={url: http://u:p@x/v1, model: m} | Invalid teacher.endpoint.url: http://u:p@x/v1 (must be an http or https address without user, password and query, which would be shown)
                    teacher.endpoint={url: http://x/v1, model: m, prompts: ['{labels}']} | Invalid teacher.endpoint.prompts: [{labels}] (must be questions with {text} in each)
                    teacher={kind: http, labels: [{name: a}, {name: b}], endpoint: {url: http://x/v1, model: m, prompts: ['{text}']}} | Invalid teacher.endpoint.prompts: [{text}] (must be questions with {labels} and {text} in each)
                    teacher={kind: http, endpoint: {url: http://x/v1, model: m}} | Invalid teacher.labels: 0 labels (must be at least 2 for http)
                    teacher={kind: ensemble, members: [{}, {kind: salience}]} | Invalid teacher.members[1].kind: salience (must be embedding-head, zero-shot, onnx-classifier, onnx-regressor, nli, http, column for kind: classify)
                    teacher.endpoint={url: http://x/v1, model: m, concurrency: 0} | Invalid teacher.endpoint.concurrency: 0 (must be 1 to 256)
                    teacher.endpoint={url: http://x/v1, model: m, budget: {money: 1}} | Invalid teacher.endpoint.budget.money: a limit (must be absent without endpoint.price)
                    teacher.device=gpu                    | Invalid teacher.device: gpu (must be cpu, cuda:all, or cuda:N with N from 0)
                    teacher.gpu_memory=1 GiB              | Invalid teacher.gpu_memory: 1073741824 (must be absent for cpu)
                    teacher.budget=0                      | Invalid teacher.budget: 0 (must be at least 1)
                    teacher.choose={by: diverse}          | Invalid teacher.choose: a choice (must be absent without budget)
                    teacher={budget: 3, choose: {rounds: 4}} | Invalid teacher.choose.rounds: 4 (must be at most budget)
                    teacher={budget: 3, choose: {strata: []}} | Invalid teacher.choose.strata: [] (must be at least one column)
                    teacher={budget: 99, choose: {rounds: 51}} | Invalid teacher.choose.rounds: 51 (must be 1 to 50)
                    teacher.review={rows: 0}              | Invalid teacher.review.rows: 0 (must be 1 to 100000)
                    teacher.review={by: disagreement}     | Invalid teacher.review.by: disagreement (must be margin but for ensemble, whose members may disagree)
                    teacher.windows=0                     | Invalid teacher.windows: 0 (must be 1 to 256)
                    teacher.entailment=1                  | Invalid teacher.entailment: 1 (must be >= 0, and absent but for nli)
                    teacher={kind: nli, model: m, windows: 2, labels: [{name: a}, {name: b}]} | Invalid teacher.windows: 2 (must be 1 for nli)
                    teacher={kind: ensemble, members: [{}]} | Invalid teacher.members: 1 members (must be at least 2 for ensemble, and absent otherwise)
                    teacher={kind: ensemble, members: [{}, {kind: ensemble}]} | Invalid teacher.members[1].kind: ensemble (must be a single teacher in an ensemble)
                    teacher.endpoint={url: 'http://x/v1?key=k', model: m} | Invalid teacher.endpoint.url: http://x/v1?key=k (must be an http or https address without user, password and query, which would be shown)
                    teacher={kind: ensemble, members: [{}, {kind: nli, model: m}]} | Invalid teacher.members[1].labels: 0 labels (must be at least 2 for nli)
                    teacher={kind: ensemble, members: [{}, {kind: embedding-head, column: c}]} | Invalid teacher.members[1].column: c (must be given for column, and for it alone)
                    teacher={kind: ensemble, members: [{}, {weight: 0}]} | Invalid teacher.members[1].weight: 0.0 (must be above 0 and at most 1,000,000)
                    teacher.phrasings=[about it]          | Invalid teacher.phrasings: [about it] (must be sentences with {} in each)
                    teacher.model=" "                     | Invalid teacher.model: "" (must be minilm, bge-small-en-v15, e5-small-v2 or a folder with model.onnx and tokenizer.json)
                    teacher={precision: fp16}             | Invalid teacher.precision: fp16 (must be fp32, int8 or auto for minilm, bge-small-en-v15, e5-small-v2)
                    teacher={kind: nli, model: m, labels: [{name: a}, {name: b}], precision: auto} | Invalid teacher.precision: auto (must be fp32, fp16 or int8 for nli)
                    teacher.gold=1                        | Invalid teacher.gold: 1 (must be at least 2)
                    teacher.max_tokens=513                | Invalid teacher.max_tokens: 513 (must be 8 to 512)
                    student.labels=hard                   | Invalid student.labels: hard (must be one of soft, gold, soft+gold)
                    student.pool=-1                       | Invalid student.pool: -1 (must be at least 0)
                    student.word_ngrams=4                 | Invalid student.word_ngrams: 4 (must be 1 to 3)
                    student.min_documents=0               | Invalid student.min_documents: 0 (must be at least 1)
                    student.max_features=0                | Invalid student.max_features: 0 (must be at least 1)
                    student.vector_dimensions=0           | Invalid student.vector_dimensions: 0 (must be 1 to 1024)
                    student.max_vectors=0                 | Invalid student.max_vectors: 0 (must be at least 1)
                    student.epochs=0                      | Invalid student.epochs: 0 (must be at least 1)
                    student.gold_weight=1.1               | Invalid student.gold_weight: 1.1 (must be 0 to 1)
                    student.targets.retained=97           | Invalid student.targets.retained: 97.0 (must be 0 to 1)
                    student.targets.f1_weighted=-1        | Invalid student.targets.f1_weighted: -1.0 (must be 0 to 1)
                    student.targets.agreement=2           | Invalid student.targets.agreement: 2.0 (must be 0 to 1)
                    student.targets.ece=2                 | Invalid student.targets.ece: 2.0 (must be 0 to 1)
                    student.targets.size=10 megs          | Invalid student.targets.size: 10 megs (must be a size such as 1000000, 10 MB or 1.5 GiB)
                    student.targets.size=0                | Invalid student.targets.size: 0 (must be at least 1)
                    student.targets.docs_per_second=0     | Invalid student.targets.docs_per_second: 0.0 (must be greater than 0)
                    student.targets.speedup=0             | Invalid student.targets.speedup: 0.0 (must be greater than 0)
                    report.slices=[language]              | Invalid report.slices[0]: language (must be one of source, length; columns that a source keeps may be named too)
                    student.targets.joules=0              | Invalid student.targets.joules: 0.0 (must be greater than 0)
                    student.targets.not_worse_than=next   | Invalid student.targets.not_worse_than: next (must be previous)
                    report.slices=[length, length]        | Invalid report.slices: [length, length] (must be without repetition)
                    report.examples=1001                  | Invalid report.examples: 1001 (must be 0 to 1000)
                    student={kind: encoder, calibration: isotonic} | Invalid student.calibration: isotonic (must be temperature for student.kind: encoder)
                    student.kind=transformer              | Invalid student.kind: transformer (must be one of auto, lexical, static, hybrid, encoder)
                    report=none                           | Invalid report: none (must be a section of keys)
                    """)
    void aValueOutOfItsBoundsIsToldWithTheBounds(String override, String problem) {
        assertThat(TaskFiles.problems(TaskFiles.MINIMAL, override))
                .singleElement()
                .asString()
                .endsWith(": " + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    corpus=[{source: jsonl, path: p}]; teacher={kind: column, column: c, labels: [{name: a}, {name: b}]} | Invalid teacher.column: c (must be a column that corpus and evaluate keep: keep: [c])
                    corpus=[{source: jsonl, path: p, keep: [c]}]; teacher={kind: column, column: c, labels: [{name: a}, {name: b}]}; score={sources: [{source: jsonl, path: l}], route: {agreement: 0.9}} | Invalid score.route: a section (must be absent where the teacher reads column c, which no source of score keeps; keep it there too: score.keep: [c])
                    corpus=[{source: jsonl, path: p, keep: [c]}]; teacher={kind: column, column: c, labels: [{name: a}, {name: b}]}; student.targets.speedup=3 | Invalid student.targets.speedup: 3.0 (must be absent with teacher.kind: column, whose speed is not measured)
                    teacher={kind: zero-shot, labels: [{name: a}, {name: b}]}; score={sources: [{source: jsonl, path: l}], route: {recall: 0.9, label: z}} | Invalid score.route.label: z (must be one of teacher.labels)
                    student.kind=encoder; score={sources: [{source: jsonl, path: l}], engine: sql} | Invalid score.engine: sql (must be auto or onnx for student.kind: encoder)
                    """)
    void whatCannotGoTogetherIsRefused(String overrides, String problem) {
        assertThat(TaskFiles.problems(TaskFiles.MINIMAL, overrides.split("; ")))
                .singleElement()
                .asString()
                .endsWith(": " + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    teacher={kind: reference, gold: 500}  | Invalid teacher.gold: 500 (must be absent for kind: summarize)
                    teacher={kind: salience, review: {rows: 5}} | Invalid teacher.review: a section (must be absent for kind: summarize)
                    teacher={kind: http, labels: [{name: a}, {name: b}], endpoint: {url: http://x/v1, model: m}} | Invalid teacher.labels: 2 labels (must be absent for kind: summarize)
                    teacher={kind: http, endpoint: {url: http://x/v1, model: m, prompts: ['a {text}', 'b {text}']}} | Invalid teacher.endpoint.prompts: 2 prompts (must be one at most for kind: summarize, where no gold chooses)
                    teacher={kind: http, endpoint: {url: http://x/v1, model: m, prompts: ['{labels} {text}']}} | Invalid teacher.endpoint.prompts: [{labels} {text}] (must be a question with {text}, and without {labels}, for kind: summarize)
                    teacher={kind: http}                  | Invalid teacher.endpoint: absent (must be given for http, and for it alone)
                    teacher={kind: salience, endpoint: {url: http://x/v1, model: m}} | Invalid teacher.endpoint: a section (must be given for http, and for it alone)
                    teacher={kind: ensemble, members: [{kind: reference}]} | Invalid teacher.members: 1 members (must be at least 2 for ensemble, and absent otherwise)
                    teacher={kind: ensemble, members: [{kind: reference}, {kind: nli, model: m}]} | Invalid teacher.members[1].labels: 0 labels (must be at least 2 for nli)
                    teacher={kind: ensemble, members: [{kind: reference}, {}]} | Invalid teacher.members[1].kind: embedding-head (must be reference, salience, http for kind: summarize)
                    teacher={kind: ensemble, members: [{kind: reference}, {kind: salience}, {kind: reference}]} | Invalid teacher.members[2].kind: reference (must be there once; weight says how much it counts)
                    teacher={kind: ensemble, members: [{kind: reference}, {kind: salience, precision: auto}]} | Invalid teacher.members[1].precision: auto (must be fp32, fp16 or int8 for kind: summarize)
                    student.calibration=isotonic          | Invalid student.calibration: isotonic (must be absent for kind: summarize)
                    student.distillation={temperature: 2} | Invalid student.distillation: a section (must be absent for kind: summarize)
                    student.distillation={by: self}       | Invalid student.distillation.by: a coach (must be direct for kind: summarize)
                    student.labels=gold                   | Invalid student.labels: gold (must be absent for kind: summarize)
                    student.gold_weight=0.5               | Invalid student.gold_weight: 0.5 (must be absent for kind: summarize)
                    summarize.budget={words: 2, tokens: 2} | Invalid summarize.budget: 2 units (must be one of sentences, words, characters, share and tokens)
                    summarize.budget={tokens: 0}          | Invalid summarize.budget.tokens: 0 (must be at least 1)
                    summarize.budget={tokens: 9, tokenizer: bert} | Invalid summarize.budget.tokenizer: bert (must be one of minilm, bge-small-en-v15, e5-small-v2)
                    summarize.budget={words: 9, tokenizer: minilm} | Invalid summarize.budget.tokenizer: minilm (must be absent but for a budget of tokens)
                    """)
    void whatMakesNoSenseForSummariesIsRefused(String override, String problem) {
        assertThat(TaskFiles.problems(TaskFiles.MINIMAL, "kind=summarize", "teacher={kind: reference}", override))
                .singleElement()
                .asString()
                .endsWith(": " + problem);
    }

    @Test
    void tokensOfATeachersOwnFolderAreRefusedWithWhatToDo() {
        assertThat(TaskFiles.problems(
                        TaskFiles.MINIMAL,
                        "kind=summarize",
                        "teacher={kind: salience, model: ./mine}",
                        "summarize.budget={tokens: 200}"))
                .singleElement()
                .asString()
                .contains(
                        "Invalid summarize.budget.tokens: 200",
                        "summarize.budget.tokenizer, one of minilm",
                        "folder (./mine)",
                        "or words or characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{kind: http, endpoint: {url: http://x/v1, model: m}}",
                "{kind: http, endpoint: {url: http://x/v1, model: m, prompts: ['Short, {budget}: {text}'], answer: text}}",
                "{kind: ensemble, members: [{kind: reference, weight: 2}, {kind: salience}]}",
                "{kind: ensemble, endpoint: {url: http://x/v1, model: m}, members: [{kind: salience}, {kind: salience, model: e5-small-v2}, {kind: http}]}"
            })
    void teachersOfSummariesAreRead(String teacher) {
        assertThat(TaskFiles.read(TaskFiles.MINIMAL + "kind: summarize\nteacher: " + teacher)
                        .kind())
                .isEqualTo(TaskKind.SUMMARIZE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"multilabel", "regress"})
    void anEncoderStudentGivesOneLabelOfSeveral(String kind) {
        assertThat(TaskFiles.problems(TaskFiles.MINIMAL, "kind=" + kind, "student.kind=encoder"))
                .singleElement()
                .asString()
                .endsWith(": Invalid student.kind: encoder (must be absent but for kind: classify)");
    }

    @Test
    void longAndBrokenValuesAreShownShortOnOneLine() {
        List<String> problems = TaskFiles.problems(TaskFiles.MINIMAL, "seed=\"a\\nb" + "c".repeat(200) + "\"");
        assertThat(problems)
                .singleElement()
                .asString()
                .contains("Invalid seed: a bccc")
                .contains("... (must be")
                .hasSizeLessThan(150);
    }

    @Test
    void theReaderOfSourcesIsAskedAboutEverySourceAlsoWhenOtherKeysAreWrong() {
        Path file = TaskFiles.file(
                TaskFiles.MINIMAL
                        + "seed: x\ncorpus: [{source: jsonl}, {source: csv}]\nevaluate: [{source: text}]\nscore: [{source: parquet}]\n");
        SourceCheck check = (where, source) -> List.of(
                "Invalid " + where + ".path: nothing (must be given for " + Scalars.name(source.source()) + ")");
        assertThatThrownBy(() -> new TaskFileReader(check).read(file, List.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("5 problems")
                .hasMessageContaining("line 4: Invalid corpus[1].path: nothing (must be given for csv)")
                .hasMessageContaining("line 5: Invalid evaluate[0].path: nothing (must be given for text)")
                .hasMessageContaining("line 6: Invalid score[0].path: nothing (must be given for parquet)");
    }

    @Test
    void aKeyThatWasNotIndentedIsToldWhereItBelongs() {
        assertThat(TaskFiles.problems(TaskFiles.MINIMAL + "targets: {retained: 0.9}\n"))
                .singleElement(InstanceOfAssertFactories.STRING)
                .endsWith("; did you mean student.targets? It needs more indentation)");
    }

    @Test
    void aNameThatWasCutShortIsCompleted() {
        assertThat(TaskFiles.problems(TaskFiles.MINIMAL + "student: {targets: {f1: 0.9}}\n"))
                .singleElement(InstanceOfAssertFactories.STRING)
                .endsWith("; nearest: f1_at)");
    }
}
