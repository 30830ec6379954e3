package dev.stillhouse.cli.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillhouse.curation.CurateConfig;
import dev.stillhouse.datasets.config.Checks;
import dev.stillhouse.datasets.config.Key;
import dev.stillhouse.datasets.config.Violation;
import dev.stillhouse.datasets.source.KeptColumn;
import dev.stillhouse.datasets.source.SourceConfig;
import dev.stillhouse.scoring.ScoreConfig;
import dev.stillhouse.scoring.summaries.SummarizeConfig;
import dev.stillhouse.student.StudentConfig;
import dev.stillhouse.teacher.TeacherConfig;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A task file: what to learn from, what to teach, what to score and where everything goes. Immutable; equal files are equal records. */
public record TaskFile(
        @Key("Name of the task: lower-case letters, digits and dashes.")
        String task,

        @Key(
                value =
                        "What the student learns: classify (one label of several), multilabel (any number of labels), regress (a number) or summarize (which sentences say the most).",
                defaultValue = "classify")
        TaskKind kind,

        @Key(
                "Folder for everything that the task writes, on any Hadoop file system; a relative one is relative to the task file.")
        String workspace,

        @Key(
                value =
                        "Seed of every random choice: which documents are gold, how training is shuffled, bootstrap draws.",
                defaultValue = "42")
        long seed,

        @Key("What to learn from.") List<SourceConfig> corpus,

        @Key(
                "What to judge on, read once and never trained on: a list of sources, {rows: N} or {fraction: F} of the corpus; without it a tenth of the labelled documents.")
        EvaluateConfig evaluate,

        @Key("How documents are cleaned, reduced and checked.")
        CurateConfig curate,

        @Key("The costly model that labels the corpus.") TeacherConfig teacher,

        @Key("The cheap model that learns from the teacher, and what it must reach.")
        StudentConfig student,

        @Key(
                "Documents that belong to none of the labels, to see whether the student is less sure of them: the report has the area under the ROC curve.")
        List<SourceConfig> outOfScope,

        @Key("What to run the student over, and how.") ScoreConfig score,

        @Key("summarize: what to summarise, and how.") SummarizeConfig summarize,

        @Key("What the report shows.") ReportConfig report) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]+");

    public TaskFile {
        corpus = List.copyOf(corpus);
        outOfScope = List.copyOf(outOfScope);
        List<String> slices = slices(corpus, evaluate);
        Checks checks = new Checks();
        for (int i = 0; i < report.slices().size(); i++) {
            String slice = report.slices().get(i);
            checks.that(
                    slices.contains(slice),
                    new Violation(
                            "report.slices[" + i + "]",
                            slice,
                            "one of " + String.join(", ", slices) + "; columns that a source keeps may be named too"));
        }
        checks.that(NAME.matcher(task).matches(), new Violation("task", task, "lower-case letters, digits and dashes"))
                .that(!workspace.isBlank(), new Violation("workspace", "\"\"", "a folder"));
        TaskRules rules = new TaskRules(kind, checks);
        rules.teacher(teacher);
        rules.student(student);
        rules.outOfScope(!outOfScope.isEmpty());
        rules.score(score);
        rules.output(score);
        rules.output(summarize);
        rules.columns(teacher, corpus, score);
        rules.together(teacher, student, score);
        rules.summarize(summarize, teacher);
        checks.verify();
        summarize = summarize.countedBy(teacher.tokenizer());
    }

    /** The same task, which scores otherwise. */
    TaskFile withScore(ScoreConfig newScore) {
        return new TaskFile(
                task,
                kind,
                workspace,
                seed,
                corpus,
                evaluate,
                curate,
                teacher,
                student,
                outOfScope,
                newScore,
                summarize,
                report);
    }

    /** What evaluation documents can be grouped by: their source and length, and the columns that are kept of them. */
    private static List<String> slices(List<SourceConfig> corpus, EvaluateConfig evaluate) {
        List<SourceConfig> judged = evaluate.sources().isEmpty() ? corpus : evaluate.sources();
        Stream<String> kept = KeptColumn.names(judged).stream();
        return Stream.concat(Stream.of("source", "length"), kept).distinct().toList();
    }

    /**
     * One section with its defaults filled in, in canonical form, for fingerprints and provenance.
     *
     * @param key a key of the task file, such as {@code student}
     * @throws IllegalArgumentException if the task file has no such key
     */
    public JsonNode section(String key) {
        JsonNode section = CanonicalJson.of(this).get(key);
        if (section == null) {
            throw new IllegalArgumentException("Invalid section: " + key + " (must be a key of the task file)");
        }
        return section;
    }
}
