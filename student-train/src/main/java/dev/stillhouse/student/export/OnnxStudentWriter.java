package dev.stillhouse.student.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stillhouse.udfs.student.FeatureSpec;
import dev.stillhouse.udfs.student.StudentFile;
import dev.stillhouse.udfs.student.StudentModel;
import dev.stillhouse.udfs.student.StudentModel.Block;
import dev.stillhouse.udfs.student.StudentModel.Float32;
import dev.stillhouse.udfs.student.StudentModel.Int8;
import dev.stillhouse.udfs.student.Vocabularies;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a {@link StudentModel} as an ONNX file that takes text: {@code text} string [N] in, {@code probabilities} float [N, labels] and {@code label} string [N] out. Standard
 * operators (opset 20, ai.onnx.ml 3, IR 10) and ONNX Runtime's {@code com.microsoft.Tokenizer}; the graph is drawn in docs/student.md. Equal models give equal bytes.
 */
public final class OnnxStudentWriter {
    private static final int IR_VERSION = 10;
    private static final int OPSET = 20;
    private static final int ML_OPSET = 3;
    private static final String ML = "ai.onnx.ml";
    private static final String MICROSOFT = "com.microsoft";
    /** {@link FeatureSpec}'s word after folding, in RE2's syntax. */
    private static final String WORD = "[0-9a-z\\x{80}-\\x{FFFF}]+";
    /** Stands in no n-gram of characters and at no end of an n-gram of words, so that neither a pad nor an n-gram with a pad is ever a hit. */
    private static final String PAD = " ";

    private static final String FOLDED = "folded";
    private static final int RUN = 16;

    private final StudentModel model;
    private final int labels;
    private final GraphWriter graph = new GraphWriter("student");

    private OnnxStudentWriter(StudentModel model) {
        this.model = model;
        this.labels = model.labels().size();
    }

    /**
     * The bytes of the file.
     *
     * @throws IllegalArgumentException where the model does not hold what {@link Vocabularies#check} asks, has metadata under a name of {@link
     *     StudentFile#RESERVED_METADATA}, or is past the 2 GiB that an ONNX file can hold
     */
    public static byte[] write(StudentModel model) {
        Vocabularies.check(model);
        checkSize(model);
        return new OnnxStudentWriter(model).file().toByteArray();
    }

