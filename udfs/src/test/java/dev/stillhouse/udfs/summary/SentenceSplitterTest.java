package dev.stillhouse.udfs.summary;

import static dev.stillhouse.udfs.summary.SplitSentences.assertSound;
import static dev.stillhouse.udfs.summary.SplitSentences.list;
import static dev.stillhouse.udfs.summary.SplitSentences.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In the gold cases "|" stands where a sentence ends. */
class SentenceSplitterTest {
    private static final SentenceSplitter SPLITTER = new SentenceSplitter();

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

    private static void assertGold(String gold) {
        List<String> expected = List.of(gold.split(" ?\\| ?"));
        String text = gold.replaceAll(" ?\\|", "");

        assertThat(texts(text)).isEqualTo(expected);
        assertSound(text);
    }
}
