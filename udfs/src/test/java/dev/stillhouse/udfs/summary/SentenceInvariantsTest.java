package dev.stillhouse.udfs.summary;

import static dev.stillhouse.udfs.summary.SplitSentences.assertSound;
import static dev.stillhouse.udfs.summary.SplitSentences.list;
import static dev.stillhouse.udfs.summary.SplitSentences.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What holds of the sentences of random texts. */
class SentenceInvariantsTest {
    /** What random texts are made of: marks, brackets, breaks, letters of several scripts, halves of pairs. */
    private static final String[] PIECES = {
        ".",
        ".",
        "!",
        "?",
        "…",
        "。",
        "؟",
        "।",
        ";",
        ",",
        ":",
        "-",
        "–",
        "(",
        ")",
        "[",
        "]",
        "\"",
        "'",
        "“",
        "”",
        "«",
        "»",
        " ",
        " ",
        " ",
        "\n",
        "\n",
        "\r\n",
        "\n\n",
        "\t",
        "\u00a0",
        "\u0085",
        "\u2028",
        "\u2029",
        "\u0000",
        "\u000b",
        "a",
        "word",
        "Word",
        "WORD",
        "Mr",
        "e.g",
        "z",
        "5",
        "12",
        "2005",
        "é",
        "ß",
        "и",
        "Ж",
        "κ",
        "漢",
        "かな",
        "ไทย",
        "क",
        "ع",
        "\ud83d\ude00",
        "\ud835\udc00",
        "\ud800",
        "\udc00",
        "\u0301",
        "\u200b",
        "|",
        "{",
        "}",
        "#",
        "* ",
        "- ",
        "1. ",
        "```",
        "="
    };

    @Test
    void everythingIsInsideOneSentence() {
        long seed = 20260301;
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            assertSound(randomText(random, 1 + random.nextInt(60)));
        }
        for (int round = 0; round < 2_000; round++) {
            int[] units = random.ints(1 + random.nextInt(40), 0, 1 << 16).toArray();
            StringBuilder text = new StringBuilder();
            IntStream.of(units).forEach(unit -> text.append((char) unit));
            assertSound(text.toString());
        }
    }

    @Test
    void aSentenceIsSplitAlikeWithOthersAfterBlankLines() {
        long seed = 20260302;
        Random random = new Random(seed);
        String[] parts = {
            "It is so. He said no!", "Why? \"Because.\" Dr. Hall left.", "今天很好。我们去吧！", "On 5 May it rained ... We left."
        };
        for (int round = 0; round < 500; round++) {
            StringBuilder text = new StringBuilder();
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(5); i++) {
                String part = parts[random.nextInt(parts.length)];
                text.append(part).append("\n\n");
                int paragraph = i;
                list(part).forEach(line -> expected.add(paragraph + line.substring(1)));
            }
            assertThat(list(text.toString()))
                    .as("seed %d round %d", seed, round)
                    .isEqualTo(expected);
        }
    }

    /** Where no rule of the splitter's own applies, its ends are those of the sentence rules as ICU4J has them. */
    @Test
    void plainSentencesEndWhereTheRulesOfUnicodeEndThem() {
        long seed = 20260303;
        Random random = new Random(seed);
        String[] words = {
            "Alder", "birch", "cedar", "elm's", "fir-tree", "3.5", "2,000", "élan", "Ωμέγα", "дуб", "שלום", "كتاب"
        };
        String[] ends = {".", "!", "?", "?!", ".)", "!\"", "।", "؟", "։", "።"};
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int sentence = 0; sentence < 1 + random.nextInt(6); sentence++) {
                text.append(sentence == 0 ? "Now" : " Now");
                for (int word = 0; word < 1 + random.nextInt(6); word++) {
                    text.append(random.nextInt(6) == 0 ? ", " : " ").append(words[random.nextInt(words.length)]);
                }
                text.append(" grows").append(ends[random.nextInt(ends.length)]);
            }
            assertThat(texts(text.toString()))
                    .as("seed %d round %d", seed, round)
                    .isEqualTo(unicodeSentences(text.toString()));
        }
    }

    private static List<String> unicodeSentences(String text) {
        BreakIterator iterator = BreakIterator.getSentenceInstance(ULocale.ROOT);
        iterator.setText(text);
        List<String> sentences = new ArrayList<>();
        int begin = iterator.first();
        for (int end = iterator.next(); end != BreakIterator.DONE; end = iterator.next()) {
            sentences.add(text.substring(begin, end).strip());
            begin = end;
        }
        return sentences;
    }

    private static String randomText(Random random, int pieces) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }
}
