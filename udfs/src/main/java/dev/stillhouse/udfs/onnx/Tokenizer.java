package dev.stillhouse.udfs.onnx;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.stillhouse.udfs.errors.DataException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A {@code tokenizer.json} as a function from text to word-piece ids, special ones included. What the file says about padding and truncation is overruled: nothing is padded here, and {@code maxTokens} cuts. Safe for use by several threads.
 */
final class Tokenizer implements AutoCloseable {

    private final HuggingFaceTokenizer pieces;
    private final EncoderSpec spec;

    static {
        // The binding reports usage and looks for libraries online unless told not to; a named flavour stops it from
        // asking for a CUDA build.
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("RUST_FLAVOR", System.getProperty("RUST_FLAVOR", "cpu"));
    }

    private Tokenizer(HuggingFaceTokenizer pieces, EncoderSpec spec) {
        this.pieces = pieces;
        this.spec = spec;
    }

    static Tokenizer open(EncoderSpec spec) {
        String maxTokens = Integer.toString(spec.maxTokens());
        Map<String, String> options = Map.of(
                "addSpecialTokens",
                "true",
                "padding",
                "false",
                "truncation",
                // Of a text and a hypothesis it is the text that is cut.
                spec.entailment().isAsked() ? "only_first" : "true",
                "maxLength",
                maxTokens,
                "modelMaxLength",
                maxTokens,
                "stride",
                Integer.toString(spec.windows() > 1 ? spec.maxTokens() / 4 : 0));
        return new Tokenizer(load(spec.name(), spec.files().tokenizer(), options), spec);
    }

    /** A tokenizer that neither adds special tokens nor cuts nor pads, whatever its file says. */
    static HuggingFaceTokenizer whole(String name, byte[] tokenizer) {
        return load(name, tokenizer, Map.of("addSpecialTokens", "false", "padding", "false", "truncation", "false"));
    }

    private static HuggingFaceTokenizer load(String name, byte[] tokenizer, Map<String, String> options) {
        try {
            return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(tokenizer), options);
        } catch (IOException | RuntimeException e) {
            throw new DataException(
                    "Cannot load the tokenizer of encoder " + name
                            + ": it is no tokenizer.json of Hugging Face tokenizers (" + e.getMessage()
                            + "). Save it with tokenizer.save_pretrained beside the model",
                    e);
        }
    }

    /** The rows that one text makes, behind the prefix: one, one for each window, or one for each hypothesis. An empty text has the special ones only. */
    List<TokenRow> rows(String text) {
        String whole = spec.prefix() + wellFormed(cut(text));
        List<TokenRow> rows = new ArrayList<>();
        for (String hypothesis : spec.entailment().hypotheses()) {
            rows.add(row(pieces.encode(whole, hypothesis)));
        }
        if (rows.isEmpty()) {
            Encoding encoding = pieces.encode(whole, true, spec.windows() > 1);
            rows.add(row(encoding));
            for (Encoding more : encoding.getOverflowing()) {
                if (rows.size() < spec.windows()) {
                    rows.add(row(more));
                }
            }
        }
        return rows;
    }

    private static TokenRow row(Encoding encoding) {
        return new TokenRow(encoding.getIds(), encoding.getTypeIds());
    }

    private String cut(String text) {
        int maxCharacters = spec.maxCharacters();
        if (text.length() <= maxCharacters) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(maxCharacters - 1)) ? maxCharacters - 1 : maxCharacters;
        return text.substring(0, end);
    }

    /** The text with U+FFFD for unpaired surrogates, which have no UTF-8 form to hand to native code. */
    static String wellFormed(String text) {
        boolean surrogates = false;
        for (int i = 0; i < text.length() && !surrogates; i++) {
            surrogates = Character.isSurrogate(text.charAt(i));
        }
        if (!surrogates) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c -> clean.appendCodePoint(
                        c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c));
        return clean.toString();
    }

    @Override
    public void close() {
        pieces.close();
    }
}
