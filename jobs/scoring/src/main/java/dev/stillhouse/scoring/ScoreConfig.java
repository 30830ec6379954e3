package dev.stillhouse.scoring;

import dev.stillhouse.datasets.config.Checks;
import dev.stillhouse.datasets.config.Key;
import dev.stillhouse.datasets.config.Violation;
import dev.stillhouse.datasets.schema.Scores;
import dev.stillhouse.datasets.source.KeptColumn;
import dev.stillhouse.datasets.source.SourceConfig;
import dev.stillhouse.scoring.drift.DriftConfig;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

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

        @Key("How far scored documents may be from those that the student was chosen on.")
        DriftConfig drift) {

    public ScoreConfig {
        sources = List.copyOf(sources);
        keep = List.copyOf(keep);
        Checks checks = new Checks().atLeast(1, "max_chars", maxChars);
        Set<String> seen = new HashSet<>(Scores.COLUMNS);
        for (int i = 0; i < keep.size(); i++) {
            Optional<KeptColumn> column = KeptColumn.of(keep.get(i));
            checks.that(
                    column.isPresent() && seen.add(column.get().name().toLowerCase(Locale.ROOT)),
                    new Violation(
                            "keep[" + i + "]",
                            keep.get(i),
                            "a column's name, or `expression as name`, the name of letters, digits and _, named once and none of "
                                    + String.join(", ", Scores.COLUMNS)));
        }
        checks.verify();
    }

    /** Whole texts, and nothing carried along. */
    public static ScoreConfig plain() {
        return new ScoreConfig(List.of(), Engine.AUTO, List.of(), Integer.MAX_VALUE, DriftConfig.warning());
    }

    /** The same, which carries these columns along. */
    public ScoreConfig withKeep(List<String> columns) {
        return new ScoreConfig(sources, engine, columns, maxChars, drift);
    }

    /** The same, run by another engine. */
    public ScoreConfig withEngine(Engine newEngine) {
        return new ScoreConfig(sources, newEngine, keep, maxChars, drift);
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
}
