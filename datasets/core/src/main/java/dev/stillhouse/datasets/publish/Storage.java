package dev.stillhouse.datasets.publish;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * Small files on any Hadoop file system, with the one guarantee that publishing needs: {@link #replace} is atomic, a reader sees the old content or the new. On HDFS and local files that is a rename
 * over the old file, on object stores one PUT.
 *
 * <p>Failures surface as {@link UncheckedIOException} with {@code Cannot <verb> <path>: <reason>}. Safe for use by several threads.
 */
public final class Storage {
    /** Where a rename is a copy, and a PUT of a whole object is atomic. */
    private static final Set<String> OBJECT_STORES = Set.of("s3", "s3a", "s3n", "gs", "oss", "cosn", "wasb", "wasbs");

    private final FileSystem fileSystem;
    private final Configuration configuration;

    private Storage(FileSystem fileSystem, Configuration configuration) {
        this.fileSystem = fileSystem;
        this.configuration = configuration;
    }

    /**
     * The storage that {@code path} lies on.
     *
     * @throws UncheckedIOException if its file system is unknown or cannot be reached
     */
    public static Storage of(Path path, Configuration configuration) {
        try {
            FileSystem fileSystem = path.getFileSystem(configuration);
            // Checksum side files are renamed apart from their data, so a kill between the two would make a good file
            // unreadable.
            return new Storage(
                    fileSystem instanceof LocalFileSystem local ? local.getRawFileSystem() : fileSystem, configuration);
        } catch (IOException e) {
            throw failure("reach", path, e);
        }
    }

    /** The path with scheme and authority. */
    public Path qualify(Path path) {
        return fileSystem.makeQualified(path);
    }

    /** The whole content, or nothing where there is no such file. */
    public Optional<byte[]> read(Path path) {
        try (FSDataInputStream in = fileSystem.open(path)) {
            return Optional.of(in.readAllBytes());
        } catch (FileNotFoundException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failure("read", path, e);
        }
    }

    /** Writes a file that nobody reads yet, over an old one if there is one. */
    public void write(Path path, byte[] content) {
        try (OutputStream out = fileSystem.create(path, true)) {
            out.write(content);
        } catch (IOException e) {
            throw failure("write", path, e);
        }
    }

    /** Makes {@code content} the content of {@code path} in one atomic step. */
    public void replace(Path path, byte[] content) {
        if (OBJECT_STORES.contains(fileSystem.getUri().getScheme())) {
            write(path, content);
            return;
        }
        Path fresh = new Path(path.getParent(), "." + path.getName() + "." + UUID.randomUUID());
        write(fresh, content);
        try {
            if (fileSystem.getUri().getScheme().equals("hdfs")) {
                FileContext.getFileContext(fileSystem.getUri(), configuration)
                        .rename(fresh, path, Options.Rename.OVERWRITE);
            } else if (!fileSystem.rename(fresh, path)) {
                throw new IOException("the file system refused to rename " + fresh.getName());
            }
        } catch (IOException e) {
            delete(fresh);
            throw failure("replace", path, e);
        }
    }

    /**
     * Makes a file that must not exist yet. Atomic on HDFS and local files; object stores only check first.
     *
     * @return whether this call made it
     */
    public boolean create(Path path, byte[] content) {
        try {
            fileSystem.mkdirs(path.getParent());
        } catch (IOException e) {
            throw failure("create", path.getParent(), e);
        }
        try {
            if (fileSystem.getUri().getScheme().equals("file")) {
                Files.write(java.nio.file.Path.of(path.toUri().getPath()), content, StandardOpenOption.CREATE_NEW);
                return true;
            }
            try (OutputStream out = fileSystem.create(path, false)) {
                out.write(content);
            }
            return true;
        } catch (FileAlreadyExistsException | org.apache.hadoop.fs.FileAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            throw failure("create", path, e);
        }
    }

    /** Deletes a file or a folder with all it holds; nothing happens where there is none. */
    public void delete(Path path) {
        try {
            fileSystem.delete(path, true);
        } catch (IOException e) {
            throw failure("delete", path, e);
        }
    }

    /** Whether there is a file or folder. */
    public boolean exists(Path path) {
        try {
            return fileSystem.exists(path);
        } catch (IOException e) {
            throw failure("read", path, e);
        }
    }

    /** The names of the folders inside a folder, sorted; none where it does not exist. */
    public List<String> folders(Path path) {
        try {
            List<String> names = new ArrayList<>();
            for (FileStatus status : fileSystem.listStatus(path)) {
                if (status.isDirectory()) {
                    names.add(status.getPath().getName());
                }
            }
            names.sort(Comparator.naturalOrder());
            return names;
        } catch (FileNotFoundException e) {
            return List.of();
        } catch (IOException e) {
            throw failure("list", path, e);
        }
    }

    /** The data files below a folder, sorted by path; markers and hidden files, whose names begin with '_' or '.', are left out. */
    public List<StoredFile> files(Path folder) {
        try {
            List<StoredFile> files = new ArrayList<>();
            int prefix = qualify(folder).toUri().getPath().length() + 1;
            RemoteIterator<LocatedFileStatus> statuses = fileSystem.listFiles(folder, true);
            while (statuses.hasNext()) {
                LocatedFileStatus status = statuses.next();
                String name = status.getPath().getName();
                if (!name.startsWith("_") && !name.startsWith(".")) {
                    files.add(new StoredFile(
                            qualify(status.getPath()).toUri().getPath().substring(prefix), status.getLen()));
                }
            }
            files.sort(Comparator.comparing(StoredFile::path));
            return files;
        } catch (IOException e) {
            throw failure("list", folder, e);
        }
    }

    /** Length and MD5 of a file, read in one pass. */
    Digest digest(Path path) {
        try (FSDataInputStream in = fileSystem.open(path)) {
            return Digest.of(in);
        } catch (IOException e) {
            throw failure("read", path, e);
        }
    }

    private static UncheckedIOException failure(String verb, Path path, IOException e) {
        return new UncheckedIOException("Cannot " + verb + " " + path + ": " + reason(e), e);
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /**
     * A data file.
     *
     * @param path relative to the folder that was listed
     * @param sizeBytes its length
     */
    public record StoredFile(String path, long sizeBytes) {}
}
