package dev.stillhouse.udfs.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.stillhouse.udfs.errors.DataException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A loaded encoder: session, tokenizer and what was checked about them. Safe for use by several threads; closed by the cache that made it. */
final class EncoderSession implements AutoCloseable {
    private final OrtSession session;
    private final Tokenizer tokenizer;
    private final EncoderShape shape;
    private final String name;
    private final int logit;

    private EncoderSession(OrtSession session, Tokenizer tokenizer, EncoderShape shape, EncoderSpec spec) {
        this.session = session;
        this.tokenizer = tokenizer;
        this.shape = shape;
        this.name = spec.name();
        this.logit = spec.entailment().logit();
    }

    static EncoderSession open(EncoderSpec spec) {
        Tokenizer tokenizer = Tokenizer.open(spec);
        OrtSession session = null;
        try (OrtSession.SessionOptions options = OnnxEnvironment.options(spec.device())) {
            session = OnnxEnvironment.shared().createSession(spec.files().model(), options);
            return new EncoderSession(session, tokenizer, EncoderShape.of(spec, session), spec);
        } catch (OrtException e) {
            closeAll(tokenizer, session);
            throw new DataException(
                    "Cannot load encoder " + spec.name() + ": ONNX Runtime does not read its model file ("
                            + e.getMessage() + "). Export the model to one ONNX file for feature extraction",
                    e);
        } catch (RuntimeException e) {
            closeAll(tokenizer, session);
            throw e;
        }
    }

    EncoderShape shape() {
        return shape;
    }

    List<TokenRow> rows(String text) {
        return tokenizer.rows(text);
    }

    /**
     * Runs one batch.
     *
     * @return {@code float[batch][dimensions]}, of one value for {@link Reading#ENTAILMENT}; null for a row whose vector is not finite
     */
    float[] @Nullable [] run(List<TokenRow> rows) {
        // A tokenizer without special tokens gives an empty text none, and a tensor must have some.
        int tokens = 1;
        for (TokenRow row : rows) {
            tokens = Math.max(tokens, row.length());
        }
        List<OnnxTensor> opened = new ArrayList<>(3);
        try {
            Map<String, OnnxTensor> inputs = inputs(rows, tokens, opened);
            try (OrtSession.Result result = session.run(inputs, Set.of(shape.output()))) {
                FloatBuffer output = ((OnnxTensor) result.get(0)).getFloatBuffer();
                return vectors(output, rows, tokens);
            }
        } catch (OrtException e) {
            throw new DataException(
                    "Cannot encode a batch of " + rows.size() + " x " + tokens + " tokens with " + name + ": "
                            + e.getMessage() + ". Check that the tokenizer belongs to the model and that it takes "
                            + tokens + " tokens",
                    e);
        } finally {
            opened.forEach(OnnxTensor::close);
        }
    }

    private Map<String, OnnxTensor> inputs(List<TokenRow> rows, int tokens, List<OnnxTensor> opened)
            throws OrtException {
        LongBuffer pieces = buffer(rows.size() * tokens);
        LongBuffer mask = buffer(rows.size() * tokens);
        LongBuffer types = buffer(rows.size() * tokens);
        for (int row = 0; row < rows.size(); row++) {
            pieces.put(row * tokens, rows.get(row).ids());
            types.put(row * tokens, rows.get(row).types());
            for (int i = 0; i < rows.get(row).length(); i++) {
                mask.put(row * tokens + i, 1L);
            }
        }
        long[] dimensions = {rows.size(), tokens};
        Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
        inputs.put(EncoderShape.IDS, open(pieces, dimensions, opened));
        inputs.put(EncoderShape.MASK, open(mask, dimensions, opened));
        if (shape.tokenTypes()) {
            inputs.put(EncoderShape.TYPES, open(types, dimensions, opened));
        }
        return inputs;
    }

    private static OnnxTensor open(LongBuffer values, long[] dimensions, List<OnnxTensor> opened) throws OrtException {
        OnnxTensor tensor = OnnxTensor.createTensor(OnnxEnvironment.shared(), values, dimensions);
        opened.add(tensor);
        return tensor;
    }

    /** A zeroed direct buffer, which the runtime reads in place. */
    private static LongBuffer buffer(int values) {
        return ByteBuffer.allocateDirect(values * Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .asLongBuffer();
    }

    private float[] @Nullable [] vectors(FloatBuffer output, List<TokenRow> rows, int tokens) {
        float[] @Nullable [] vectors = new float[rows.size()][];
        float[] values = new float[shape.dimensions() * (shape.pooled() ? 1 : tokens)];
        for (int row = 0; row < vectors.length; row++) {
            output.get(row * values.length, values);
            vectors[row] = switch (shape.reading()) {
                case LOGITS, PROBABILITIES -> Pooling.finite(values);
                case ENTAILMENT -> Pooling.logOdds(values, logit);
                case CLS -> Pooling.unit(values, shape.dimensions(), 1);
                case MEAN ->
                    Pooling.unit(
                            values,
                            shape.dimensions(),
                            shape.pooled() ? 1 : rows.get(row).length());
            };
        }
        return vectors;
    }

    @Override
    public void close() {
        closeAll(tokenizer, session);
    }

    private static void closeAll(Tokenizer tokenizer, @Nullable OrtSession session) {
        tokenizer.close();
        if (session != null) {
            try {
                session.close();
            } catch (OrtException e) {
                throw new IllegalStateException("Cannot close a session of ONNX Runtime: " + e.getMessage(), e);
            }
        }
    }
}
