package dev.stillhouse.datasets.source;

import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.datasets.schema.Rejects;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads a task's sources as documents and rejects, the same ones for any partitioning. Not serialisable; safe for use by one thread at a time. */
public final class SourceReader {
    private final SparkSession spark;
    private final String baseFolder;
    private final long seed;

    /**
     * @param baseFolder folder of the task file, on any Hadoop file system: what relative paths are relative to
     * @param seed what samples are drawn by
     */
    public SourceReader(SparkSession spark, String baseFolder, long seed) {
        this.spark = spark;
        this.baseFolder = baseFolder;
        this.seed = seed;
    }

    /** {@link #read(String, List)} for sources whose place in the task file is not known. */
    public SourceRows read(List<SourceConfig> sources) {
        return read("source", sources);
    }

    /**
     * Reads sources. Files are listed and, for JSON lines and CSV, looked through for their columns now; documents are read when the result is.
     *
     * @param section the task file's key of the list, such as {@code corpus}, for messages
     * @param sources may be empty
     * @return the union of all, each under a name of its own
     * @throws dev.stillhouse.udfs.errors.ConfigurationException if a column or expression cannot be resolved
     * @throws dev.stillhouse.udfs.errors.DataException if a path does not exist, a compressed or Parquet file is damaged, or headers of CSV files differ; for damage also when the result is read, as a cause
     */
    public SourceRows read(String section, List<SourceConfig> sources) {
        return read(SourceSection.of(section), sources);
    }

    /** {@link #read(String, List)} for a section that asks for columns itself. */
    public SourceRows read(SourceSection section, List<SourceConfig> sources) {
        return read(section, sources, SourceSelection.ALL);
    }

    /** {@link #read(SourceSection, List)} of a part of what is there. */
    public SourceRows read(SourceSection section, List<SourceConfig> sources, SourceSelection selection) {
        SourceRows all = new SourceRows(
                spark.createDataFrame(List.of(), Documents.SCHEMA), spark.createDataFrame(List.of(), Rejects.SCHEMA));
        List<String> names = SourceNames.of(sources);
        for (int i = 0; i < sources.size(); i++) {
            SourceConfig source = sources.get(i);
            Dataset<Row> rawDF = selection.skips(names.get(i)) ? none() : raw(names.get(i), source, selection);
            SourceRows rows = new DocumentRows(names.get(i), withDefaults(source), seed).of(rawDF, section, i);
            all = i == 0 ? rows : all.union(rows);
        }
        return all;
    }

    /**
     * What sources are at this moment, in their order.
     *
     * @throws dev.stillhouse.udfs.errors.DataException if a path does not exist
     */
    public List<InputFingerprint> fingerprints(List<SourceConfig> sources) {
        List<String> names = SourceNames.of(sources);
        List<InputFingerprint> fingerprints = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            SourceConfig source = sources.get(i);
            fingerprints.add(fingerprint(names.get(i), source));
        }
        return fingerprints;
    }

    private InputFingerprint fingerprint(String name, SourceConfig source) {
        if (source.source().table().isPresent()) {
            return table(source).fingerprint(name);
        }
        return source.source().isFile()
                ? Fingerprints.of(name, listed(source))
                : Fingerprints.of(name, CatalogueFormat.corpus(source));
    }

    private TableSource table(SourceConfig source) {
        return TableSource.of(spark, source, baseFolder);
    }

    /**
     * What is wrong with a source's configuration, apart from what only its data can tell.
     *
     * @param where its place in the task file, such as {@code corpus[0]}
     * @return messages, empty if nothing is
     */
    public static List<String> problems(String where, SourceConfig source) {
        return new SourceProblems(where, source).list();
    }

    /**
     * The files of a source at this moment, sorted by path; none of a table, or of a source that comes with Stillhouse.
     *
     * @throws dev.stillhouse.udfs.errors.DataException if its path does not exist
     */
    public List<SourceFile> files(SourceConfig source) {
        return source.source().isFile()
                ? listed(source).files().stream()
                        .map(file -> new SourceFile(file.relative(), file.length(), file.stamp()))
                        .toList()
                : List.of();
    }

    private Dataset<Row> none() {
        return spark.createDataFrame(List.of(), RawRows.EMPTY);
    }

    private Dataset<Row> raw(String name, SourceConfig source, SourceSelection selection) {
        if (source.source().table().isPresent()) {
            Dataset<Row> tableDF = table(source).read();
            selection.columns(name, RawRows.own(tableDF.schema()));
            return tableDF;
        }
        if (!source.source().isFile()) {
            return new CatalogueFormat(spark).read(source);
        }
        SourceFiles files = listed(source).only(file -> selection.reads(name, file.relative()));
        if (files.isEmpty()) {
            return none();
        }
        Dataset<Row> rawDF = raw(source, files);
        selection.columns(name, RawRows.own(rawDF.schema()));
        return rawDF;
    }

    private Dataset<Row> raw(SourceConfig source, SourceFiles files) {
        return switch (source.source()) {
            case JSONL -> new JsonLinesFormat(spark, verbatim(source)).read(files);
            case CSV -> new CsvFormat(spark, source).read(files);
            case PARQUET -> new ParquetFormat(spark).read(files);
            case TEXT -> new TextFormat(spark).read(files, source.document());
            case DELTA, ICEBERG, WORDNET, EUROPARL ->
                throw new IllegalStateException("a table or catalogue source has no files");
        };
    }

    /** Columns that become strings: what a key names may also be an expression, which is then no column's name. */
    private static Set<String> verbatim(SourceConfig source) {
        return Stream.concat(
                        Stream.of(source.id(), Optional.of(source.text()), source.label())
                                .flatMap(Optional::stream),
                        KeptColumn.of(source).stream().map(KeptColumn::expression))
                .map(column -> column.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    private SourceFiles listed(SourceConfig source) {
        Configuration hadoop = ChunkPlan.hadoop(spark);
        return SourceFiles.list(baseFolder, source.path().orElseThrow(), hadoop);
    }

    private static SourceConfig withDefaults(SourceConfig source) {
        boolean isUsers = source.source().isFile() || source.source().table().isPresent();
        return isUsers ? source : CatalogueFormat.withDefaults(source);
    }
}
