package dev.stillhouse.datasets.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PosixFileSystemTest {
    @TempDir
    java.nio.file.Path folder;

    private FileSystem own;
    private FileSystem hadoops;

    @BeforeEach
    void open() throws IOException {
        Configuration configuration = new Configuration();
        hadoops = new LocalFileSystem();
        own = new PosixFileSystem();
        for (FileSystem each : new FileSystem[] {hadoops, own}) {
            each.initialize(FileSystem.getDefaultUri(configuration), configuration);
        }
    }

    @Test
    void tellsOfFilesAndFoldersWhatHadoopTells() throws IOException {
        Files.createDirectories(folder.resolve("inside/deeper"));
        Files.writeString(folder.resolve("inside/grün & \"quoted\" 50%.txt"), "four");
        Files.createSymbolicLink(folder.resolve("inside/link"), folder.resolve("inside/grün & \"quoted\" 50%.txt"));
        Files.createSymbolicLink(folder.resolve("inside/nowhere"), folder.resolve("missing"));
        Files.setPosixFilePermissions(folder.resolve("inside/deeper"), PosixFilePermissions.fromString("rwx-w-r--"));

        Path inside = new Path(folder.toUri() + "/inside");

        assertThat(described(own, inside)).isNotEmpty().containsExactly(described(hadoops, inside));
        assertThat(described(own.getFileStatus(inside))).isEqualTo(described(hadoops.getFileStatus(inside)));
        assertThatThrownBy(() -> own.getFileStatus(new Path(inside, "absent")))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessageContaining("absent does not exist");
    }

    @Test
    void writesFilesThatHaveTheSamePermissionsAsHadoops() throws IOException {
        for (FileSystem each : new FileSystem[] {hadoops, own}) {
            String name = each.getClass().getSimpleName();
            try (OutputStream out = each.create(new Path(folder.toUri() + "/" + name + "/file"))) {
                out.write(1);
            }
        }
        assertThat(permissions("PosixFileSystem")).isEqualTo(permissions("LocalFileSystem"));
        assertThat(permissions("PosixFileSystem/file")).isEqualTo(permissions("LocalFileSystem/file"));
        assertThat(permissions("PosixFileSystem/.file.crc")).isEqualTo(permissions("LocalFileSystem/.file.crc"));
        own.setPermission(new Path(folder.toUri() + "/PosixFileSystem/file"), new FsPermission((short) 0640));
        assertThat(permissions("PosixFileSystem/file")).isEqualTo("rw-r-----");
        assertThatThrownBy(
                        () -> own.setPermission(new Path(folder.toUri() + "/absent"), new FsPermission((short) 0640)))
                .isInstanceOf(FileNotFoundException.class);
    }

    private String permissions(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
    }

    private static String[] described(FileSystem files, Path folder) throws IOException {
        return Arrays.stream(files.listStatus(folder))
                .map(PosixFileSystemTest::described)
                .sorted()
                .toArray(String[]::new);
    }

    private static String described(FileStatus status) {
        // Hadoop tells the permissions of a link itself, which are none, and all else of what it leads to.
        boolean isLink = status.getPath().getName().equals("link");
        return String.join(
                " ",
                status.getPath().toString(),
                Boolean.toString(status.isDirectory()),
                status.isDirectory() ? "" : Long.toString(status.getLen()),
                Long.toString(status.getBlockSize()),
                Long.toString(status.getModificationTime()),
                isLink ? "" : status.getPermission().toString(),
                status.getOwner(),
                status.getGroup());
    }
}
