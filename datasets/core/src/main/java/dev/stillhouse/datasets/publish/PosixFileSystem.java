package dev.stillhouse.datasets.publish;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's local file system without its processes: where its native library is not installed, Hadoop starts {@code chmod} for each file that it writes and {@code ls} for each that it lists, hundreds of them a stage. Permissions are the JVM's to read and write. For {@code fs.file.impl}, on one machine; where
 * the file system knows no such permissions, Hadoop's own ways are used.
 */
public final class PosixFileSystem extends LocalFileSystem {

    /** As Hadoop makes it: by name, initialised afterwards. */
    public PosixFileSystem() {
        super(new Raw());
    }

    private static final class Raw extends RawLocalFileSystem {

        @Override
        public void setPermission(Path path, FsPermission permission) throws IOException {
            PosixFileAttributeView view = view(path);
            // The JVM has no word for the sticky bit.
            if (view == null || permission.getStickyBit()) {
                super.setPermission(path, permission);
                return;
            }
            try {
                view.setPermissions(PosixFilePermissions.fromString(permission.toString()));
            } catch (NoSuchFileException e) {
                throw missing(path, e);
            }
        }

        @Override
        public FileStatus getFileStatus(Path path) throws IOException {
            PosixFileAttributeView view = view(path);
            if (view == null) {
                return super.getFileStatus(path);
            }
            try {
                PosixFileAttributes found = view.readAttributes();
                return new FileStatus(
                        found.size(),
                        found.isDirectory(),
                        1,
                        getDefaultBlockSize(path),
                        found.lastModifiedTime().toMillis(),
                        found.lastAccessTime().toMillis(),
                        FsPermission.valueOf("-" + PosixFilePermissions.toString(found.permissions())),
                        found.owner().getName(),
                        found.group().getName(),
                        path.makeQualified(getUri(), getWorkingDirectory()));
            } catch (NoSuchFileException e) {
                throw missing(path, e);
            }
        }

        /** Follows links, as Hadoop does; null where there are no such permissions. */
        private PosixFileAttributeView view(Path path) {
            return Files.getFileAttributeView(
                    pathToFile(path).toPath(), PosixFileAttributeView.class, new LinkOption[0]);
        }

        private static FileNotFoundException missing(Path path, NoSuchFileException cause) {
            FileNotFoundException missing = new FileNotFoundException("File " + path + " does not exist");
            missing.initCause(cause);
            return missing;
        }
    }
}
