package dev.stillhouse.cli.pipeline;

import dev.stillhouse.cli.config.LoadedTask;
import dev.stillhouse.cli.config.TaskFile;
import dev.stillhouse.datasets.publish.Storage;
import dev.stillhouse.datasets.publish.Workspace;
import dev.stillhouse.datasets.source.SourceConfig;
import dev.stillhouse.scoring.output.OutputSection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.GlobExpander;
import org.apache.hadoop.fs.GlobPattern;
import org.apache.hadoop.fs.Path;

/** Where the {@code path} of an output lies: apart from the workspace and from everything that the task reads. */
record OutputPlace(LoadedTask task, Workspace workspace, Configuration hadoop) {

    /**
     * The path of the output, with scheme and authority.
     *
     * @param given as the section has it
     * @throws dev.stillhouse.udfs.errors.ConfigurationException if it is none, or holds or lies in the workspace or a source
     */
    Path of(OutputSection section, String given) {
        Path path = qualified(section, given);
        if (path.getParent() == null) {
            throw section.invalid("path", given, "be a folder, and not the root of a file system");
        }
        if (overlaps(workspace.root().toString(), path)) {
            throw section.invalid(
                    "path", given, "lie apart from the workspace, " + workspace.root() + ", which has runs of its own");
        }
        sources(task.task())
                .flatMap(source -> source.path().stream())
                .filter(source -> overlaps(task.resolve(source), path))
                .findFirst()
                .ifPresent(source -> {
                    throw section.invalid(
                            "path",
                            given,
                            "lie apart from what is read, " + source + ", or its rows would become documents");
                });
        return path;
    }

    private Path qualified(OutputSection section, String given) {
        try {
            Path path = new Path(task.resolve(given));
            return real(Storage.of(path, hadoop).qualify(path));
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw section.invalid("path", given, "be a folder that Hadoop can reach: " + e.getMessage());
        }
    }

    /** All that the task reads, in whichever stage. */
    static Stream<SourceConfig> sources(TaskFile task) {
        return Stream.of(
                        task.corpus(),
                        task.evaluate().sources(),
                        task.outOfScope(),
                        task.score().sources(),
                        task.summarize().sources())
                .flatMap(List::stream);
    }

    /** Whether one of the two is the other or lies below it; the source may be a glob. */
    private boolean overlaps(String source, Path output) {
        try {
            return GlobExpander.expand(source).stream().anyMatch(one -> {
                Path path = new Path(one);
                Path qualified = real(Storage.of(path, hadoop).qualify(path));
                return authority(qualified).equals(authority(output)) && begin(parts(qualified), parts(output));
            });
        } catch (IOException | IllegalArgumentException | UncheckedIOException e) {
            // No path at all, which reading it tells.
            return false;
        }
    }

    /** A local path without links, as far as it exists: a link to a source is the source. */
    private static Path real(Path path) {
        if (!"file".equals(path.toUri().getScheme())) {
            return path;
        }
        java.nio.file.Path local = java.nio.file.Path.of(path.toUri().getPath());
        java.nio.file.Path existing = local;
        while (existing.getParent() != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        try {
            String real =
                    existing.toRealPath().resolve(existing.relativize(local)).toString();
            return new Path(path.toUri().getScheme(), path.toUri().getAuthority(), real);
        } catch (IOException e) {
            // What cannot be looked at is told by whoever reads or writes it.
            return path;
        }
    }

    private static String authority(Path path) {
        return path.toUri().getScheme() + "://"
                + Optional.ofNullable(path.toUri().getAuthority()).orElse("");
    }

    private static List<String> parts(Path path) {
        return Arrays.stream(path.toUri().getPath().split("/"))
                .filter(part -> !part.isEmpty())
                .toList();
    }

    private static boolean begin(List<String> globs, List<String> names) {
        for (int i = 0; i < Math.min(globs.size(), names.size()); i++) {
            if (!globs.get(i).equals(names.get(i)) && !matches(globs.get(i), names.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean matches(String glob, String name) {
        try {
            return new GlobPattern(glob).matches(name);
        } catch (PatternSyntaxException e) {
            return false;
        }
    }
}
