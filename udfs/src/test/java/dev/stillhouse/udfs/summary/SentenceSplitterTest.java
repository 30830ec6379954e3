package dev.stillhouse.udfs.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import dev.stillhouse.udfs.summary.Sentences.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In the gold cases "|" stands where a sentence ends. */
class SentenceSplitterTest {
    private static final SentenceSplitter SPLITTER = new SentenceSplitter();

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Mr. Bell met Dr. J. R. Hall and Prof. Lee at 9 a.m. | They paid approx. 3.5 dollars, i.e. a lot. | He left.",
                "See fig. 3 and Figs. 4-5, vol. 2, pp. 10-12. | Noor et al. (2010) disagree, cf. Ito et al. 2011. | We do not.",
                "The U.S. Senate met. | He lives in the U.S. | She does not. | Fern Inc. sells chairs. | They bought Fern Inc. | It paid.",
                "No. 5 is open. | Is it? | No. | It is shut.",
                "Version 3.2.1 is out. | See www.example.com/a.b?c=d. | Write to j.doe@example.org. | Open main.py. | Done.",
                "Wait... | Really?! | Yes. | He waited… and waited… | Then it came. | Well ... no.",
                "He said \"Go.\" | Then he went. | (He left.) | \"Why?\" she asked. | \"Stop!\" he cried. | It is so.[3, 4] | They say.² | Then.",
                "He asked if it (the red one?) was his. | It was (see above). | “It was not.” | ‘Oh.’",
                "The mRNA was short. | mRNA is often so. | It weighs 5 g. | We know.",
                "1. First we look. | 2. Then we leap. | 3.2.1. Nothing follows.",
                "He said: \"I know. | You do not.\" | That was all."
            })
    void english(String gold) {
        assertGold(gold);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Am 3. Mai kam er an. | Das ist z. B. Berlin, d. h. die Stadt. | Nach Art. 5 Abs. 2 gilt das usw. | Die Frist endet am 12. | Er ging.",
                "Im 19. Jahrhundert war das so. | Er zahlte 5 Mio. Euro bzw. Franken. | Vgl. Nr. 7. | „Ja.“ | Er ging. | »Nein.« | Sie blieb.",
                "Der XIV. Ludwig war es nicht. | Am 3. 5. 2005 fiel der Zug aus. | Frau Präsidentin! | Ich danke Ihnen.",
                "M. Morel est venu avec Mme. Petit, p. ex. hier. | L'art. 5 dit non. | « Oui. » | Il sort. | « Pourquoi ? » demanda-t-il. | Est-ce vrai ? | Oui !",
                "El Sr. Gil y la Sra. Paz llegaron. | ¿Qué tal? | ¡Muy bien! | El n.º 5 y el nº 6. | EE. UU. ganó. | Véase la pág. 7, art. 3.",
                "O Sr. Silva chegou. | A p. 5 e a pág. 6 dizem o n.º 7. | V. Exa. tem a palavra. | Obrigado!",
                "W 2010 r. Polska rosła. | Zob. art. 5 ust. 2. | To jest np. Kraków. | Było to dawno, gdzieś koło jesieni roku 2008 r. | Potem nic.",
                "Ο κ. Νίκας ήρθε; | Ναι, π.χ. χθες. | Τι κάνεις; | Καλά είμαι· εσύ; | Έλα.",
                "На 5 май 2006 г. Съветът реши. | Ние, т.е. всички, гласувахме. | Той живее на ул. Шипка. | Защо?",
                "Hän tuli 3. toukokuuta. | Esim. Turku on vanha. | Se kuuluu EU:n. | Niin on.",
                "Den 3. maj kom han. | Han så f.eks. Danmark, bl.a. Fyn. | De kom osv. | Det var alt.",
                "Dne 3. května přišel. | Viz čl. 5 odst. 2. | Ano, atd. | Konec."
            })
    void languagesOfEurope(String gold) {
        assertGold(gold);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "今天很好。|我们去吧！|你来吗？|他说：“好的。”|然后走了。",
                "価格は3.5円です。|「行く。」と言った。|彼は来た｡|次です。",
                "هل أنت بخير؟ | نعم، أنا بخير. | شكرا لك.",
                "یہ ایک جملہ ہے۔ | یہ دوسرا ہے۔",
                "यह एक वाक्य है। | यह दूसरा है॥ | क्या यह सही है? | हाँ।",
                "Բարեւ ձեզ։ | Ինչպես եք։ | ይህ ጥሩ ነው። | እሺ።",
                "오늘은 좋다. | 내일은 모른다. | 그렇다."
            })
    void otherScripts(String gold) {
        assertGold(gold);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "the cells were grown in air. | e. coli grew at 3.5 °c in 10 ml. | see fig. 3. | dr. hall et al. disagree, e.g. for dna. | so it is.",
                "expression was low ... as before. | we do not know why... | the genes of s. cerevisiae were not tested! | are they real? | yes.",
                "THIS IS LOUD. | THE NEXT ONE FOLLOWS. | MR. HALL CAME AT 5 P.M. | HE LEFT."
            })
    void textsWithoutTwoCases(String gold) {
        assertGold(gold);
    }

    @Test
    void hardWrappedLinesAreOneText() {
        String text = """
                Dear all,

                I am writing to tell you that the meeting which we had planned for
                next week has been moved to the week after. Please let me know if you
                cannot come. It will take place in room 5.

                The agenda is as follows:

                - a report of the treasurer, which will be longer than
                  usual this year
                - elections

                Regards,
                Ada Hall
                Secretary
                """;

        assertThat(list(text))
                .containsExactly(
                        "0 SENTENCE Dear all,",
                        "1 SENTENCE I am writing to tell you that the meeting which we had planned for\nnext week has been moved to the week after.",
                        "1 SENTENCE Please let me know if you\ncannot come.",
                        "1 SENTENCE It will take place in room 5.",
                        "2 SENTENCE The agenda is as follows:",
                        "3 LIST_ITEM - a report of the treasurer, which will be longer than\n  usual this year",
                        "3 LIST_ITEM - elections",
                        "4 SENTENCE Regards,",
                        "4 SENTENCE Ada Hall",
                        "4 SENTENCE Secretary");
    }

    @Test
    void wrappedTextWithoutCaseIsOneText() {
        String text = "これは長い文章であり、途中で改行によって折り返されているが、\n文はここまで続いている。次の文もまた長くて、改行がどこかに\n入っているはずである。終わり。";

        assertThat(list(text))
                .containsExactly(
                        "0 SENTENCE これは長い文章であり、途中で改行によって折り返されているが、\n文はここまで続いている。",
                        "0 SENTENCE 次の文もまた長くて、改行がどこかに\n入っているはずである。",
                        "0 SENTENCE 終わり。");
    }

    @Test
    void aLineIsASentenceWhereLinesAre() {
        String text =
                "BACKGROUND\nthe first line is a sentence and a long one at that\nthe second is short.\n\nMETHODS\nwe did it . and again .";

        assertThat(list(text))
                .containsExactly(
                        "0 HEADING BACKGROUND",
                        "1 SENTENCE the first line is a sentence and a long one at that",
                        "1 SENTENCE the second is short.",
                        "2 HEADING METHODS",
                        "3 SENTENCE we did it .",
                        "3 SENTENCE and again .");
    }

    @Test
    void headingsStandBeforeText() {
        String text = """
                # Title

                An introduction stands here. It has two sentences.

                2.1 Methods
                We measured everything many times over with care.

                Results and Discussion

                The result was good. It was.

                3. Outlook

                There is more to be done here.

                The End
                =======
                We stop.
                """;

        assertThat(list(text))
                .containsExactly(
                        "0 HEADING # Title",
                        "1 SENTENCE An introduction stands here.",
                        "1 SENTENCE It has two sentences.",
                        "2 HEADING 2.1 Methods",
                        "3 SENTENCE We measured everything many times over with care.",
                        "4 HEADING Results and Discussion",
                        "5 SENTENCE The result was good.",
                        "5 SENTENCE It was.",
                        "6 HEADING 3. Outlook",
                        "7 SENTENCE There is more to be done here.",
                        "8 HEADING The End",
                        "9 OTHER =======",
                        "10 SENTENCE We stop.");
    }

    @Test
    void itemsOfListsAreTold() {
        String text =
                "(a) the first;\n(b) the second (see annex);\n(iv) the fourth\n1) one\n2. Two. With more.\na) three\n* four\n• five\nNot an item. 7 is none.";

        assertThat(kinds(text))
                .containsExactly(
                        "LIST_ITEM",
                        "LIST_ITEM",
                        "LIST_ITEM",
                        "LIST_ITEM",
                        "LIST_ITEM",
                        "LIST_ITEM",
                        "LIST_ITEM",
                        "LIST_ITEM",
                        "LIST_ITEM",
                        "SENTENCE",
                        "SENTENCE");
        assertThat(SPLITTER.split(text).text(5)).isEqualTo("With more.");
    }

    @Test
    void theOnlyLineAndSpeechAreNoLists() {
        assertThat(kinds("23. april vil vi stemme. Det er godt.")).containsExactly("SENTENCE", "SENTENCE");
        assertThat(kinds("- Madam President, I agree. It is so.")).containsExactly("SENTENCE", "SENTENCE");
        assertThat(kinds("– Madam President.\nIt is so.")).containsExactly("SENTENCE", "SENTENCE");
    }

    @Test
    void tablesCodeAndSeparatorsAreOther() {
        String text = """
                | a | b |
                |---|---|
                Name\tAge\tCity
                12 13 14 15 total
                * * *
                -----
                12.5
                ```java
                plain words in a block
                ```
                for (int i = 0; i < n; i++) {
                  x += f(i);
                  call(x);
                }
                The end is near; we know.
                """;
        List<String> kinds = kinds(text);

        assertThat(kinds.subList(0, 14)).containsOnly("OTHER");
        assertThat(kinds).hasSize(15).last().isEqualTo("SENTENCE");
    }

    @Test
    void anOpenBlockOfCodeHidesNothing() {
        assertThat(kinds("```\nThis is a text.\nIt goes on.")).containsExactly("OTHER", "SENTENCE", "SENTENCE");
    }

    @Test
    void breaksOfEveryKindEndLines() {
        assertThat(list("One.\rTwo.\r\nThree.\u0085Four.\u2028Five.\u000cSix.\r\n\r\nSeven.\u2029Eight."))
                .containsExactly(
                        "0 SENTENCE One.",
                        "0 SENTENCE Two.",
                        "0 SENTENCE Three.",
                        "0 SENTENCE Four.",
                        "0 SENTENCE Five.",
                        "0 SENTENCE Six.",
                        "1 SENTENCE Seven.",
                        "2 SENTENCE Eight.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n \r\n\t\u00a0\u2028\u3000\u001f"})
    void whiteSpaceHasNoSentences(String text) {
        assertThat(SPLITTER.split(text).size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"...", "!!! ??", "\ud83d\ude00. \ud83d\ude00", "\u0000", "\ud800", "\udc00\ud800", "\u200b"})
    void whatHasNoLettersIsOneOther(String text) {
        assertThat(list(text)).containsExactly("0 OTHER " + text);
    }

    @Test
    void nullIsRefused() {
        assertThatThrownBy(() -> SPLITTER.split(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void indexesAreChecked() {
        Sentences sentences = SPLITTER.split("One. Two.");

        assertThatThrownBy(() -> sentences.text(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> sentences.kind(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void longSentencesAreCutAtWhiteSpaceOrBetweenCodePoints() {
        String words = "word ".repeat(2000).strip();
        Sentences cut = SPLITTER.split(words);

        assertThat(cut.size()).isEqualTo(3);
        assertThat(cut.text(0)).hasSize(3999).endsWith(" word");
        assertThat(cut.begin(1)).isEqualTo(4000);
        Sentences solid = SPLITTER.split("a" + "\ud835\udc00".repeat(500_000));
        assertThat(solid.end(0)).isEqualTo(3999);
        assertThat(solid.size()).isEqualTo(251);
        assertSound("a" + "\ud835\udc00".repeat(500_000));
    }

    @Test
    void hugeTextsAreSplit() {
        assertThat(SPLITTER.split("So it is. ".repeat(100_000)).size()).isEqualTo(100_000);
        assertThat(SPLITTER.split("So it is.\n".repeat(100_000)).size()).isEqualTo(100_000);
        assertThat(SPLITTER.split("a" + " ".repeat(1_000_000) + "b").size()).isEqualTo(2);
        for (String piece :
                List.of("x", ".", ". ", "\" ", ". \" ", "。", "(", ").", "1. ", "A. ", "\n- ", "```\n", "e.g", "a.\n")) {
            assertSound(piece.repeat(200_000 / piece.length()));
        }
    }

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

    private static void assertGold(String gold) {
        List<String> expected = List.of(gold.split(" ?\\| ?"));
        String text = gold.replaceAll(" ?\\|", "");

        assertThat(texts(text)).isEqualTo(expected);
        assertSound(text);
    }

    private static String randomText(Random random, int pieces) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private static void assertSound(String text) {
        Sentences sentences = SPLITTER.split(text);
        int covered = 0;
        int paragraph = 0;
        for (int i = 0; i < sentences.size(); i++) {
            int begin = sentences.begin(i);
            int end = sentences.end(i);
            boolean sound = begin >= covered
                    && end > begin
                    && end - begin <= SentenceSplitter.LONGEST
                    && text.substring(covered, begin).chars().allMatch(SentenceSplitterTest::isSpace)
                    && !isSpace(text.charAt(begin))
                    && !isSpace(text.charAt(end - 1))
                    && !isInsidePair(text, begin)
                    && !isInsidePair(text, end)
                    && sentences.paragraph(i) - paragraph <= (i == 0 ? 0 : 1)
                    && sentences.paragraph(i) >= paragraph;
            if (!sound) {
                assertThat(list(text)).as("sentence %d of <%s>", i, text).isEmpty();
            }
            covered = end;
            paragraph = sentences.paragraph(i);
        }
        assertThat(text.substring(covered).chars().allMatch(SentenceSplitterTest::isSpace))
                .as("end of <%s>", text)
                .isTrue();
        assertThat(list(text).equals(list(text))).as("<%s> twice", text).isTrue();
    }

    private static boolean isSpace(int unit) {
        return Character.isWhitespace(unit) || Character.isSpaceChar(unit) || unit == 0x85;
    }

    private static boolean isInsidePair(String text, int index) {
        return index > 0
                && index < text.length()
                && Character.isHighSurrogate(text.charAt(index - 1))
                && Character.isLowSurrogate(text.charAt(index));
    }

    private static List<String> list(String text) {
        Sentences sentences = SPLITTER.split(text);
        return IntStream.range(0, sentences.size())
                .mapToObj(i -> sentences.paragraph(i) + " " + sentences.kind(i) + " " + sentences.text(i))
                .toList();
    }

    private static List<String> kinds(String text) {
        Sentences sentences = SPLITTER.split(text);
        return IntStream.range(0, sentences.size())
                .mapToObj(sentences::kind)
                .map(Kind::name)
                .toList();
    }

    private static List<String> texts(String text) {
        Sentences sentences = SPLITTER.split(text);
        return IntStream.range(0, sentences.size()).mapToObj(sentences::text).toList();
    }
}
