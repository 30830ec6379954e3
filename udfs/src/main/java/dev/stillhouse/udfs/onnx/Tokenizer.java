package dev.stillhouse.udfs.onnx;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.stillhouse.udfs.errors.DataException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;

/**
 * A {@code tokenizer.json} as a function from text to word-piece ids, special ones included. What the file says about padding and truncation is overruled: nothing is padded here, and {@code maxTokens} cuts. Safe for use by several threads.
 */
final class Tokenizer implements AutoCloseable {

    private final HuggingFaceTokenizer pieces;
    private final int maxCharacters;
    private final String prefix;

    static {
        // The binding reports usage and looks for libraries online unless told not to; a named flavour stops it from
        // asking for a CUDA build.
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("RUST_FLAVOR", System.getProperty("RUST_FLAVOR", "cpu"));
    }

    private Tokenizer(HuggingFaceTokenizer pieces, EncoderSpec spec) {
        this.pieces = pieces;
        this.maxCharacters = spec.maxCharacters();
        this.prefix = spec.prefix();
    }

    static Tokenizer open(EncoderSpec spec) {
        String maxTokens = Integer.toString(spec.maxTokens());
        Map<String, String> options = Map.of(
                "addSpecialTokens",
                "true",
                "padding",
                "false",
                "truncation",
                "true",
                "maxLength",
                maxTokens,
                "modelMaxLength",
                maxTokens);
        try {
            HuggingFaceTokenizer pieces = HuggingFaceTokenizer.newInstance(
                    new ByteArrayInputStream(spec.files().tokenizer()), options);
            return new Tokenizer(pieces, spec);
        } catch (IOException | RuntimeException e) {
            throw new DataException(
                    "Cannot load the tokenizer of encoder " + spec.name()
                            + ": it is no tokenizer.json of Hugging Face tokenizers (" + e.getMessage()
                            + "). Save it with tokenizer.save_pretrained beside the model",
                    e);
        }
    }

    /** The ids of one text, behind the prefix; an empty text has the special ones only. */
    long[] ids(String text) {
        return pieces.encode(prefix + wellFormed(cut(text))).getIds();
    }

    private String cut(String text) {
        if (text.length() <= maxCharacters) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(maxCharacters - 1)) ? maxCharacters - 1 : maxCharacters;
        return text.substring(0, end);
    }

    /** The text with U+FFFD for unpaired surrogates, which have no UTF-8 form to hand to native code. */
    private static String wellFormed(String text) {
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
