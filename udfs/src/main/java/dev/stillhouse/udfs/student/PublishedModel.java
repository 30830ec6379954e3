package dev.stillhouse.udfs.student;

import dev.stillhouse.udfs.errors.DataException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A student where it lies: the one that a task's workspace serves at this moment, or the one in a model folder.
 *
 * @param folder that holds {@value StudentFiles#ONNX}
 * @param run its run id in a workspace, the folder's name elsewhere
 * @param files its files
 */
public record PublishedModel(Path folder, String run, StudentFiles files) {
    private static final Path CURRENT = new Path("train", "CURRENT");

    /**
     * Reads the student.
     *
     * @param path a task's workspace, or a folder with {@value StudentFiles#ONNX}, on any Hadoop file system
     * @throws DataException if it is neither, or cannot be read
     */
    public static PublishedModel read(String path, Configuration hadoop) {
        Path root = new Path(path);
        try {
            FileSystem files = root.getFileSystem(hadoop);
            Optional<byte[]> current = content(files, new Path(root, CURRENT));
            if (current.isPresent()) {
                String run = new String(current.get(), StandardCharsets.UTF_8).strip();
                return read(files, new Path(root, "train/runs/" + run + "/model"), run);
            }
            return read(files, root, root.getName());
        } catch (IOException e) {
            throw new DataException("Cannot read the student in " + path + ": " + e.getMessage(), e);
        }
    }

    private static PublishedModel read(FileSystem files, Path folder, String run) throws IOException {
        byte[] onnx = content(files, new Path(folder, StudentFiles.ONNX))
                .orElseThrow(() ->
                        new DataException("Cannot find a student in " + folder + ": there is no " + StudentFiles.ONNX
                                + " (must be a task's workspace in which train has published, or a model folder)"));
        StudentFiles found = content(files, new Path(folder, StudentFiles.TOKENIZER))
                .map(tokenizer -> StudentFiles.ofTokens(onnx, tokenizer))
                .orElseGet(() -> StudentFiles.ofText(onnx));
        return new PublishedModel(folder, run, found);
    }

    private static Optional<byte[]> content(FileSystem files, Path file) throws IOException {
        try (FSDataInputStream in = files.open(file)) {
            return Optional.of(in.readAllBytes());
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }
}