    private ModelProto file() {
        draw();
        ModelProto.Builder file = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName(StudentFile.PRODUCER)
                .addOpsetImport(opset("", OPSET))
                .addOpsetImport(opset(ML, ML_OPSET))
                .addOpsetImport(opset(MICROSOFT, 1))
                .setGraph(graph.graph());
        metadata()
                .forEach((key, value) -> file.addMetadataProps(
                        StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return file.build();
    }

    private void draw() {
        graph.input(StudentFile.TEXT, TensorProto.DataType.STRING);
        graph.output(StudentFile.PROBABILITIES, TensorProto.DataType.FLOAT, labels);
        graph.output(StudentFile.LABEL, TensorProto.DataType.STRING, 0);
        graph.floats(StudentFile.BIAS, model.bias(), labels);
        graph.floats(StudentFile.TEMPERATURE, new float[] {model.temperature()}, 1);
        graph.strings(StudentFile.LABELS, model.labels());
        String logits = logits();
        String cooled = graph.node(
                "Div",
                "cooled",
                logits,
                cast("temperature_double", StudentFile.TEMPERATURE, TensorProto.DataType.DOUBLE));
        String softmax = graph.node(operator("Softmax", GraphWriter.attribute("axis", 1)), "softmax", cooled);
        cast(StudentFile.PROBABILITIES, softmax, TensorProto.DataType.FLOAT);
        NodeProto.Builder best =
                operator("ArgMax", GraphWriter.attribute("axis", 1), GraphWriter.attribute("keepdims", 0));
        graph.node(
                "Gather", StudentFile.LABEL, StudentFile.LABELS, graph.node(best, "best", StudentFile.PROBABILITIES));
    }

    /** Double [N, labels]. */
    private String logits() {
        boolean words = model.words().keys().length > 0;
        boolean characters = model.characters().keys().length > 0;
        String sum = cast("bias_double", StudentFile.BIAS, TensorProto.DataType.DOUBLE);
        if (!words && !characters) {
            NodeProto.Builder concat = operator("Concat", GraphWriter.attribute("axis", 0));
            String shape = graph.node(
                    concat, "shape", graph.node("Shape", "texts", StudentFile.TEXT), graph.longs("width", labels));
            return graph.node("Expand", "logits", sum, shape);
        }
        NodeProto.Builder lower = operator(
                "StringNormalizer",
                GraphWriter.attribute("case_change_action", "LOWER"),
                GraphWriter.attribute("locale", "C"));
        graph.node(lower, FOLDED, StudentFile.TEXT);
        if (words) {
            sum = graph.node("Add", "words_logits", sum, evidence(StudentFile.WORDS, model.words(), wordNgrams()));
        }
        if (characters) {
            sum = graph.node(
                    "Add",
                    "characters_logits",
                    sum,
                    evidence(StudentFile.CHARACTERS, model.characters(), characterNgrams()));
        }
        return sum;
    }

    /** String [N, T]: every word n-gram of every text, and pads. */
    private String wordNgrams() {
        String tokens = tokens("words_1", GraphWriter.attribute("tokenexp", WORD));
        int longest = model.features().maxWordNgram();
        String next = longest > 1
                ? graph.node("StringConcat", "words_spaced", graph.strings("space", List.of(" ")), tokens)
                : tokens;
        return ngrams(new Chain(StudentFile.WORDS, tokens, next, 1, longest));
    }

    /** String [N, T]: every character n-gram of every text, those across words too, which are in no vocabulary, and pads. */
    private String characterNgrams() {
        String tokens = tokens("characters_1", GraphWriter.attribute("separators", List.of("")));
        FeatureSpec spec = model.features();
        return ngrams(
                new Chain(StudentFile.CHARACTERS, tokens, tokens, spec.minCharacterNgram(), spec.maxCharacterNgram()));
    }

    private String tokens(String name, AttributeProto cut) {
        NodeProto.Builder tokenizer = operator(
                        "Tokenizer",
                        cut,
                        GraphWriter.attribute("mark", 0),
                        GraphWriter.attribute("mincharnum", 1),
                        GraphWriter.attribute("pad_value", PAD))
                .setDomain(MICROSOFT);
        return graph.node(tokenizer, name, FOLDED);
    }

    /** N-grams of {@code shortest} to {@code longest} tokens: those of n are those of n - 1 but the last, each with the token n - 1 places on appended. */
    private String ngrams(Chain chain) {
        List<String> all = new ArrayList<>();
        String shorter = chain.first();
        for (int n = 1; n <= chain.longest(); n++) {
            if (n > 1) {
                String name = chain.prefix() + "_" + n;
                String head = graph.node("Slice", name + "_head", shorter, constant(0), constant(-1), constant(1));
                String tail = graph.node(
                        "Slice",
                        name + "_tail",
                        chain.next(),
                        constant(n - 1L),
                        constant(Integer.MAX_VALUE),
                        constant(1));
                shorter = graph.node("StringConcat", name, head, tail);
            }
            if (n >= chain.shortest()) {
                all.add(shorter);
            }
        }
        if (all.size() == 1) {
            return all.get(0);
        }
        return graph.node(
                operator("Concat", GraphWriter.attribute("axis", 1)),
                chain.prefix() + "_ngrams",
                all.toArray(String[]::new));
    }

    /** Double [N, labels]: the sum of the weights of the hits over the root of their number. */
    private String evidence(String prefix, Block block, String ngrams) {
        String rows = runs(prefix, graph.node(encoder(block), prefix + StudentFile.ROWS, ngrams));
        String run = sum(prefix + "_run", gathered(prefix, block, rows), 2, false);
        String evidence =
                sum(prefix + "_sum", cast(prefix + "_run_double", run, TensorProto.DataType.DOUBLE), 1, false);
        String flat = graph.node("Flatten", prefix + "_flat", rows);
        String count = sum(prefix + "_count", graph.node("Min", prefix + "_hit", flat, constant(1)), 1, true);
        String hits = graph.node("Max", prefix + "_hits", count, constant(1));
        String root =
                graph.node("Sqrt", prefix + "_root", cast(prefix + "_hits_double", hits, TensorProto.DataType.DOUBLE));
        return graph.node("Div", prefix + "_evidence", evidence, root);
    }

    /**
     * Int64 [N, T] to [N, R, {@value #RUN}], with zeros at the end. Floats are summed within a run and runs in double, because a plain sum of floats over a long text that
     * repeats itself is off by more than engines may differ.
     */
    private String runs(String prefix, String rows) {
        NodeProto.Builder second =
                operator("Shape", GraphWriter.attribute("start", 1), GraphWriter.attribute("end", 2));
        String over = graph.node("Mod", prefix + "_over", graph.node(second, prefix + "_length", rows), constant(RUN));
        String missing = graph.node("Sub", prefix + "_missing", constant(RUN), over);
        String padded =
                graph.node("Pad", prefix + "_padded", rows, pads(prefix, missing), graph.longScalar("no_row", 0));
        return graph.node("Reshape", prefix + "_runs", padded, graph.longs("runs_shape", 0, -1, RUN));
    }

    private String pads(String prefix, String missing) {
        NodeProto.Builder concat = operator("Concat", GraphWriter.attribute("axis", 0));
        return graph.node(concat, prefix + "_pads", graph.longs("no_pads", 0, 0, 0), missing);
    }

    private String sum(String name, String values, int axis, boolean keep) {
        return graph.node(
                operator("ReduceSum", GraphWriter.attribute("keepdims", keep ? 1 : 0)), name, values, constant(axis));
    }

    private String constant(long value) {
        return graph.longs("int_" + value, value);
    }

    private static NodeProto.Builder encoder(Block block) {
        AttributeProto.Builder values =
                AttributeProto.newBuilder().setName("values_int64s").setType(AttributeProto.AttributeType.INTS);
        for (int row = 1; row <= block.keys().length; row++) {
            values.addInts(row);
        }
        return operator(
                        "LabelEncoder",
                        GraphWriter.attribute("default_int64", 0),
                        GraphWriter.attribute("keys_strings", Arrays.asList(block.keys())),
                        values.build())
                .setDomain(ML);
    }

    /** Float [N, R, {@value #RUN}, labels]: the weights of each n-gram, zeros where it is in no vocabulary. */
    private String gathered(String prefix, Block block, String rows) {
        long count = block.keys().length + 1L;
        if (block.weights() instanceof Float32 full) {
            float[] values = new float[labels + full.values().length];
            System.arraycopy(full.values(), 0, values, labels, full.values().length);
            graph.floats(prefix + StudentFile.WEIGHTS, values, count, labels);
            return graph.node("Gather", prefix + "_gathered", prefix + StudentFile.WEIGHTS, rows);
        }
        Int8 small = (Int8) block.weights();
        byte[] values = new byte[labels + small.values().length];
        System.arraycopy(small.values(), 0, values, labels, small.values().length);
        float[] scales = new float[1 + small.scales().length];
        System.arraycopy(small.scales(), 0, scales, 1, small.scales().length);
        graph.bytes(prefix + StudentFile.WEIGHTS, values, count, labels);
        graph.floats(prefix + StudentFile.SCALES, scales, count);
        String steps = graph.node("Gather", prefix + "_steps", prefix + StudentFile.WEIGHTS, rows);
        String scale = graph.node("Gather", prefix + "_scale", prefix + StudentFile.SCALES, rows);
        String wide = graph.node("Unsqueeze", prefix + "_scale_wide", scale, constant(-1));
        return graph.node(
                "Mul", prefix + "_gathered", cast(prefix + "_steps_float", steps, TensorProto.DataType.FLOAT), wide);
    }

    private String cast(String name, String value, TensorProto.DataType type) {
        return graph.node(operator("Cast", GraphWriter.attribute("to", type.getNumber())), name, value);
    }

    private Map<String, String> metadata() {
        Map<String, String> all = new TreeMap<>(model.metadata());
        put(all, StudentFile.META_FORMAT, StudentFile.FORMAT_VERSION);
        put(all, StudentFile.META_LABELS, json(model.labels()));
        put(all, StudentFile.META_TEMPERATURE, Float.toString(model.temperature()));
        put(all, StudentFile.META_MAX_WORD, Integer.toString(model.features().maxWordNgram()));
        put(
                all,
                StudentFile.META_MIN_CHARACTER,
                Integer.toString(model.features().minCharacterNgram()));
        put(
                all,
                StudentFile.META_MAX_CHARACTER,
                Integer.toString(model.features().maxCharacterNgram()));
        return all;
    }

    private static void put(Map<String, String> all, String key, String value) {
        if (all.put(key, value) != null) {
            throw new IllegalArgumentException(
                    "Invalid metadata key: " + key + " (must be none that the file format uses)");
        }
    }

    private static String json(List<String> labels) {
        try {
            return new ObjectMapper().writeValueAsString(labels);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write labels as JSON: " + e.getMessage(), e);
        }
    }

    private static void checkSize(StudentModel model) {
        long bytes = size(model.words()) + size(model.characters());
        if (bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("Invalid size of student: " + bytes + " bytes (must be below 2 GiB)");
        }
    }

    private static long size(Block block) {
        long rows = block.keys().length + 1L;
        long keys = Arrays.stream(block.keys())
                .mapToLong(key -> 3L * key.length() + 8)
                .sum();
        long perRow = block.weights() instanceof Float32
                ? 4L * block.weights().columns()
                : block.weights().columns() + 4L;
        return rows * perRow + keys;
    }

    private static NodeProto.Builder operator(String name, AttributeProto... attributes) {
        return NodeProto.newBuilder().setOpType(name).addAllAttribute(List.of(attributes));
    }

    private static OperatorSetIdProto opset(String domain, int version) {
        return OperatorSetIdProto.newBuilder()
                .setDomain(domain)
                .setVersion(version)
                .build();
    }

    /**
     * How n-grams grow.
     *
     * @param prefix what their names begin with
     * @param first string [N, T], the tokens
     * @param next string [N, T], the tokens as they are appended
     * @param shortest in tokens
     * @param longest in tokens
     */
    private record Chain(String prefix, String first, String next, int shortest, int longest) {}
}
