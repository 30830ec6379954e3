package dev.stillhouse.udfs.onnx;

import dev.stillhouse.udfs.Sha256;
import dev.stillhouse.udfs.errors.ConfigurationException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
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
 * @param prefix what every text is to begin with; may be empty
 * @param windows how many windows of {@code maxTokens} a text may have, which overlap by a quarter; 1 cuts what is longer off
 * @param device where it is run; outputs do not depend on it but for the last digits
 * @param entailment what is asked about every text, for {@link Reading#ENTAILMENT}
 */
public record EncoderSpec(
        String name,
        ModelFiles files,
        String modelSha256,
        String tokenizerSha256,
        long bytes,
        int maxTokens,
        Reading reading,
        String prefix,
        int windows,
        Device device,
        Entailment entailment)
        implements Serializable {

    private static final int CHARACTERS_PER_TOKEN = 64;

    public EncoderSpec {
        if (maxTokens < 8 || maxTokens > 512) {
            throw new ConfigurationException("Invalid teacher.max_tokens: " + maxTokens + " (must be 8 to 512)");
        }
        if (windows < 1 || windows > 256) {
            throw new ConfigurationException("Invalid teacher.windows: " + windows + " (must be 1 to 256)");
        }
    }

    /** As {@link #of(String, ModelForm, int)}, in float32. */
    public static EncoderSpec of(String model, int maxTokens) {
        return of(model, ModelForm.FP32, maxTokens);
    }

    /**
     * Reads both files once to identify them.
     *
     * @param model a name of the {@link CatalogueModel catalogue}, or a local folder with an ONNX file and {@code tokenizer.json}
     * @param form one that there is of it
     * @param maxTokens longest input in word pieces, 8 to 512
     * @throws ConfigurationException if the folder or one of its files is missing, or maxTokens is out of bounds
     */
    public static EncoderSpec of(String model, ModelForm form, int maxTokens) {
        return CatalogueModel.of(model)
                .map(known -> of(known.key(), known.files(form), maxTokens)
                        .withReading(known.reading())
                        .withPrefix(known.prefix()))
                .orElseGet(() -> of(model, new ModelFiles.Folder(model, form), maxTokens));
    }

    /** The model of these files, read by mean pooling; reads both once. */
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
                Reading.MEAN,
                "",
                1,
                Device.CPU,
                Entailment.NONE);
    }

    /** The same model with something else read of it. */
    public EncoderSpec withReading(Reading newReading) {
        return new EncoderSpec(
                name,
                files,
                modelSha256,
                tokenizerSha256,
                bytes,
                maxTokens,
                newReading,
                prefix,
                windows,
                device,
                entailment);
    }

    /** The same model with texts that begin with something. */
    public EncoderSpec withPrefix(String newPrefix) {
        return new EncoderSpec(
                name,
                files,
                modelSha256,
                tokenizerSha256,
                bytes,
                maxTokens,
                reading,
                newPrefix,
                windows,
                device,
                entailment);
    }

    /** The same encoder with its files elsewhere. */
    public EncoderSpec withFiles(ModelFiles newFiles) {
        return new EncoderSpec(
                name,
                newFiles,
                modelSha256,
                tokenizerSha256,
                bytes,
                maxTokens,
                reading,
                prefix,
                windows,
                device,
                entailment);
    }

    /** The same model that sees more of long texts. */
    public EncoderSpec withWindows(int newWindows) {
        return new EncoderSpec(
                name,
                files,
                modelSha256,
                tokenizerSha256,
                bytes,
                maxTokens,
                reading,
                prefix,
                newWindows,
                device,
                entailment);
    }

    /** The same model elsewhere. */
    public EncoderSpec withDevice(Device newDevice) {
        return new EncoderSpec(
                name,
                files,
                modelSha256,
                tokenizerSha256,
                bytes,
                maxTokens,
                reading,
                prefix,
                windows,
                newDevice,
                entailment);
    }

    /** The same model, asked whether texts entail something. */
    public EncoderSpec withEntailment(Entailment newEntailment) {
        return new EncoderSpec(
                name,
                files,
                modelSha256,
                tokenizerSha256,
                bytes,
                maxTokens,
                Reading.ENTAILMENT,
                prefix,
                windows,
                device,
                newEntailment);
    }

    /** All that the outputs depend on, short enough for a folder: model and tokenizer by the first 12 digits of their SHA-256, the longest input, and what is read or begun with where that is not the mean of nothing but the text. */
    public String identity() {
        return modelSha256.substring(0, 12) + "-" + tokenizerSha256.substring(0, 12) + "-" + maxTokens + suffix();
    }

    /** Characters of a text that are read at most: no text that people write has longer word pieces, and a huge document then costs no more than a long one. */
    public int maxCharacters() {
        return maxTokens * CHARACTERS_PER_TOKEN * windows;
    }

    /** What sessions are shared by: equal keys give equal vectors. */
    String key() {
        return modelSha256 + "-" + tokenizerSha256 + "-" + maxTokens + suffix() + "@" + device.key();
    }

    private String suffix() {
        StringBuilder suffix = new StringBuilder();
        if (reading != Reading.MEAN) {
            suffix.append('-').append(reading.name().toLowerCase(Locale.ROOT));
        }
        if (!prefix.isEmpty()) {
            suffix.append('-').append(digest(prefix));
        }
        if (windows > 1) {
            suffix.append("-w").append(windows);
        }
        if (entailment.isAsked()) {
            suffix.append('-').append(digest(entailment.logit() + "\n" + String.join("\n", entailment.hypotheses())));
        }
        return suffix.toString();
    }

    private static String digest(String text) {
        return Sha256.hex(text.getBytes(StandardCharsets.UTF_8)).substring(0, 8);
    }
}
