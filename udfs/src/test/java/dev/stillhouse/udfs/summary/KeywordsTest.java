package dev.stillhouse.udfs.summary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class KeywordsTest {
    private static final int MANY = 100;

    @Test
    void wordsAreInTheOrderOfTheirRaritySquaredTimesOneAndTheLogarithmOfTheirCount() {
        Map<String, Float> rarities = Map.of("ship", 2f, "mast", 1.5f, "sea", 1.125f);
        double ship = (1 + Math.log(1)) * 2 * 2;
        double mast = (1 + Math.log(2)) * 1.5 * 1.5;
        double sea = (1 + Math.log(5)) * 1.125 * 1.125;
        assertThat(ship).isGreaterThan(mast);
        assertThat(mast).isGreaterThan(sea);

        String text = "Sea and sea, sea. Mast! Sea, a mast of the sea. Ship.";

        assertThat(keywords(text, rarities, MANY)).containsExactly("ship", "mast", "sea");
    }

    @Test
    void theCountMattersByItsLogarithmAlone() {
        Map<String, Float> rarities = Map.of("mast", 1f, "sea", 1.5f);
        assertThat(keywords("Sea. Mast, mast, mast.", rarities, MANY)).containsExactly("sea", "mast");
        assertThat((1 + Math.log(3)) * 1 * 1).isLessThan(1.5 * 1.5);

        assertThat(keywords("Sea. Mast, mast, mast, mast.", rarities, MANY)).containsExactly("mast", "sea");
        assertThat((1 + Math.log(4)) * 1 * 1).isGreaterThan(1.5 * 1.5);
    }

    @Test
    void aWordThatTheStudentDoesNotKnowHasToStandTwiceAndIsAsRareAsTheRarest() {
        Map<String, Float> rarities = Map.of("ship", 2f, "sea", 1f);
        assertThat(keywords("Ship. Zephyr, sea, sea.", rarities, MANY)).containsExactly("ship", "sea");
        assertThat(keywords("Ship. Zephyr, sea, zephyr.", rarities, MANY)).containsExactly("zephyr", "ship", "sea");
        assertThat(keywords("Ship. Zephyr, ship, zephyr.", rarities, MANY)).containsExactly("ship", "zephyr");
        assertThat(keywords("Ship, zephyr, ship, ship, zephyr.", rarities, MANY))
                .containsExactly("ship", "zephyr");
    }

    @Test
    void aWordThatTheStudentKnowsMayStandOnceUnlessItTellsNothing() {
        assertThat(keywords("The ship sank.", Map.of("the", 0f, "ship", 2f, "sank", 1f), MANY))
                .containsExactly("ship", "sank");
    }

    @Test
    void numbersAndSingleLettersAreNoneHoweverTellingAndTakeNoPlace() {
        Map<String, Float> rarities = Map.of("1999", 9f, "x", 9f, "海", 9f, "b2", 3f, "sea", 1f);
        String text = "1999, 1999, 7777, 7777: x and x, q or q; 海 海 島 島. The sea of b2.";

        assertThat(keywords(text, rarities, MANY)).containsExactly("b2", "sea");
        assertThat(keywords(text, rarities, 1)).containsExactly("b2");
    }

    @Test
    void ofEqualsTheFirstInTheTextIsFirst() {
        Map<String, Float> rarities = Map.of("anchor", 1f, "mast", 1f, "sail", 1f, "ship", 2f);
        assertThat(keywords("Sail, mast. Anchor, ship.", rarities, MANY))
                .containsExactly("ship", "sail", "mast", "anchor");
        assertThat(keywords("Anchor, sail. Ship, mast.", rarities, MANY))
                .containsExactly("ship", "anchor", "sail", "mast");
    }

    @Test
    void aWordInTwoCasesIsOneAsItStandsWhereItIsMoreTelling() {
        assertThat(keywords("SHIP, Ship. ship.", Map.of("ship", 1f), MANY)).containsExactly("ship");
        assertThat(keywords("Éole, Éole. Then éole, éole, éole.", Map.of(), MANY))
                .containsExactly("éole");
    }

    @Test
    void thereAreNoMoreThanAskedForAndNoMoreThanTheTextHas() {
        Map<String, Float> rarities = Map.of("ship", 3f, "mast", 2f, "sea", 1f);
        String text = "Sea. Ship. Mast.";
        assertThat(keywords(text, rarities, 0)).isEmpty();
        assertThat(keywords(text, rarities, 2)).containsExactly("ship", "mast");
        assertThat(keywords(text, rarities, 3)).containsExactly("ship", "mast", "sea");
        assertThat(keywords(text, rarities, MANY)).containsExactly("ship", "mast", "sea");
        assertThat(keywords("", rarities, MANY)).isEmpty();
    }

    /** Of a student that knows these words and how rare they are. */
    private static List<String> keywords(String text, Map<String, Float> known, int most) {
        Map<String, Float> weights = known.keySet().stream().collect(Collectors.toMap(word -> word, word -> 1f));
        Cues cues = Cues.of(SalienceModels.ofCues(weights).cues());
        float[] rarities = new float[known.size()];
        int row = 0;
        for (float rarity : new TreeMap<>(known).values()) {
            rarities[row++] = rarity;
        }
        Sentences sentences = new SentenceSplitter().split(text);
        DocumentWords words = new DocumentWords(cues, WordVectors.NONE);
        words.read(text, sentences);
        return new Keywords(rarities).of(text, sentences, words, most);
    }
}
