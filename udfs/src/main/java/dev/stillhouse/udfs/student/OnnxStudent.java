package dev.stillhouse.udfs.student;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.stillhouse.udfs.Decision;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.errors.DataException;
import dev.stillhouse.udfs.onnx.Device;
import dev.stillhouse.udfs.onnx.OnnxEnvironment;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The published file run by ONNX Runtime in the shared environment: the second engine, and the one that every other language has, which must agree with {@link StudentKernel} within 1e-5. Safe for use by several threads until
 * closed; not serialisable.
 */
public final class OnnxStudent implements Student {
    /** A batch is padded to its longest text, so both its texts and its padded size are bounded. */
    private static final int MOST_TEXTS = 64;

    private static final int MOST_PADDED_CHARACTERS = 16_384;

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final List<String> labels;
    private final Decision decision;
    private final float temperature;
    private final long parameters;
    private final Map<String, String> provenance;

    /**
     * Loads a file.
     *
     * @param content the whole {@code student.onnx}
     * @param name of the file, for messages
     * @throws DataException where {@link StudentReader} cannot read it or ONNX Runtime cannot load it
     */
    public OnnxStudent(byte[] content, String name) {
        StudentModel model = StudentReader.read(content, name);
        labels = model.labels();
        decision = model.decision();
        temperature = model.temperature();
        parameters = model.parameters();
        provenance = model.metadata();
        environment = OnnxEnvironment.shared();
        try (OrtSession.SessionOptions options = OnnxEnvironment.options(Device.CPU)) {
            session = environment.createSession(content, options);
        } catch (OrtException e) {
            throw new DataException("Cannot load student " + name + ": ONNX Runtime says " + e.getMessage(), e);
        }
        try {
            checkValues(name);
        } catch (OrtException e) {
            close();
            throw new DataException("Cannot load student " + name + ": ONNX Runtime says " + e.getMessage(), e);
        } catch (DataException e) {
            close();
            throw e;
        }
    }

    @Override
    public List<String> labels() {
        return labels;
    }

    @Override
    public Decision decision() {
        return decision;
    }

    @Override
    public float temperature() {
        return temperature;
    }

    @Override
    public long parameters() {
        return parameters;
    }

    @Override
    public Map<String, String> provenance() {
        return provenance;
    }

    /** {@inheritDoc} Batches of its own, bounded in padded size, are made of the texts in their order. */
    @Override
    public float[][] probabilities(List<String> texts) {
        float[][] probabilities = new float[texts.size()][];
        for (int from = 0; from < probabilities.length; ) {
            int to = batchEnd(texts, from);
            float[][] batch = run(texts.subList(from, to));
            System.arraycopy(batch, 0, probabilities, from, batch.length);
            from = to;
        }
        return probabilities;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("Cannot close student: " + e.getMessage(), e);
        }
    }

    private float[][] run(List<String> texts) {
        String[] batch = texts.stream().map(OnnxStudent::passable).toArray(String[]::new);
        try (OnnxTensor input = OnnxTensor.createTensor(environment, batch);
                OrtSession.Result result = session.run(Map.of(StudentFile.TEXT, input), Set.of(output()))) {
            Object value = result.get(0).getValue();
            return value instanceof float[] scores ? column(scores) : (float[][]) value;
        } catch (OrtException e) {
            throw new IllegalStateException(
                    "Cannot score " + texts.size() + " texts: ONNX Runtime says " + e.getMessage(), e);
        }
    }

    private String output() {
        return decision.link() == Link.IDENTITY ? StudentFile.SCORE : StudentFile.PROBABILITIES;
    }

    private static float[][] column(float[] scores) {
        float[][] column = new float[scores.length][];
        for (int i = 0; i < column.length; i++) {
            column[i] = new float[] {scores[i]};
        }
        return column;
    }

    /**
     * The text with a space for each NUL and surrogate. The binding passes modified UTF-8, in which these are no UTF-8; they separate words, so that the result is the
     * same.
     */
    private static String passable(String text) {
        if (text.chars().noneMatch(OnnxStudent::isUnpassable)) {
            return text;
        }
        StringBuilder passed = new StringBuilder(text);
        for (int i = 0; i < passed.length(); i++) {
            if (isUnpassable(passed.charAt(i))) {
                passed.setCharAt(i, ' ');
            }
        }
        return passed.toString();
    }

    private static boolean isUnpassable(int unit) {
        return unit == 0 || Character.isSurrogate((char) unit);
    }

    private static int batchEnd(List<String> texts, int from) {
        int longest = texts.get(from).length();
        int to = from + 1;
        while (to < texts.size() && to - from < MOST_TEXTS) {
            longest = Math.max(longest, texts.get(to).length());
            if ((long) longest * (to - from + 1) > MOST_PADDED_CHARACTERS) {
                break;
            }
            to++;
        }
        return to;
    }

    private void checkValues(String name) throws OrtException {
        check(name, session.getInputInfo(), StudentFile.TEXT, OnnxJavaType.STRING);
        check(name, session.getOutputInfo(), output(), OnnxJavaType.FLOAT);
        switch (decision.link()) {
            case SOFTMAX -> check(name, session.getOutputInfo(), StudentFile.LABEL, OnnxJavaType.STRING);
            case LOGISTIC -> check(name, session.getOutputInfo(), StudentFile.DECISIONS, OnnxJavaType.BOOL);
            case IDENTITY -> {}
        }
    }

    private static void check(String name, Map<String, NodeInfo> found, String expected, OnnxJavaType type) {
        NodeInfo value = found.get(expected);
        if (value == null || !(value.getInfo() instanceof TensorInfo tensor) || tensor.type != type) {
            throw new DataException("Cannot load student " + name + ": its graph has " + found.values() + " where '"
                    + expected + "' of type " + type + " is expected");
        }
    }
}
