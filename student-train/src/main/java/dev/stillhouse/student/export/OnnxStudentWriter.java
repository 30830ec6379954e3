package dev.stillhouse.student.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stillhouse.udfs.ProbabilityMap;
import dev.stillhouse.udfs.ThresholdsJson;
import dev.stillhouse.udfs.student.FeatureSpec;
import dev.stillhouse.udfs.student.StudentFile;
import dev.stillhouse.udfs.student.StudentModel;
import dev.stillhouse.udfs.student.StudentModel.Block;
import dev.stillhouse.udfs.student.StudentModel.Float32;
import dev.stillhouse.udfs.student.Vocabularies;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a {@link StudentModel} as an ONNX file that takes text: {@code text} string [N] in; {@code probabilities} float [N, labels] and {@code label} string [N], or {@code probabilities} and {@code decisions} bool [N, labels], or {@code score} float [N] out, by the model's link. Standard
 * operators (opset 20, ai.onnx.ml 3, IR 10) and ONNX Runtime's {@code com.microsoft.Tokenizer}; the graph is drawn in docs/student.md. Equal models give equal bytes.
 */
public final class OnnxStudentWriter {
    private static final int IR_VERSION = 10;
    private static final int OPSET = 20;
    private static final int ML_OPSET = 3;
    static final String ML = "ai.onnx.ml";
    private static final String MICROSOFT = "com.microsoft";
    /** {@link FeatureSpec}'s word after folding, in RE2's syntax. */
    private static final String WORD = "[0-9a-z\\x{80}-\\x{FFFF}]+";
    /** Stands in no n-gram of characters and at no end of an n-gram of words, so that neither a pad nor an n-gram with a pad is ever a hit. */
    private static final String PAD = " ";

    private static final String FOLDED = "folded";

    private final StudentModel model;
    private final int labels;
    private final GraphWriter graph = new GraphWriter("student");
    private final TableNodes tables = new TableNodes(graph);
    private final OutputNodes outputs;

    private OnnxStudentWriter(StudentModel model) {
        this.model = model;
        this.labels = model.labels().size();
        this.outputs = new OutputNodes(graph, model);
    }

    /**
     * The bytes of the file.
     *
     * @throws IllegalArgumentException where the model does not hold what {@link Vocabularies#check} asks, has metadata under a name of {@link
     *     StudentFile#RESERVED_METADATA}, or is past the 2 GiB that an ONNX file can hold
     */
    public static byte[] write(StudentModel model) {
        return checked(model).toByteArray();
    }

    /**
     * The size of the file in bytes, which is not written.
     *
     * @throws IllegalArgumentException as {@link #write} does
     */
    public static long bytes(StudentModel model) {
        return checked(model).getSerializedSize();
    }

    private static ModelProto checked(StudentModel model) {
        Vocabularies.check(model);
        checkSize(model);
        return new OnnxStudentWriter(model).file();
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
        graph.floats(StudentFile.BIAS, model.bias(), labels);
        switch (model.decision().link()) {
            case SOFTMAX -> {
                graph.strings(StudentFile.LABELS, model.labels());
                outputs.label(cooled());
            }
            case LOGISTIC -> outputs.decisions(cooled());
            case IDENTITY -> outputs.score(logits());
        }
    }

    /** Double [N, labels]: logits over temperature. */
    private String cooled() {
        graph.floats(StudentFile.TEMPERATURE, new float[] {model.temperature()}, 1);
        return graph.node(
                "Div",
                "cooled",
                logits(),
                graph.cast("temperature_double", StudentFile.TEMPERATURE, TensorProto.DataType.DOUBLE));
    }

    /** Double [N, labels]. */
    private String logits() {
        boolean words = !model.words().isEmpty();
        boolean characters = !model.characters().isEmpty();
        boolean vectors = !model.vectors().isEmpty();
        String sum = graph.cast("bias_double", StudentFile.BIAS, TensorProto.DataType.DOUBLE);
        if (!words && !characters && !vectors) {
            NodeProto.Builder concat = GraphWriter.operator("Concat", GraphWriter.attribute("axis", 0));
            String shape = graph.node(
                    concat, "shape", graph.node("Shape", "texts", StudentFile.TEXT), graph.longs("width", labels));
            return graph.node("Expand", "logits", sum, shape);
        }
        NodeProto.Builder lower = GraphWriter.operator(
                "StringNormalizer",
                GraphWriter.attribute("case_change_action", "LOWER"),
                GraphWriter.attribute("locale", "C"));
        graph.node(lower, FOLDED, StudentFile.TEXT);
        String tokens = words || vectors ? tokens("words_1", GraphWriter.attribute("tokenexp", WORD)) : "";
        if (words) {
            sum = graph.node(
                    "Add", "words_logits", sum, evidence(StudentFile.WORDS, model.words(), wordNgrams(tokens)));
        }
        if (characters) {
            sum = graph.node(
                    "Add",
                    "characters_logits",
                    sum,
                    evidence(StudentFile.CHARACTERS, model.characters(), characterNgrams()));
        }
        if (vectors) {
            sum = graph.node("Add", "vectors_logits", sum, projected(tokens));
        }
        return sum;
    }

