package dev.stillhouse.datasets.source;

import dev.stillhouse.udfs.errors.ConfigurationException;
import dev.stillhouse.udfs.errors.DataException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * The files of one source, as listed once: a file, a folder with all below it, or whatever matches a glob. Names that begin with {@code _} or {@code .} are hidden, as everywhere in Hadoop, unless the user's own path holds them.
 *
 * @param root what relative paths are relative to: the folder, the file's folder, or the part of a glob before its first wildcard
 * @param location the resolved path or glob
 * @param files sorted by relative path
 */
record SourceFiles(Path root, String location, List<InputFile> files) {

    SourceFiles {
        files = List.copyOf(files);
    }

    /**
     * One file.
     *
     * @param path qualified
     * @param relative path below the root
     * @param length bytes as stored
     * @param stamp ETag or modification time
     */
    record InputFile(Path path, String relative, long length, String stamp) {}

    /**
     * Lists a source.
     *
     * @param baseFolder what a relative path is relative to
     * @throws DataException if nothing is there
     * @throws ConfigurationException if the glob or the file system's scheme is malformed
     */
    static SourceFiles list(String baseFolder, String path, Configuration hadoop) {
        Path pattern = resolve(baseFolder, path);
        try {
            FileSystem fileSystem = pattern.getFileSystem(hadoop);
            Path qualified = fileSystem.makeQualified(pattern);
            FileStatus[] matches = matches(fileSystem, qualified);
            if (matches == null || matches.length == 0) {
                throw new DataException("Cannot read " + qualified + ": no such file or folder");
            }
            Path root = root(qualified, matches);
            List<InputFile> files = new ArrayList<>();
            for (FileStatus match : matches) {
                add(fileSystem, match, root, files);
            }
            files.sort(Comparator.comparing(InputFile::relative));
            return new SourceFiles(root, qualified.toString(), files);
        } catch (FileNotFoundException e) {
            throw new DataException("Cannot read " + pattern + ": no such file or folder", e);
        } catch (org.apache.hadoop.fs.UnsupportedFileSystemException e) {
            throw new ConfigurationException(
                    "Invalid path: " + path + " (must be on a file system that is configured: " + e.getMessage() + ")",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + pattern + ": " + e.getMessage(), e);
        }
    }

    /** Those of the files that are wanted, in the same place. */
    SourceFiles only(Predicate<InputFile> wanted) {
        return new SourceFiles(root, location, files.stream().filter(wanted).toList());
    }

    long bytes() {
        return files.stream().mapToLong(InputFile::length).sum();
    }

    boolean isEmpty() {
        return files.isEmpty();
    }

    static Path resolve(String baseFolder, String path) {
        try {
            Path given = new Path(path);
            return given.isAbsolute() || given.toUri().getScheme() != null
                    ? given
                    : new Path(new Path(baseFolder), given);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    "Invalid path: " + path + " (must be a file, folder or glob on a Hadoop file system)", e);
        }
    }

    private static FileStatus @Nullable [] matches(FileSystem fileSystem, Path pattern) throws IOException {
        // A name that happens to hold wildcard characters is read as it is where it exists.
        try {
            return new FileStatus[] {fileSystem.getFileStatus(pattern)};
        } catch (FileNotFoundException e) {
            return glob(fileSystem, pattern);
        }
    }

    private static FileStatus @Nullable [] glob(FileSystem fileSystem, Path pattern) throws IOException {
        try {
            FileStatus[] matches = fileSystem.globStatus(pattern, path -> !isHidden(path));
            return matches;
        } catch (IOException e) {
            if (e.getCause() instanceof PatternSyntaxException
                    || String.valueOf(e.getMessage()).contains("Illegal file pattern")) {
                throw new ConfigurationException(
                        "Invalid path: " + pattern + " (must be a glob whose brackets are closed)", e);
            }
            throw e;
        }
    }

    private static Path root(Path qualified, FileStatus[] matches) {
        Path root = qualified;
        Path ancestor = qualified;
        boolean literal = matches.length == 1 && matches[0].getPath().equals(qualified);
        while (!literal && ancestor != null) {
            if (ancestor.getName().matches(".*[*?\\[\\]{}\\\\].*")) {
                root = ancestor.getParent();
            }
            ancestor = ancestor.getParent();
        }
        return literal && !matches[0].isDirectory() ? root.getParent() : root;
    }

    private static void add(FileSystem fileSystem, FileStatus status, Path root, List<InputFile> files)
            throws IOException {
        if (!status.isDirectory()) {
            files.add(
                    new InputFile(status.getPath(), relative(root, status.getPath()), status.getLen(), stamp(status)));
            return;
        }
        for (FileStatus child : fileSystem.listStatus(status.getPath(), path -> !isHidden(path))) {
            add(fileSystem, child, root, files);
        }
    }

    private static boolean isHidden(Path path) {
        String name = path.getName();
        return name.startsWith(".") || (name.startsWith("_") && !name.contains("="));
    }

    /** The part of a path below a root; the whole path where it is not below. */
    static String relative(Path root, Path path) {
        String above = root.toUri().getPath();
        String whole = path.toUri().getPath();
        String prefix = above.endsWith("/") ? above : above + "/";
        return whole.startsWith(prefix) ? whole.substring(prefix.length()) : whole;
    }

    private static String stamp(FileStatus status) {
        if (status instanceof EtagSource tagged && tagged.getEtag() != null) {
            return tagged.getEtag();
        }
        return Long.toString(status.getModificationTime());
    }
}
