package dev.stillhouse.udfs.onnx;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.stillhouse.udfs.errors.DataException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;

/**
 * Texts in, unit vectors out: tokenised, cut into batches by token budget, run by the JVM's shared session, mean-pooled over real tokens, L2-normalised. Safe for use by several threads; not serialisable (carry the {@link EncoderSpec}).
 *
 * <p>A text's vector depends on the text and, within rounding of the last float digits, on the batch that the list puts it in; equal lists give equal vectors.
 */
public final class TextEncoder implements AutoCloseable {

    /** Tokens of a batch, padding included. Measured on two cores from 128 to 8192: flat up to 512, then slower, by a third at 4096, as activations leave the caches. */
    static final int TOKEN_BUDGET = 512;

    private static final Set<OnnxMl.TensorProto.DataType> WEIGHTS = EnumSet.of(
            OnnxMl.TensorProto.DataType.FLOAT,
            OnnxMl.TensorProto.DataType.FLOAT16,
            OnnxMl.TensorProto.DataType.BFLOAT16,
            OnnxMl.TensorProto.DataType.DOUBLE,
            OnnxMl.TensorProto.DataType.INT8,
            OnnxMl.TensorProto.DataType.UINT8);

    private final EncoderSpec spec;
    private final EncoderSession session;
    private final int tokenBudget;
    private final AtomicBoolean closed = new AtomicBoolean();

    private TextEncoder(EncoderSpec spec, int tokenBudget) {
        this.spec = spec;
        this.session = SessionCache.acquire(spec);
        this.tokenBudget = tokenBudget;
    }

    /**
     * The encoder; loads the model if this JVM has not done so yet.
     *
     * @throws DataException if the files are no encoder and tokenizer, naming what was found and expected
     */
    public static TextEncoder open(EncoderSpec spec) {
        return new TextEncoder(spec, TOKEN_BUDGET);
    }

    /** With batches of another size; for measuring. */
    static TextEncoder open(EncoderSpec spec, int tokenBudget) {
        return new TextEncoder(spec, tokenBudget);
    }

    /** Length of a vector. */
    public int dimensions() {
        return session.shape().dimensions();
    }

    /** The vectors of the texts, {@code float[texts][dimensions]}; an empty text gets the vector of the special tokens alone. */
    public float[][] encode(List<String> texts) {
        return encode(texts, rows -> {});
    }

    /**
     * As {@link #encode(List)}, and tells after each batch how many texts it had. What the consumer throws ends the work.
     *
     * @param afterBatch called on the calling thread, for progress and for ending early
     */
    public float[][] encode(List<String> texts, IntConsumer afterBatch) {
        if (closed.get()) {
            throw new IllegalStateException("Cannot encode: the encoder is closed");
        }
        long[][] ids = new long[texts.size()][];
        int[] lengths = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = session.ids(texts.get(i));
            lengths[i] = ids[i].length;
        }
        float[][] vectors = new float[ids.length][];
        for (int[] batch : BatchPlan.cut(lengths, tokenBudget)) {
            long[][] rows = new long[batch.length][];
            for (int i = 0; i < batch.length; i++) {
                rows[i] = ids[batch[i]];
            }
            float[][] encoded = session.run(rows);
            for (int i = 0; i < batch.length; i++) {
                vectors[batch[i]] = encoded[i];
            }
            afterBatch.accept(batch.length);
        }
        return vectors;
    }

    /**
     * Number of weights in a model: elements of its initializers of floating or quantised types. Reads the file.
     *
     * @throws DataException if it is no ONNX file
     */
    public static long parameters(EncoderSpec spec) {
        try {
            OnnxMl.ModelProto model = OnnxMl.ModelProto.parseFrom(spec.files().model());
            long parameters = 0;
            for (OnnxMl.TensorProto tensor : model.getGraph().getInitializerList()) {
                OnnxMl.TensorProto.DataType type = OnnxMl.TensorProto.DataType.forNumber(tensor.getDataType());
                if (type != null && WEIGHTS.contains(type)) {
                    parameters += tensor.getDimsList().stream()
                            .mapToLong(Long::longValue)
                            .reduce(1, (a, b) -> a * b);
                }
            }
            return parameters;
        } catch (InvalidProtocolBufferException e) {
            throw new DataException(
                    "Cannot read encoder " + spec.name() + ": its model file is no ONNX file (" + e.getMessage() + ")",
                    e);
        }
    }

    /** Gives the shared session back; it stays loaded for others. A second call does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            SessionCache.release(spec);
        }
    }

    /** For tests: whether two encoders run the same session. */
    boolean sharesSessionWith(TextEncoder other) {
        return session == other.session;
    }
}
