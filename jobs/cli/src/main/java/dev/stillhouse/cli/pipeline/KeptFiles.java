package dev.stillhouse.cli.pipeline;

import dev.stillhouse.datasets.source.SourceConfig;
import dev.stillhouse.datasets.source.SourceFile;
import dev.stillhouse.datasets.source.SourceSelection;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Which files an incremental run does not read, since an earlier run has: decided source by source, and taken back where reading the others shows that all are needed. Not thread-safe. */
final class KeptFiles implements SourceSelection {
    private final Map<String, SourceConfig> sources;
    private final Map<String, List<SourceFile>> now;
    private final Optional<EarlierRun> earlier;
    private final Map<String, Set<String>> kept = new HashMap<>();
    private final Map<String, StructType> columns = new HashMap<>();

    /**
     * Keeps all files that are as they were, of sources that can be read in parts.
     *
     * @param sources by name
     * @param now their files at this moment
     * @param repeating names of sources some ids of which stand in several rows
     */
    KeptFiles(
            Map<String, SourceConfig> sources,
            Map<String, List<SourceFile>> now,
            Optional<EarlierRun> earlier,
            Set<String> repeating) {
        this.sources = sources;
        this.now = now;
        this.earlier = earlier;
        earlier.ifPresent(run -> sources.forEach((name, source) -> {
            boolean isCutAsAWhole =
                    source.sample().flatMap(sample -> sample.rows()).isPresent();
            if (run.comparable().contains(name)
                    && !run.unchanged().contains(name)
                    && !repeating.contains(name)
                    && !isCutAsAWhole
                    && source.source().isFile()) {
                keep(name, run);
            }
        }));
    }

    private void keep(String name, EarlierRun run) {
        Set<SourceFile> same = new HashSet<>(now.getOrDefault(name, List.of()));
        same.retainAll(Optional.ofNullable(run.files().sources().get(name))
                .map(InputFiles.Input::files)
                .orElse(List.of()));
        kept.put(name, same.stream().map(SourceFile::path).collect(Collectors.toSet()));
    }

    @Override
    public boolean skips(String source) {
        return earlier.filter(run -> run.unchanged().contains(source)).isPresent();
    }

    @Override
    public boolean reads(String source, String path) {
        return !kept.getOrDefault(source, Set.of()).contains(path);
    }

    @Override
    public void columns(String source, StructType found) {
        columns.put(source, found);
    }

    /** The run that has read them. */
    Optional<EarlierRun> earlier() {
        return earlier;
    }

    /** Names of the sources that are taken over as a whole. */
    Set<String> unchanged() {
        return earlier.map(EarlierRun::unchanged).orElse(Set.of());
    }

    /** The files that are not read, by source. */
    Map<String, Set<String>> byName() {
        Map<String, Set<String>> files = new TreeMap<>(kept);
        files.values().removeIf(Set::isEmpty);
        return files;
    }

    /** Takes back that files of these sources are kept; whether there were any. */
    boolean readAll(Set<String> names) {
        boolean isAny = names.stream().anyMatch(byName()::containsKey);
        kept.keySet().removeAll(names);
        return isAny;
    }

    /** Sources that have got columns of other types than the earlier run saw, of those that their expressions may name: their files are then to be read together. */
    Set<String> changed() {
        return byName().keySet().stream()
                .filter(columns::containsKey)
                .filter(name -> !named(columns.get(name), name).equals(named(before(name), name)))
                .collect(Collectors.toSet());
    }

    private StructType before(String name) {
        return (StructType) DataType.fromJson(
                earlier.orElseThrow().files().sources().get(name).columns());
    }

    /** Columns whose names stand somewhere in a source's expressions. */
    private Map<String, DataType> named(StructType all, String name) {
        SourceConfig source = sources.get(name);
        String expressions = Stream.of(
                        source.id(),
                        Optional.of(source.text()),
                        source.label(),
                        source.where(),
                        Optional.of(String.join("\n", source.keep())))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("\n"))
                .toLowerCase(Locale.ROOT);
        return Arrays.stream(all.fields())
                .filter(field -> expressions.contains(field.name().toLowerCase(Locale.ROOT)))
                .collect(Collectors.toMap(
                        StructField::name, StructField::dataType, (first, second) -> first, TreeMap::new));
    }

    /** What this run has seen of its sources, for the next one. */
    InputFiles seen() {
        Map<String, InputFiles.Input> inputs = new TreeMap<>();
        for (String name : sources.keySet()) {
            String schema = Optional.ofNullable(columns.get(name))
                    .map(StructType::json)
                    .or(() ->
                            earlier.map(run -> run.files().sources().get(name)).map(InputFiles.Input::columns))
                    .orElse(new StructType().json());
            inputs.put(name, new InputFiles.Input(schema, now.getOrDefault(name, List.of())));
        }
        return new InputFiles(inputs);
    }
}
