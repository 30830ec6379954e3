package dev.stillhouse.udfs.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The encoders that are known by name: published jars have their files, in float32 and, with integer weights, in an eighth to a quarter of the size. */
public enum CatalogueModel {
    /** all-MiniLM-L6-v2 (Reimers and Gurevych 2019; Wang et al. 2020): 6 layers, 384 dimensions, English, lower-cased. Comes with Stillhouse, in both forms. */
    MINILM("/all-minilm-l6-v2", Reading.MEAN, ""),

    /** bge-small-en-v1.5 (Xiao et al. 2023): 12 layers, 384 dimensions, English, lower-cased. */
    BGE_SMALL_EN_V15("/bge-small-en-v1.5", Reading.CLS, ""),

    /** e5-small-v2 (Wang et al. 2022): 12 layers, 384 dimensions, English, lower-cased; trained on texts that begin with what they are. */
    E5_SMALL_V2("/e5-small-v2", Reading.MEAN, "query: ");

    private final String resource;
    private final Reading reading;
    private final String prefix;

    CatalogueModel(String resource, Reading reading, String prefix) {
        this.resource = resource;
        this.reading = reading;
        this.prefix = prefix;
    }

    /** The name in task files, such as {@code bge-small-en-v15}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What is read of it. */
    public Reading reading() {
        return reading;
    }

    /** What every text is to begin with; may be empty. */
    public String prefix() {
        return prefix;
    }

    /** The forms that its jar has. */
    public List<ModelForm> forms() {
        return List.of(ModelForm.FP32, ModelForm.INT8);
    }

    /** Where its files are, in a form that it has. */
    ModelFiles.Resources files(ModelForm form) {
        String name = resource + (form == ModelForm.INT8 ? "-q" : "");
        return new ModelFiles.Resources(name + ".onnx", name + "-tokenizer.json");
    }

    /**
     * The whole {@code tokenizer.json}, which is the same in all forms.
     *
     * @throws dev.stillhouse.udfs.errors.DataException if there is the jar of no form
     */
    byte[] tokenizer() {
        return forms().stream()
                .map(this::files)
                .filter(ModelFiles.Resources::hasTokenizer)
                .findFirst()
                .orElseGet(() -> files(ModelForm.FP32))
                .tokenizer();
    }

    /** The names, in their order. */
    public static List<String> keys() {
        return Arrays.stream(values()).map(CatalogueModel::key).toList();
    }

    /** The model of that name. */
    public static Optional<CatalogueModel> of(String key) {
        return Arrays.stream(values()).filter(model -> model.key().equals(key)).findFirst();
    }
}