    /** String [N, T]: every word n-gram of every text, and pads. */
    private String wordNgrams(String tokens) {
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
        NodeProto.Builder tokenizer = GraphWriter.operator(
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
                String head = graph.node(
                        "Slice", name + "_head", shorter, graph.constant(0), graph.constant(-1), graph.constant(1));
                String tail = graph.node(
                        "Slice",
                        name + "_tail",
                        chain.next(),
                        graph.constant(n - 1L),
                        graph.constant(Integer.MAX_VALUE),
                        graph.constant(1));
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
                GraphWriter.operator("Concat", GraphWriter.attribute("axis", 1)),
                chain.prefix() + "_ngrams",
                all.toArray(String[]::new));
    }

    /** Double [N, labels]: the sum of the weights of the hits over the root of their number. */
    private String evidence(String prefix, Block block, String ngrams) {
        String rows = tables.rows(prefix, block, ngrams);
        String evidence = tables.summed(prefix, block, rows);
        String flat = graph.node("Flatten", prefix + "_flat", rows);
        String count =
                graph.sum(prefix + "_count", graph.node("Min", prefix + "_hit", flat, graph.constant(1)), 1, true);
        String hits = graph.node("Max", prefix + "_hits", count, graph.constant(1));
        String root = graph.node(
                "Sqrt", prefix + "_root", graph.cast(prefix + "_hits_double", hits, TensorProto.DataType.DOUBLE));
        return graph.node("Div", prefix + "_evidence", evidence, root);
    }

    /** Double [N, labels]: the pooled vectors of the words, projected. */
    private String projected(String words) {
        String prefix = StudentFile.VECTORS;
        Block block = model.vectors().entries();
        String summed = tables.summed(prefix, block, tables.rows(prefix, block, words));
        String square = graph.sum(prefix + "_square", graph.node("Mul", prefix + "_squares", summed, summed), 1, true);
        String floor = graph.doubleScalar(prefix + "_floor", StudentModel.POOLING_FLOOR * StudentModel.POOLING_FLOOR);
        String norm = graph.node("Sqrt", prefix + "_norm", graph.node("Add", prefix + "_floored", square, floor));
        String pooled = graph.node("Div", prefix + "_pooled", summed, norm);
        String projection = prefix + StudentFile.PROJECTION;
        graph.floats(projection, model.vectors().projection(), model.vectors().dimensions(), labels);
        return graph.node(
                "MatMul",
                prefix + "_projected",
                pooled,
                graph.cast(projection + "_double", projection, TensorProto.DataType.DOUBLE));
    }

    private Map<String, String> metadata() {
        Map<String, String> all = new TreeMap<>(model.metadata());
        put(all, StudentFile.META_FORMAT, StudentFile.FORMAT_VERSION);
        put(all, StudentFile.META_LABELS, json(model.labels()));
        put(all, StudentFile.META_TEMPERATURE, Float.toString(model.temperature()));
        put(all, StudentFile.META_LINK, model.decision().link().key());
        put(
                all,
                StudentFile.META_THRESHOLDS,
                json(ThresholdsJson.write(model.decision().thresholds())));
        ProbabilityMap map = model.decision().map();
        if (!map.isNone()) {
            put(all, StudentFile.META_MAP, json(new TreeMap<>(Map.of("from", map.from(), "to", map.to()))));
        }
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

    private static String json(Object labels) {
        try {
            return new ObjectMapper().writeValueAsString(labels);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write labels as JSON: " + e.getMessage(), e);
        }
    }

    private static void checkSize(StudentModel model) {
        long bytes = size(model.words())
                + size(model.characters())
                + size(model.vectors().entries());
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
