package dev.stillhouse.datasets.source;

import dev.stillhouse.datasets.config.Key;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** One entry of {@code corpus}, {@code evaluate} or {@code score}: where documents come from and which columns they are made of. */
public record SourceConfig(
        @Key(
                "What to read: jsonl, parquet, csv, text (files), delta, iceberg (tables; their jars must be there, see docs/sources.md), wordnet or europarl (corpora that come with Stillhouse).")
        SourceKind source,

        @Key("Name of the source in datasets, slices and reports; without it the last part of the path, or the kind.")
        Optional<String> name,

        @Key(
                "File, folder or glob, on any Hadoop file system, compressed as Spark reads it; a relative one is relative to the task file. For files, and required there; for tables the folder of one that has no name.")
        Optional<String> path,

        @Key("For delta and iceberg: name of the table, as Spark's catalogs know it, in place of path.")
        Optional<String> table,

        @Key(
                "Column or Spark SQL expression of the document's id, unique within the source; without it the id is derived from source, relative path and content.")
        Optional<String> id,

        @Key(value = "Column or Spark SQL expression of the document's text.", defaultValue = "text")
        String text,

        @Key("Column or Spark SQL expression of the gold label, null where there is none.")
        Optional<String> label,

        @Key(
                "summarize: column or Spark SQL expression of a summary that a person wrote, to learn from or to judge by; null where there is none.")
        Optional<String> reference,

        @Key(
                "Columns to keep beside the text, or `expression as name`: for rules, duplicate keys, survivors and as `attributes` in curated, as text.")
        List<String> keep,

        @Key("Spark SQL predicate over the source's columns; only rows for which it is true are read.")
        Optional<String> where,

        @Key("Read only a part, chosen by hash so that it does not depend on partitions.")
        Optional<SampleConfig> sample,

        @Key(value = "For text: whether a document is a whole `file` or a `line`.", defaultValue = "file")
        DocumentUnit document,

        @Key(value = "For csv: the character between columns.", defaultValue = ",")
        String separator,

        @Key(
                value = "For csv: whether quoted values may hold line breaks; rejects then have no position.",
                defaultValue = "false")
        boolean multiline,

        @Key("For wordnet: noun, verb, adjective or adverb; without it all of them.")
        Optional<PartOfSpeech> partOfSpeech,

        @Key("For europarl: two-letter codes of the languages to read; without it all 21.")
        List<String> languages) {

    public SourceConfig {
        languages = List.copyOf(languages);
        keep = List.copyOf(keep);
    }

    /** The same source, which keeps these columns too, in place of those of the same names. */
    public SourceConfig keeping(List<String> more) {
        Set<String> names = new HashSet<>();
        more.stream()
                .flatMap(entry -> KeptColumn.of(entry).stream())
                .forEach(column -> names.add(column.name().toLowerCase(Locale.ROOT)));
        Stream<String> others = keep.stream().filter(entry -> KeptColumn.of(entry)
                .filter(column -> names.contains(column.name().toLowerCase(Locale.ROOT)))
                .isEmpty());
        List<String> all = Stream.concat(others, more.stream()).toList();
        return new SourceConfig(
                source,
                name,
                path,
                table,
                id,
                text,
                label,
                reference,
                all,
                where,
                sample,
                document,
                separator,
                multiline,
                partOfSpeech,
                languages);
    }

    /** What one document of a text source is. */
    public enum DocumentUnit {
        FILE,
        LINE
    }

    /** WordNet's parts of speech; satellites count as adjectives. */
    public enum PartOfSpeech {
        NOUN,
        VERB,
        ADJECTIVE,
        ADVERB
    }
}
