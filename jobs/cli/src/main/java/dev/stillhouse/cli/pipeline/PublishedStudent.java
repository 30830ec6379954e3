package dev.stillhouse.cli.pipeline;

import dev.stillhouse.datasets.publish.PublishedRun;
import dev.stillhouse.datasets.publish.RunWriter;
import dev.stillhouse.udfs.student.StudentFiles;

/** Where the files of a student lie in a run of {@code train}. */
final class PublishedStudent {
    private static final String ONNX = Datasets.MODEL + "/" + StudentFiles.ONNX;
    private static final String TOKENIZER = Datasets.MODEL + "/" + StudentFiles.TOKENIZER;

    private PublishedStudent() {}

    /**
     * Reads them.
     *
     * @throws dev.stillhouse.udfs.errors.DataException if one is missing, or not what was published
     */
    static StudentFiles read(PublishedRun run) {
        return run.holds(TOKENIZER)
                ? StudentFiles.ofTokens(run.file(ONNX), run.file(TOKENIZER))
                : StudentFiles.ofText(run.file(ONNX));
    }

    /** Writes them. */
    static void write(RunWriter writer, StudentFiles files) {
        files.content().forEach((name, content) -> writer.write(Datasets.MODEL + "/" + name, content));
    }
}
