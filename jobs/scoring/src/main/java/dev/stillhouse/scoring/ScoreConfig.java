package dev.stillhouse.scoring;

import dev.stillhouse.datasets.config.Checks;
import dev.stillhouse.datasets.config.Key;
import dev.stillhouse.datasets.config.Violation;
import dev.stillhouse.datasets.schema.Origin;
import dev.stillhouse.datasets.schema.Scores;
import dev.stillhouse.datasets.source.KeptColumn;
import dev.stillhouse.datasets.source.SourceConfig;
import dev.stillhouse.scoring.cascade.OnTeacherFailure;
import dev.stillhouse.scoring.cascade.RouteConfig;
import dev.stillhouse.scoring.drift.DriftConfig;
import dev.stillhouse.scoring.output.OutputConfig;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The section {@code score}: what to run the student over, and how. */
public record ScoreConfig(
        @Key(value = "What to run the student over; the list may stand for the section.", alone = true)
        List<SourceConfig> sources,

        @Key(
                value =
                        "What runs the student: auto (the kernel, and onnx for a student cut from an encoder), kernel (one loop in Java), sql (Spark's own expressions and joins, which RAPIDS runs on GPUs; many times slower without) or onnx (ONNX Runtime). All give the same scores within 1e-5.",
                defaultValue = "auto")
        Engine engine,

        @Key(
                "Columns of every source to carry along into the scores, or `expression as name`, as text; they are added to what a source keeps.")
        List<String> keep,

        @Key(
                value =
                        "Characters of a text that are read, from its beginning; how many texts were longer is in the report. At least 1.",
                defaultValue = "1000000")
        int maxChars,

        @Key(
                value =
                        "So many n-grams of each text that decided go into the scores, with what each added exactly (`explained`). 0 to 100; for students of n-grams and vectors, and not with engine sql. Several times slower.",
                defaultValue = "0")
        int explain,

        @Key(
                value =
                        "Of equal texts, with engine onnx: off (each is run), run (one is run, and its score is all of theirs) or runs (also across runs of the same student: what it gave is kept in score/cache).",
                defaultValue = "run")
        Reuse reuse,

        @Key("What is promised of the scores; documents that the student is not sure enough of go to the teacher.")
        Optional<RouteConfig> route,

        @Key(
                value =
                        "Where the teacher stops answering documents that route sends it: stop (what it answered is kept, and the next run goes on from there) or student (the student's answers stay, with route fallback, and count as disagreeing with the teacher's).",
                defaultValue = "stop")
        OnTeacherFailure onTeacherFailure,

        @Key("Where the published scores are delivered as well; without this section they stay in the workspace.")
        Optional<OutputConfig> output,

        @Key(
                value =
                        "Whether the scores of documents that the served run has scored by the same student, and that have not changed, are taken over.",
                defaultValue = "false")
        boolean incremental,

        @Key("How far scored documents may be from those that the student was chosen on.")
        DriftConfig drift) {

    public ScoreConfig {
        sources = List.copyOf(sources);
        keep = List.copyOf(keep);
        Checks checks = new Checks()
                .atLeast(1, "max_chars", maxChars)
                .between(0, 100, "explain", explain)
                .that(
                        !incremental || route.isEmpty(),
                        new Violation("incremental", "true", "false with route, whose promise is about all of a run"));
        List<String> taken = Stream.concat(
                        Scores.COLUMNS.stream(), incremental ? Origin.names().stream() : Stream.<String>empty())
                .toList();
        Set<String> seen = new HashSet<>(taken);
        for (int i = 0; i < keep.size(); i++) {
            Optional<KeptColumn> column = KeptColumn.of(keep.get(i));
            checks.that(
                    column.isPresent() && seen.add(column.get().name().toLowerCase(Locale.ROOT)),
                    new Violation(
                            "keep[" + i + "]",
                            keep.get(i),
                            "a column's name, or `expression as name`, the name of letters, digits and _, named once and none of "
                                    + String.join(", ", taken)));
        }
        checks.verify();
    }

    /** Whole texts, and nothing carried along. */
    public static ScoreConfig plain() {
        return of(Engine.AUTO, List.of(), Integer.MAX_VALUE);
    }

    /** No sources, and the other keys at their defaults. */
    public static ScoreConfig of(Engine engine, List<String> keep, int maxChars) {
        return new ScoreConfig(
                List.of(),
                engine,
                keep,
                maxChars,
                0,
                Reuse.RUN,
                Optional.empty(),
                OnTeacherFailure.STOP,
                Optional.empty(),
                false,
                DriftConfig.warning());
    }

    /** The same, which carries these columns along. */
    public ScoreConfig withKeep(List<String> columns) {
        return with(engine, columns, reuse, incremental);
    }

    /** The same, run by another engine. */
    public ScoreConfig withEngine(Engine newEngine) {
        return with(newEngine, keep, reuse, incremental);
    }

    /** The same, with another reuse of equal texts. */
    public ScoreConfig withReuse(Reuse newReuse) {
        return with(engine, keep, newReuse, incremental);
    }

    /** The same for the documents of an incremental run, which carries columns of their attributes along that no source is asked to keep; what earlier runs gave is the increment's business. */
    public ScoreConfig carrying(List<String> names) {
        List<String> all = Stream.concat(keep.stream(), names.stream()).toList();
        return with(engine, all, reuse == Reuse.RUNS ? Reuse.RUN : reuse, false);
    }

    private ScoreConfig with(Engine newEngine, List<String> newKeep, Reuse newReuse, boolean isIncremental) {
        return new ScoreConfig(
                sources,
                newEngine,
                newKeep,
                maxChars,
                explain,
                newReuse,
                route,
                onTeacherFailure,
                output,
                isIncremental,
                drift);
    }

    /** The sources, which keep these columns too. */
    public List<SourceConfig> keepingSources() {
        return sources.stream().map(source -> source.keeping(keep)).toList();
    }

    /** Names of the columns that are carried along. */
    public List<String> keptNames() {
        return keep.stream()
                .flatMap(entry -> KeptColumn.of(entry).stream())
                .map(KeptColumn::name)
                .toList();
    }

    /** What runs a student. */
    public enum Engine {
        AUTO,
        KERNEL,
        SQL,
        ONNX
    }

    /** Which texts are not run again. */
    public enum Reuse {
        OFF,
        RUN,
        RUNS
    }
}
