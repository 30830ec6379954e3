package dev.stillhouse.datasets.quality;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillhouse.udfs.testing.SharedData;
import dev.stillhouse.udfs.text.Goldens;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PorterStemmerTest {
    @Test
    void stemsAreThoseOfTheNaturalLanguageToolkit() {
        String golden = Goldens.text("stems.txt");
        assertThat(golden.lines()).hasSizeGreaterThan(3_000);
        assertThat(golden.lines().map(line -> line.split(" ")[0]).map(word -> word + ' ' + PorterStemmer.stem(word)))
                .containsExactlyElementsOf(golden.lines().toList());
    }

    @Test
    void stemsOfAllWordsOfPubmedAreThoseOfTheNaturalLanguageToolkit() throws NoSuchAlgorithmException {
        JsonNode golden = Goldens.jsonLines("stems-pubmed.jsonl").get(0);
        TreeSet<String> words = new TreeSet<>();
        for (JsonNode document : SharedData.jsonLines("pubmed/test.jsonl.gz")) {
            words.addAll(Rouge.Tokenizer.GOOGLE.words(document.get("text").asText()));
            words.addAll(Rouge.Tokenizer.GOOGLE.words(document.get("reference").asText()));
        }
        assertThat(words).hasSize(golden.get("words").asInt());
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (String word : words) {
            digest.update((word + ' ' + PorterStemmer.stem(word) + '\n').getBytes(StandardCharsets.UTF_8));
        }
        assertThat(HexFormat.of().formatHex(digest.digest()))
                .isEqualTo(golden.get("sha256").asText());
    }

    @Test
    void runsOfYOfAnyLengthAreStemmed() {
        assertThat(PorterStemmer.stem("y".repeat(100_000) + "ing")).hasSize(100_000);
    }
}
