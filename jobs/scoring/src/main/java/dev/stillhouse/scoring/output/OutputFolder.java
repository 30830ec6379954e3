package dev.stillhouse.scoring.output;

import dev.stillhouse.datasets.publish.Storage;
import dev.stillhouse.udfs.errors.ConfigurationException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A folder that files are renamed into, and what lies beside it. Failures surface as {@link UncheckedIOException} with {@code Cannot <verb> <path>: <reason>}. */
final class OutputFolder {
    private static final Logger LOG = LoggerFactory.getLogger(OutputFolder.class);

    private final FileSystem fileSystem;
    private final Storage storage;
    private final Path path;

    /**
     * @param section whose path it is
     * @throws ConfigurationException if the path is on no file system that is configured
     */
    OutputFolder(OutputSection section, Path path, Configuration configuration) {
        try {
            this.fileSystem = path.getFileSystem(configuration);
        } catch (UnsupportedFileSystemException e) {
            throw section.invalid("path", path, "be on a file system that is configured: " + e.getMessage());
        } catch (IOException e) {
            throw failure("reach", path, e);
        }
        this.storage = Storage.of(path, configuration);
        this.path = fileSystem.makeQualified(path);
    }

    /** The folder, with scheme and authority. */
    Path path() {
        return path;
    }

    boolean isFile() {
        try {
            return fileSystem.getFileStatus(path).isFile();
        } catch (FileNotFoundException e) {
            return false;
        } catch (IOException e) {
            throw failure("read", path, e);
        }
    }

    boolean exists(Path any) {
        return storage.exists(any);
    }

    /** Paths of the visible files below a folder, relative to it; none where it does not exist. */
    List<String> files(Path any) {
        return storage.exists(any)
                ? storage.files(any).stream().map(Storage.StoredFile::path).toList()
                : List.of();
    }

    /** Paths of all that lies below a folder, relative to it: files, hidden ones too, and folders without anything. None where it does not exist. */
    List<String> all(Path any) {
        List<String> found = new ArrayList<>();
        try {
            for (FileStatus status : fileSystem.listStatus(any)) {
                String name = status.getPath().getName();
                List<String> below = status.isDirectory() ? all(status.getPath()) : List.of();
                if (below.isEmpty()) {
                    found.add(status.isDirectory() ? name + "/" : name);
                }
                below.forEach(one -> found.add(name + "/" + one));
            }
        } catch (FileNotFoundException e) {
            return List.of();
        } catch (IOException e) {
            throw failure("list", any, e);
        }
        return found;
    }

    /** Gives a folder the permissions and, where that is allowed, the owner of another. */
    void likePermissions(Path other, Path any) {
        try {
            FileStatus status = fileSystem.getFileStatus(other);
            fileSystem.setPermission(any, status.getPermission());
            if (!fileSystem.getFileStatus(any).getOwner().equals(status.getOwner())
                    || !fileSystem.getFileStatus(any).getGroup().equals(status.getGroup())) {
                fileSystem.setOwner(any, status.getOwner(), status.getGroup());
            }
        } catch (IOException | UnsupportedOperationException e) {
            LOG.warn("Cannot give {} the permissions and owner of the folder that it replaces", any, e);
        }
    }

    /** Names of the folders in a folder; none where it does not exist. */
    List<String> folders(Path any) {
        return storage.folders(any);
    }

    /** Renames a file or folder to a path where nothing is, whose parents are made. */
    void rename(Path from, Path to) {
        try {
            fileSystem.mkdirs(to.getParent());
            if (!fileSystem.rename(from, to)) {
                throw new IOException("the file system refused to rename it to " + to);
            }
        } catch (IOException e) {
            throw failure("move", from, e);
        }
    }

    void delete(Path any) {
        storage.delete(any);
    }

    /** Deletes after a failure, which is the one to be told. */
    void deleteIfPossible(Path any) {
        try {
            storage.delete(any);
        } catch (UncheckedIOException e) {
            LOG.warn("Cannot delete {}: the next delivery will", any, e);
        }
    }

    /** Deletes a folder unless something is in it. */
    void deleteIfEmpty(Path any) {
        try {
            if (fileSystem.exists(any) && fileSystem.listStatus(any).length == 0) {
                fileSystem.delete(any, false);
            }
        } catch (IOException e) {
            LOG.warn("Cannot delete {}: the next delivery will", any, e);
        }
    }

    /** Makes a text the content of a file, in one step. */
    void replace(Path file, String content) {
        storage.replace(file, content.getBytes(StandardCharsets.UTF_8));
    }

    Optional<String> read(Path file) {
        return storage.read(file).map(content -> new String(content, StandardCharsets.UTF_8));
    }

    private static UncheckedIOException failure(String verb, Path path, IOException e) {
        return new UncheckedIOException("Cannot " + verb + " " + path + ": " + e.getMessage(), e);
    }
}
