package dev.stillhouse.udfs.student;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NgramScanTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " . ",
                "word",
                "The cat, the CAT sat on 2 mats",
                "caf\u00e9 na\u00efve \u65e5\u672c\u8a9e \u041f\u0440\u0438\u0432\u0435\u0442",
                "a\ud83d\ude00b \ud83d c"
            })
    void ngramsAreThoseOfTheExtractorInItsOrder(String text) {
        for (FeatureSpec spec : List.of(FeatureSpec.words(1), new FeatureSpec(2, 2, 4), new FeatureSpec(3, 1, 6))) {
            List<String> words = new ArrayList<>();
            List<String> characters = new ArrayList<>();
            FeatureExtractor extractor = new FeatureExtractor(spec);
            extractor.words(text, words::add);
            extractor.characters(text, characters::add);
            NgramScan scan = new NgramScan(spec).read(text);

            List<String> foundWords = new ArrayList<>();
            List<String> foundCharacters = new ArrayList<>();
            scan.words((start, end, hash, size) -> {
                String ngram = scan.string(start, end);
                assertThat(size).isEqualTo(ngram.split(" ").length);
                foundWords.add(ngram);
                assertFound(scan, ngram, start, end, hash);
            });
            scan.characters((start, end, hash, size) -> {
                String ngram = scan.string(start, end);
                assertThat(size).isEqualTo(ngram.length());
                foundCharacters.add(ngram);
                assertFound(scan, ngram, start, end, hash);
            });

            assertThat(foundWords).isEqualTo(words);
            assertThat(foundCharacters).isEqualTo(characters);
        }
    }

    private static void assertFound(NgramScan scan, String ngram, int start, int end, long hash) {
        NgramTable table = new NgramTable(new String[] {"other", ngram + "s", ngram});

        assertThat(table.find(scan.bytes(), start, end, hash)).isEqualTo(2);
    }
}
