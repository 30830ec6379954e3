package dev.stillhouse.udfs.onnx;

import dev.stillhouse.udfs.Sha256;
import dev.stillhouse.udfs.errors.ConfigurationException;
import java.io.Serializable;
import java.util.Locale;

/**
 * Which model to run and how: all that its vectors depend on. Serialisable and small; the files are read when a session is opened, once in a JVM.
 *
 * @param name the catalogue's name, or the folder; for messages
 * @param files where model and tokenizer are
 * @param modelSha256 SHA-256 of the ONNX file, 64 lower-case hexadecimal digits
 * @param tokenizerSha256 SHA-256 of the tokenizer file
 * @param bytes size of both files together
 * @param maxTokens longest input in word pieces, special ones included, 8 to 512
 * @param reading what is read of its outputs
 */
public record EncoderSpec(
        String name,
        ModelFiles files,
        String modelSha256,
        String tokenizerSha256,
        long bytes,
        int maxTokens,
        Reading reading)
        implements Serializable {

    /** Catalogue name of all-MiniLM-L6-v2: 6 layers, 384 dimensions, English, lower-cased. */
    public static final String MINILM = "minilm";

    private static final int CHARACTERS_PER_TOKEN = 64;

    private static final ModelFiles MINILM_FILES =
            new ModelFiles.Resources("/all-minilm-l6-v2.onnx", "/all-minilm-l6-v2-tokenizer.json");

    public EncoderSpec {
        if (maxTokens < 8 || maxTokens > 512) {
            throw new ConfigurationException("Invalid teacher.max_tokens: " + maxTokens + " (must be 8 to 512)");
        }
    }

    /**
     * Reads both files once to identify them.
     *
     * @param model {@value #MINILM}, or a local folder with {@code model.onnx} and {@code tokenizer.json}
     * @param maxTokens longest input in word pieces, 8 to 512
     * @throws ConfigurationException if the folder or one of its files is missing, or maxTokens is out of bounds
     */
    public static EncoderSpec of(String model, int maxTokens) {
        return of(model, MINILM.equals(model) ? MINILM_FILES : new ModelFiles.Folder(model), maxTokens);
    }

    /** The model of these files, read as an embedding; reads both once. */
    public static EncoderSpec of(String name, ModelFiles files, int maxTokens) {
        byte[] model = files.model();
        byte[] tokenizer = files.tokenizer();
        return new EncoderSpec(
                name,
                files,
                Sha256.hex(model),
                Sha256.hex(tokenizer),
                (long) model.length + tokenizer.length,
                maxTokens,
                Reading.EMBEDDING);
    }

    /** The same model with something else read of it. */
    public EncoderSpec withReading(Reading newReading) {
        return new EncoderSpec(name, files, modelSha256, tokenizerSha256, bytes, maxTokens, newReading);
    }

    /** The same encoder with its files elsewhere. */
    public EncoderSpec withFiles(ModelFiles newFiles) {
        return new EncoderSpec(name, newFiles, modelSha256, tokenizerSha256, bytes, maxTokens, reading);
    }

    /** All that the outputs depend on, short enough for a folder: model and tokenizer by the first 12 digits of their SHA-256, the longest input, and what is read where that is no embedding. */
    public String identity() {
        return modelSha256.substring(0, 12) + "-" + tokenizerSha256.substring(0, 12) + "-" + maxTokens + suffix();
    }

    /** Characters of a text that are read at most: no text that people write has longer word pieces, and a huge document then costs no more than a long one. */
    public int maxCharacters() {
        return maxTokens * CHARACTERS_PER_TOKEN;
    }

    /** What sessions are shared by: equal keys give equal vectors. */
    String key() {
        return modelSha256 + "-" + tokenizerSha256 + "-" + maxTokens + suffix();
    }

    private String suffix() {
        return reading == Reading.EMBEDDING ? "" : "-" + reading.name().toLowerCase(Locale.ROOT);
    }
}
