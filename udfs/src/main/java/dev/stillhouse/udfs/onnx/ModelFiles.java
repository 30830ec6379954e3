package dev.stillhouse.udfs.onnx;

import dev.stillhouse.udfs.errors.ConfigurationException;
import dev.stillhouse.udfs.errors.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the two files of an encoder are. Serialisable, so that a Spark function can carry it; implementations read the bytes anew on every call and are safe for use by several threads.
 */
public interface ModelFiles extends Serializable {

    /** The whole ONNX file. */
    byte[] model();

    /** The whole {@code tokenizer.json}. */
    byte[] tokenizer();

    /** Whether every JVM that has the class path has the files too, so that nothing needs to travel. */
    default boolean isOnClassPath() {
        return false;
    }

    /**
     * Files that lie inside jars.
     *
     * @param modelResource absolute name of the ONNX file, beginning with '/'
     * @param tokenizerResource absolute name of the tokenizer file
     */
    record Resources(String modelResource, String tokenizerResource) implements ModelFiles {

        @Override
        public byte[] model() {
            return read(modelResource);
        }

        @Override
        public byte[] tokenizer() {
            return read(tokenizerResource);
        }

        @Override
        public boolean isOnClassPath() {
            return true;
        }

        /** Whether the tokenizer's jar is there. */
        boolean hasTokenizer() {
            return ModelFiles.class.getResource(tokenizerResource) != null;
        }

        private static byte[] read(String resource) {
            try (InputStream in = ModelFiles.class.getResourceAsStream(resource)) {
                if (in == null) {
                    throw new DataException(
                            "Cannot read " + resource
                                    + ": it is not on the class path. Add the jar that holds the model with --jars, see docs/soft-labels.md");
                }
                return in.readAllBytes();
            } catch (IOException e) {
                throw new DataException("Cannot read " + resource + " from the class path: " + e.getMessage(), e);
            }
        }
    }

    /**
     * Files that are in memory; not copied. Serialisable with all that they hold, so best broadcast where they are large.
     *
     * @param model the whole ONNX file
     * @param tokenizer the whole {@code tokenizer.json}
     */
    record Loaded(byte[] model, byte[] tokenizer) implements ModelFiles {}

    /**
     * A local folder with an ONNX file and {@code tokenizer.json}. Readable where it is opened, which on a cluster is the driver only.
     *
     * @param folder path of the folder
     * @param form which ONNX file is meant
     */
    record Folder(String folder, ModelForm form) implements ModelFiles {
        private static final String TOKENIZER = "tokenizer.json";

        @Override
        public byte[] model() {
            return read(form.file(Path.of(folder)));
        }

        @Override
        public byte[] tokenizer() {
            return read(Path.of(folder, TOKENIZER));
        }

        private byte[] read(Path file) {
            if (!Files.isRegularFile(file)) {
                throw new ConfigurationException("Invalid teacher.model: " + folder + " (must be "
                        + String.join(", ", CatalogueModel.keys()) + ", or a local folder with "
                        + form.file(Path.of("")) + " and "
                        + TOKENIZER + "; there is no file " + file
                        + ")");
            }
            try {
                return Files.readAllBytes(file);
            } catch (IOException | OutOfMemoryError e) {
                throw new DataException(
                        "Cannot read " + file + ": " + e + ". Make it readable and smaller than 2 GB", e);
            }
        }
    }
}
