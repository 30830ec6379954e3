package dev.stillhouse.udfs.onnx;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Numeric forms that a model is published in, each an ONNX file of its own. Files in folders have the names that exporters give them. */
public enum ModelForm {
    FP32("model.onnx", "model.onnx"),

    /** Half precision, for GPUs. */
    FP16("model_fp16.onnx", "model_fp16.onnx"),

    /** Integer weights. */
    INT8("model_quantized.onnx", "model_int8.onnx");

    private final String fileName;
    private final String otherName;

    ModelForm(String fileName, String otherName) {
        this.fileName = fileName;
        this.otherName = otherName;
    }

    /** The name in task files, such as {@code fp32}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The form of that name. */
    public static ModelForm of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }

    /**
     * The forms that there are of a model.
     *
     * @param model a name of the {@link CatalogueModel catalogue}, or a local folder
     */
    public static List<ModelForm> all(String model) {
        return Arrays.stream(values())
                .filter(form -> CatalogueModel.of(model)
                        .map(known -> known.forms().contains(form))
                        .orElseGet(() -> Files.isRegularFile(form.file(Path.of(model)))))
                .toList();
    }

    /** Where a folder has it, or would have it. */
    Path file(Path folder) {
        Path other = folder.resolve(otherName);
        return Files.isRegularFile(other) ? other : folder.resolve(fileName);
    }
}
