package dev.stillhouse.udfs.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl;
import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.stillhouse.udfs.errors.DataException;
import dev.stillhouse.udfs.testing.TinyEncoder;
import dev.stillhouse.udfs.testing.TinyTransformer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncoderLayersTest {
    private static final List<String> TEXTS =
            List.of("a ship in the harbour", "", "\u65e5\u672c\u8a9e \ud83d\ude00", "one two three four five six");

    private static final List<String> WORDS = List.of("ship", "harbour");

    @TempDir
    Path folder;

    @AfterEach
    void evict() {
        SessionCache.evictUnused();
    }

    @Test
    void layersOfMiniLmAreFoundInEitherForm() {
        for (ModelForm form : CatalogueModel.MINILM.forms()) {
            EncoderLayers layers = EncoderLayers.of(EncoderSpec.of("minilm", form, 64));

            assertThat(layers.count()).isEqualTo(6);
            assertThat(layers.dimensions()).isEqualTo(384);
            assertThat(layers.value(1)).isEqualTo("/encoder/layer.0/output/LayerNorm/Add_1_output_0");
            assertThat(layers.value(5)).isEqualTo("/encoder/layer.4/output/LayerNorm/Add_1_output_0");
            assertThat(layers.value(6)).isEqualTo("last_hidden_state");
        }
    }

    @Test
    void aCutHasNothingOfLaterLayers() {
        EncoderLayers layers = EncoderLayers.of(EncoderSpec.of("minilm", 64));

        OnnxMl.GraphProto second = layers.upTo(2).getGraph();

        assertThat(second.getNodeList()).noneMatch(node -> node.getName().startsWith("/encoder/layer.2"));
        assertThat(second.getInputList().stream().map(OnnxMl.ValueInfoProto::getName))
                .containsExactlyInAnyOrder("input_ids", "attention_mask", "token_type_ids");
        assertThat(layers.upTo(2).getSerializedSize()).isBetween(60_000_000, 64_000_000);
    }

    @Test
    void theLastLayersCutIsTheEncoder() {
        EncoderSpec spec = EncoderSpec.of("minilm", 64);
        EncoderLayers layers = EncoderLayers.of(spec);
        OnnxMl.ModelProto whole = OnnxMl.ModelProto.newBuilder(layers.upTo(6)).build();
        OnnxMl.ModelProto cut = whole.toBuilder()
                .setGraph(whole.getGraph().toBuilder()
                        .addOutput(TinyEncoder.output(layers.value(6), "tokens", layers.dimensions())))
                .build();
        EncoderSpec cutSpec = EncoderSpec.of(
                "cut", new ModelFiles.Loaded(cut.toByteArray(), spec.files().tokenizer()), 64);

        try (TextEncoder encoder = TextEncoder.open(spec);
                TextEncoder again = TextEncoder.open(cutSpec)) {
            assertThat(Arrays.deepEquals(again.encode(TEXTS), encoder.encode(TEXTS)))
                    .isTrue();
        }
    }

    @Test
    void aGraphWithoutAttentionHasNoLayers() throws Exception {
        EncoderSpec tiny = EncoderSpec.of(TinyEncoder.writeTo(folder), 16);

        assertThatThrownBy(() -> EncoderLayers.of(tiny))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no attention")
                .hasMessageContaining("student.kind");
    }

    @Test
    void everyLayerIsFoundOfATransformer() throws Exception {
        EncoderLayers layers = EncoderLayers.of(EncoderSpec.of(TinyTransformer.writeTo(folder, WORDS, 8, 8, 8), 16));

        assertThat(layers.count()).isEqualTo(3);
        assertThat(layers.dimensions()).isEqualTo(8);
        assertThat(layers.value(1)).isEqualTo("hidden.1");
    }

    @Test
    void layersAreApartUnlessANodeGivesMoreThanALayersValue() throws Exception {
        String folderName = TinyTransformer.writeTo(folder, WORDS, 8, 8);
        Path file = folder.resolve("model.onnx");
        ModelProto model = ModelProto.parseFrom(Files.readAllBytes(file));

        assertThat(EncoderLayers.of(EncoderSpec.of(folderName, 16)).areSeparable())
                .isTrue();

        Files.write(file, withMaskBesideTheLayer(model).toByteArray());
        EncoderLayers fused = EncoderLayers.of(EncoderSpec.of(folderName, 16));
        assertThat(fused.count()).isEqualTo(2);
        assertThat(fused.areSeparable()).isFalse();
    }

    /** One node gives the first layer's value and whether each of its numbers is kept, and the next layer reads both. */
    private static ModelProto withMaskBesideTheLayer(ModelProto model) {
        List<NodeProto> nodes = new ArrayList<>();
        for (NodeProto node : model.getGraph().getNodeList()) {
            switch (node.getOutput(0)) {
                case "hidden.1" -> {
                    nodes.add(node.toBuilder().setOutput(0, "before").build());
                    nodes.add(node("Dropout", "before")
                            .addOutput("hidden.1")
                            .addOutput("kept")
                            .build());
                    nodes.add(node("Cast", "kept")
                            .addOutput("kept.float")
                            .addAttribute(AttributeProto.newBuilder()
                                    .setName("to")
                                    .setType(AttributeProto.AttributeType.INT)
                                    .setI(DataType.FLOAT.getNumber()))
                            .build());
                }
                case "layer2.sum" -> {
                    nodes.add(node.toBuilder().setOutput(0, "sum").build());
                    nodes.add(node("Mul", "sum", "kept.float")
                            .addOutput("layer2.sum")
                            .build());
                }
                default -> nodes.add(node);
            }
        }
        return model.toBuilder()
                .setGraph(model.getGraph().toBuilder().clearNode().addAllNode(nodes))
                .build();
    }

    private static NodeProto.Builder node(String operator, String... inputs) {
        return NodeProto.newBuilder().setOpType(operator).addAllInput(List.of(inputs));
    }

    @Test
    void layersOfAnotherWidthAreRefusedWithAWayOut() throws Exception {
        EncoderSpec narrowing = EncoderSpec.of(TinyTransformer.writeTo(folder, WORDS, 16, 8, 8), 16);

        assertThatThrownBy(() -> EncoderLayers.of(narrowing))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("layer 1 gives [1, 2, 16], expected [1, 2, 8]")
                .hasMessageContaining("student.kind");
    }

    @Test
    void layersInHalfPrecisionAreRefusedWithAWayOut() throws Exception {
        EncoderSpec half = EncoderSpec.of(TinyTransformer.writeHalfTo(folder, WORDS, 8, 8), ModelForm.FP16, 16);

        try (TextEncoder encoder = TextEncoder.open(half)) {
            assertThat(encoder.encode(List.of("ship"))[0]).hasSize(8);
        }
        assertThatThrownBy(() -> EncoderLayers.of(half))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("FLOAT16")
                .hasMessageContaining("float32 as model.onnx");
    }

    @Test
    void anEncoderThatGivesPooledVectorsOnlyIsRefused() throws Exception {
        EncoderSpec tiny = EncoderSpec.of(TinyEncoder.writeTo(folder, "attention_mask", "other"), 16);

        assertThatThrownBy(() -> EncoderLayers.of(tiny))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("last_hidden_state");
    }
}
