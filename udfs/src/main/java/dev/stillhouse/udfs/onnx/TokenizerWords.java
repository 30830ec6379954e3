package dev.stillhouse.udfs.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stillhouse.udfs.errors.DataException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The whole words in the vocabulary of a Hugging Face {@code tokenizer.json}: pieces that begin a word, without their mark. WordPiece marks what continues a word ({@code ##}), SentencePiece and byte-level BPE what begins one (U+2581, U+0120). */
public final class TokenizerWords {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONTINUES = "##";
    private static final String BEGINS_SENTENCEPIECE = "\u2581";
    private static final String BEGINS_BYTES = "\u0120";

    private TokenizerWords() {}

    /**
     * Reads them.
     *
     * @return distinct, in the order of the vocabulary; pieces that begin words are not told from whole words where they are both
     * @throws DataException if the tokenizer's file is no JSON
     */
    public static List<String> of(EncoderSpec spec) {
        return of(spec.name(), spec.files().tokenizer());
    }

    static List<String> of(String name, byte[] tokenizer) {
        try {
            return words(JSON.readTree(tokenizer).path("model"));
        } catch (IOException e) {
            throw new DataException(
                    "Cannot read the tokenizer of " + name + ": its " + tokenizer.length
                            + " bytes are no JSON; give the model's tokenizer.json",
                    e);
        }
    }

    private static List<String> words(JsonNode model) {
        List<String> pieces = new ArrayList<>();
        JsonNode vocabulary = model.path("vocab");
        if (vocabulary.isArray()) {
            vocabulary.forEach(entry -> pieces.add(entry.path(0).asText()));
        } else {
            vocabulary.fieldNames().forEachRemaining(pieces::add);
        }
        boolean marksBeginnings = pieces.stream().anyMatch(piece -> mark(piece).isPresent());
        return pieces.stream()
                .filter(piece -> !piece.startsWith(CONTINUES))
                .filter(piece -> !marksBeginnings || mark(piece).isPresent())
                .map(piece -> piece.substring(mark(piece).map(String::length).orElse(0)))
                .filter(piece -> !piece.isEmpty())
                .distinct()
                .toList();
    }

    private static Optional<String> mark(String piece) {
        return List.of(BEGINS_SENTENCEPIECE, BEGINS_BYTES).stream()
                .filter(mark -> piece.startsWith(mark) && piece.length() > mark.length())
                .findFirst();
    }
}
