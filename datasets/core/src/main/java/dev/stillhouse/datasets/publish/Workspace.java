package dev.stillhouse.datasets.publish;

import dev.stillhouse.udfs.errors.ConfigurationException;
import dev.stillhouse.udfs.errors.DataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.jspecify.annotations.Nullable;

/**
 * A folder that holds the runs of all stages of one task: {@code <stage>/runs/<run>/} and {@code <stage>/CURRENT}, the id of the run that is served.
 */
public final class Workspace {
    private static final String MANIFEST = "manifest.json";
    private static final String STAGE = "stage.json";
    private static final String CURRENT = "CURRENT";
    private static final Pattern RUN = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

    private final Path root;
    private final Storage storage;

    public Workspace(Path root, Configuration configuration) {
        this.storage = Storage.of(root, configuration);
        this.root = storage.qualify(root);
    }

    /**
     * The workspace of a task.
     *
     * @throws ConfigurationException if {@code root} is no path of a file system that is configured
     */
    public static Workspace of(String root, Configuration configuration) {
        try {
            Path path = new Path(root);
            path.getFileSystem(configuration);
            return new Workspace(path, configuration);
        } catch (IllegalArgumentException | UnsupportedFileSystemException e) {
            throw new ConfigurationException(
                    "Invalid workspace: " + root + " (must be a path that Hadoop can read: " + e.getMessage() + ")", e);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot reach workspace " + root + ": " + e.getMessage(), e);
        }
    }

    /** Whether the workspace is a folder or lies below it; not so for a file, or for a glob, which may leave the workspace out. */
    public boolean isWithin(String folder) {
        try {
            Path other = storage.qualify(new Path(folder));
            for (@Nullable Path at = root; at != null; at = at.getParent()) {
                if (at.equals(other)) {
                    return true;
                }
            }
            return false;
        } catch (IllegalArgumentException e) {
            // Another file system's, or no path at all, which reading it tells.
            return false;
        }
    }

    /** The workspace's folder, with scheme and authority. */
    public Path root() {
        return root;
    }

    /** Where it lies. */
    public Storage storage() {
        return storage;
    }

    /**
     * The run of a stage that is served, if there is one.
     *
     * @throws DataException if {@code CURRENT} names a run that does not exist, or its manifest cannot be read
     */
    public Optional<PublishedRun> current(String stage) {
        return storage.read(new Path(stageFolder(stage), CURRENT)).map(content -> {
            String run = new String(content, StandardCharsets.UTF_8).trim();
            return find(stage, run)
                    .orElseThrow(() ->
                            new DataException("Cannot read " + new Path(stageFolder(stage), CURRENT) + ": it names run "
                                    + run + ", which has no manifest; delete the file and run the stage again"));
        });
    }

    /** A finished run by its id; nothing where it has no manifest, or the id would lead out of the folder of runs. */
    public Optional<PublishedRun> find(String stage, String run) {
        if (!RUN.matcher(run).matches()) {
            return Optional.empty();
        }
        Path folder = runFolder(stage, run);
        return storage.read(new Path(folder, MANIFEST))
                .map(content -> new PublishedRun(folder, manifest(folder, content), storage));
    }

    /** The ids of all runs of a stage, finished or not, oldest first. */
    public List<String> runs(String stage) {
        return new ArrayList<>(storage.folders(new Path(stageFolder(stage), "runs")));
    }

    /** The stage record of a run, finished or refused, if it got that far. */
    public Optional<byte[]> stageRecord(String stage, String run) {
        return storage.read(new Path(runFolder(stage, run), STAGE));
    }

    Path runFolder(String stage, String run) {
        return new Path(stageFolder(stage), "runs/" + run);
    }

    void writeStageRecord(String stage, String run, byte[] content) {
        storage.write(new Path(runFolder(stage, run), STAGE), content);
    }

    void writeManifest(Manifest manifest) {
        storage.write(new Path(runFolder(manifest.stage(), manifest.run()), MANIFEST), Json.write(manifest));
    }

    void point(String stage, String run) {
        storage.replace(new Path(stageFolder(stage), CURRENT), (run + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private Path stageFolder(String stage) {
        return new Path(root, stage);
    }

    private static Manifest manifest(Path folder, byte[] content) {
        try {
            Manifest manifest = Json.read(content, Manifest.class);
            if (manifest.formatVersion() > Manifest.FORMAT_VERSION) {
                throw new DataException(
                        "Cannot read " + folder + "/" + MANIFEST + ": its format version is " + manifest.formatVersion()
                                + " and this version of Stillhouse reads up to " + Manifest.FORMAT_VERSION);
            }
            return manifest;
        } catch (IOException e) {
            throw new DataException(
                    "Cannot read " + folder + "/" + MANIFEST
                            + ": it is not a manifest; delete the run's folder and run the stage again",
                    e);
        }
    }
}
