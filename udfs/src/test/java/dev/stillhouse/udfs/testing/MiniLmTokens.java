package dev.stillhouse.udfs.testing;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.stillhouse.udfs.onnx.TokenCounter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;

/** What MiniLM's tokenizer makes of a text as a whole, without special tokens: the referee of budgets, which count by sentence. */
public final class MiniLmTokens {
    private static final HuggingFaceTokenizer TOKENIZER = open();

    private MiniLmTokens() {}

    /** Tokens of a text of well-formed UTF-16. */
    public static int count(String text) {
        return TOKENIZER.encode(text, false, false).getIds().length;
    }

    private static HuggingFaceTokenizer open() {
        // Sets up the native library.
        TokenCounter.of("minilm");
        try (InputStream in = MiniLmTokens.class.getResourceAsStream("/all-minilm-l6-v2-tokenizer.json")) {
            return HuggingFaceTokenizer.newInstance(
                    Objects.requireNonNull(in),
                    Map.of("addSpecialTokens", "false", "padding", "false", "truncation", "false"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
