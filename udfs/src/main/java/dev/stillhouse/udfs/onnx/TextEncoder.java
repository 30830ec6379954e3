package dev.stillhouse.udfs.onnx;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.stillhouse.udfs.errors.DataException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Texts in, vectors out: tokenised, cut into batches by token budget, run by the JVM's shared session, and read as the spec's {@link Reading} says. Safe for use by several threads; not serialisable (carry the {@link EncoderSpec}).
 *
 * <p>A text's vector depends on the text and, within rounding of the last float digits, on the batch that the list puts it in; equal lists give equal vectors.
 */
public final class TextEncoder implements AutoCloseable {

    /** Tokens of a batch, padding included. Measured on two cores from 128 to 8192: flat up to 512, then slower, by a third at 4096, as activations leave the caches. */
    static final int TOKEN_BUDGET = 512;

    /** A GPU wants its batches large; 16,384 tokens of a model of MiniLM's kind take some 200 MB. */
    static final int GPU_TOKEN_BUDGET = 16_384;

    private static final Set<OnnxMl.TensorProto.DataType> WEIGHTS = EnumSet.of(
            OnnxMl.TensorProto.DataType.FLOAT,
            OnnxMl.TensorProto.DataType.FLOAT16,
            OnnxMl.TensorProto.DataType.BFLOAT16,
            OnnxMl.TensorProto.DataType.DOUBLE,
            OnnxMl.TensorProto.DataType.INT8,
            OnnxMl.TensorProto.DataType.UINT8);

    private final EncoderSpec spec;
    private final String key;
    private final EncoderSession session;
    private final int tokenBudget;
    private final AtomicBoolean closed = new AtomicBoolean();

    private TextEncoder(EncoderSpec spec, int tokenBudget) {
        this.spec = spec;
        this.key = spec.key();
        this.session = SessionCache.acquire(spec, key);
        this.tokenBudget = tokenBudget;
    }

    /**
     * The encoder; loads the model if this JVM has not done so yet.
     *
     * @throws DataException if the files are no encoder and tokenizer, naming what was found and expected
     */
    public static TextEncoder open(EncoderSpec spec) {
        return new TextEncoder(spec, spec.device().isCpu() ? TOKEN_BUDGET : GPU_TOKEN_BUDGET);
    }

    /** With batches of another size; for measuring. */
    static TextEncoder open(EncoderSpec spec, int tokenBudget) {
        return new TextEncoder(spec, tokenBudget);
    }

    /** Length of a vector. */
    public int dimensions() {
        return spec.reading() == Reading.ENTAILMENT
                ? spec.entailment().hypotheses().size()
                : session.shape().dimensions();
    }

    /** The vectors of the texts as {@link #encode(Tokens, Consumer)} gives them. */
    public float[] @Nullable [] encode(List<String> texts) {
        return encode(tokenise(texts), batch -> {});
    }

    /** The texts as word pieces; an empty text has the special ones alone. */
    public Tokens tokenise(List<String> texts) {
        if (closed.get()) {
            throw new IllegalStateException("Cannot encode: the encoder is closed");
        }
        return new Tokens(texts.stream().map(session::rows).toList());
    }

    /**
     * The vectors of the texts, {@code float[texts][dimensions]}; null for a text for which the model returned values that are not finite.
     *
     * @param afterBatch told after each batch, on the calling thread, what it had; what it throws ends the work
     */
    public float[] @Nullable [] encode(Tokens tokens, Consumer<Batch> afterBatch) {
        List<TokenRow> rows = tokens.texts.stream().flatMap(List::stream).toList();
        int[] lengths = rows.stream().mapToInt(TokenRow::length).toArray();
        BitSet firstOfText = tokens.firstRows();
        float[] @Nullable [] encoded = new float[rows.size()][];
        for (int[] batch : BatchPlan.cut(lengths, tokenBudget)) {
            List<TokenRow> together = Arrays.stream(batch).mapToObj(rows::get).toList();
            float[] @Nullable [] vectors = session.run(together);
            int texts = 0;
            int real = 0;
            for (int i = 0; i < batch.length; i++) {
                encoded[batch[i]] = vectors[i];
                real += lengths[batch[i]];
                texts += firstOfText.get(batch[i]) ? 1 : 0;
            }
            int longest = lengths[batch[batch.length - 1]];
            afterBatch.accept(new Batch(texts, real, batch.length * longest - real));
        }
        return ofTexts(tokens, encoded);
    }

    /** The vectors of texts from those of their rows. */
    private float[] @Nullable [] ofTexts(Tokens tokens, float[] @Nullable [] encoded) {
        float[] @Nullable [] vectors = new float[tokens.texts()][];
        int row = 0;
        for (int text = 0; text < vectors.length; text++) {
            List<TokenRow> rows = tokens.texts.get(text);
            List<float @Nullable []> own = Arrays.asList(encoded).subList(row, row + rows.size());
            vectors[text] = own.contains(null) ? null : ofText(own, rows);
            row += rows.size();
        }
        return vectors;
    }

    private float[] ofText(List<float[]> vectors, List<TokenRow> rows) {
        if (spec.reading() == Reading.ENTAILMENT) {
            float[] all = new float[vectors.size()];
            for (int hypothesis = 0; hypothesis < all.length; hypothesis++) {
                all[hypothesis] = vectors.get(hypothesis)[0];
            }
            return all;
        }
        if (vectors.size() == 1) {
            return vectors.get(0);
        }
        int[] weights = rows.stream().mapToInt(TokenRow::length).toArray();
        return Pooling.mean(vectors, weights, spec.reading() == Reading.MEAN || spec.reading() == Reading.CLS);
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

    /** Texts as word pieces, ready to be encoded. */
    public static final class Tokens {
        private final List<List<TokenRow>> texts;

        private Tokens(List<List<TokenRow>> texts) {
            this.texts = texts;
        }

        /** How many texts. */
        public int texts() {
            return texts.size();
        }

        /** Word pieces of each text, special ones included, of all its windows or hypotheses. */
        public int[] lengths() {
            return texts.stream()
                    .mapToInt(rows -> rows.stream().mapToInt(TokenRow::length).sum())
                    .toArray();
        }

        private BitSet firstRows() {
            BitSet first = new BitSet();
            int row = 0;
            for (List<TokenRow> rows : texts) {
                first.set(row);
                row += rows.size();
            }
            return first;
        }
    }

    /**
     * What one run of the model had.
     *
     * @param texts texts that begin in the batch
     * @param tokens word pieces of the texts
     * @param padding what was added to make all rows as long as the longest
     */
    public record Batch(int texts, int tokens, int padding) {}

    /** Gives the shared session back; it stays loaded for others. A second call does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            SessionCache.release(spec, key);
        }
    }

    /** For tests: whether two encoders run the same session. */
    boolean sharesSessionWith(TextEncoder other) {
        return session == other.session;
    }
}
