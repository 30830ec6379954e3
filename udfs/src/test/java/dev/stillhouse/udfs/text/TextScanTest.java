package dev.stillhouse.udfs.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextScanTest {
    private final TextScan scan = new TextScan();

    @Test
    void wordsAndLinesAreThoseOfPythonsSplitAndSplitlines() {
        List<JsonNode> goldens = Goldens.jsonLines("python-split.jsonl");
        assertThat(goldens).hasSizeGreaterThan(250);
        for (JsonNode golden : goldens) {
            ScannedText scanned = ScannedText.of(golden.get("text").asText());
            assertThat(scanned.words()).as(golden.toString()).isEqualTo(strings(golden.get("words")));
            assertThat(scanned.lines()).as(golden.toString()).isEqualTo(strings(golden.get("lines")));
        }
    }

    @Test
    void punctuationStaysWithItsWord() {
        assertThat(words("\"Don't,\" he said — twice...")).containsExactly("\"Don't,\"", "he", "said", "—", "twice...");
    }

    @Test
    void aCarriageReturnAndALineFeedAreOneBreakInThisOrderOnly() {
        scan.scan(bytes("a\r\nb\n\rc\rd"));
        assertThat(ScannedText.of(scan).lines()).containsExactly("a", "b", "", "c", "d");
        assertThat(scan.counts().lineBreaks()).isEqualTo(4);
        assertThat(scan.counts().chars()).isEqualTo(9);
    }

    @Test
    void unicodesLineBreaksEndLines() {
        assertThat(ScannedText.of("a\u0085b\u2028c\u2029d\u000Be\ff\u001Cg").lines())
                .containsExactly("a", "b", "c", "d", "e", "f", "g");
    }

    @Test
    void blankLinesHaveNoWordAndEmptyLinesNoCharacter() {
        scan.scan(bytes("a\n \n\nb c"));
        assertThat(IntStream.range(0, 4).mapToObj(scan::blank)).containsExactly(false, true, true, false);
        assertThat(IntStream.range(0, 4).map(scan::lineChars)).containsExactly(1, 1, 0, 3);
        assertThat(IntStream.range(0, 5).map(scan::lineWords)).containsExactly(0, 1, 1, 1, 3);
    }

    @Test
    void eachLetterOfAScriptWithoutSpacesIsAWord() {
        assertThat(words("中文abc字 x")).containsExactly("中", "文", "abc", "字", "x");
        assertThat(words("カタカナー")).containsExactly("カ", "タ", "カ", "ナ", "ー");
        assertThat(words("한국어 글")).containsExactly("한국어", "글");
        assertThat(words("𠀀𠀁")).containsExactly("𠀀", "𠀁");
    }

    @Test
    void combiningMarksGoWithTheLetterBefore() {
        assertThat(words("か\u3099き")).containsExactly("か\u3099", "き");
        assertThat(words("ที่นี่")).containsExactly("ที่", "นี่");
        assertThat(words("葛\uDB40\uDD00城")).containsExactly("葛\uDB40\uDD00", "城");
    }

    @Test
    void numeralsAndRadicalsOfHanStandAloneToo() {
        assertThat(words("二〇二六A")).containsExactly("二", "〇", "二", "六", "A");
        assertThat(words("〇A〡⼀")).containsExactly("〇", "A", "〡", "⼀");
    }

    @Test
    void extensionsOfScriptsWithoutSpacesStandAlone() {
        assertThat(words("ꩠꩡ")).hasSize(2);
        assertThat(words(Character.toString(0x1B001) + Character.toString(0x1B002)))
                .hasSize(2);
    }

    @Test
    void punctuationAfterALetterThatStandsAloneIsAWordOfItsOwn() {
        assertThat(words("「文。」次")).containsExactly("「", "文", "。」", "次");
    }

    @Test
    void emojiSequencesAreOneWord() {
        scan.scan(bytes("👩‍👩‍👧‍👦 👍🏽 🇩🇪"));
        assertThat(ScannedText.of(scan).words()).containsExactly("👩‍👩‍👧‍👦", "👍🏽", "🇩🇪");
        assertThat(scan.wordChars(0)).isEqualTo(7);
        assertThat(scan.wordKind(0) & (TextScan.LETTER | TextScan.DIGIT)).isZero();
    }

    @Test
    void textFromRightToLeftIsReadInItsOrder() {
        assertThat(words("שלום עולם! مرحبا بالعالم")).containsExactly("שלום", "עולם!", "مرحبا", "بالعالم");
    }

    @Test
    void kindsTellLettersDigitsAndCase() {
        scan.scan(bytes("ABC aBc 123 Éé ÉÉ ١٢ -- 文 ⅷ"));
        assertThat(kinds()).containsExactly("U", "UL", "D", "UL", "U", "D", "", "L", "");
    }

    @Test
    void nulsArePartOfTheirWordAndOfItsHash() {
        List<String> distinct = List.of("\0", "\0\0", "a", "\0a", "a\0", "\0\0a");
        assertThat(distinct.stream().map(text -> hash(text, false)).distinct()).hasSameSizeAs(distinct);
        assertThat(distinct.stream().map(text -> hash(text, true)).distinct()).hasSameSizeAs(distinct);
        assertThat(words("a\0b \0")).containsExactly("a\0b", "\0");
    }

    @Test
    void foldedHashesAreEqualWhereCaseAloneDiffers() {
        assertThat(hash("ÉcoleΣЖ𐐀", true)).isEqualTo(hash("éCOLEσж𐐨", true));
        assertThat(hash("École", false)).isNotEqualTo(hash("école", false));
        assertThat(hash("abc", true)).isNotEqualTo(hash("abd", true));
    }

    @Test
    void lineHashesTellSpacesAndOrderApart() {
        List<String> lines = List.of("a b", "a  b", "a\tb", "b a", "ab", " a b", "a b ", "", " ", "A b", "中 文", "中文");
        scan.scan(bytes(String.join("\n", lines)));
        assertThat(IntStream.range(0, scan.lines()).mapToLong(scan::lineHash).distinct())
                .hasSameSizeAs(lines);
        scan.scan(bytes("a b\r\na b\u2028a b"));
        assertThat(IntStream.range(0, scan.lines()).mapToLong(scan::lineHash).distinct())
                .hasSize(1);
    }

    @Test
    void ellipsesAreCountedAsPythonCountsThreeDots() {
        scan.scan(bytes("... .... ...... .. . . . a…b ..\n."));
        assertThat(scan.counts().ellipses()).isEqualTo(1 + 1 + 2 + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n", " \t\r\n\u3000\u2028"})
    void textsOfWhiteSpaceHaveNoWord(String text) {
        scan.scan(bytes(text));
        assertThat(scan.words()).isZero();
        assertThat(scan.counts().chars())
                .isEqualTo(text.length())
                .isEqualTo(scan.counts().spaces());
        assertThat(IntStream.range(0, scan.lines())).allMatch(scan::blank);
    }

    @Test
    void theWordAfterSpaceIsFoundInAnyRange() {
        byte[] text = bytes("\u3000\u00A0 \t文 x");
        assertThat(TextScan.firstWord(text, 0, text.length)).isEqualTo(7);
        assertThat(TextScan.firstWord(text, 7, text.length)).isEqualTo(7);
        assertThat(TextScan.firstWord(text, 0, 5)).isEqualTo(5);
        assertThat(TextScan.firstWord(text, 3, 3)).isEqualTo(3);
    }

    @Test
    void memoryOfAVeryLongTextIsGivenBackByTheNextScan() throws ReflectiveOperationException {
        byte[] manyWords = new byte[3 << 20];
        Arrays.fill(manyWords, (byte) ' ');
        for (int i = 0; i < manyWords.length; i += 2) {
            manyWords[i] = 'x';
        }
        byte[] manyLines = new byte[3 << 20];
        Arrays.fill(manyLines, (byte) '\n');
        scan.scan(manyWords);
        scan.scan(manyLines);
        assertThat(scan.lines()).isEqualTo(manyLines.length);
        scan.scan(bytes("a b\nc"));
        assertThat(memory()).isLessThan(100_000);
        assertThat(ScannedText.of(scan)).isEqualTo(ScannedText.of("a b\nc"));
    }

    private long memory() throws ReflectiveOperationException {
        long bytes = 0;
        for (var field : TextScan.class.getDeclaredFields()) {
            field.setAccessible(true);
            Object value = field.getType().isArray() ? field.get(scan) : "";
            bytes += value instanceof int[] ints ? ints.length * 4L : 0;
            bytes += value instanceof long[] longs ? longs.length * 8L : 0;
        }
        assertThat(bytes).isPositive();
        return bytes;
    }

    private List<String> kinds() {
        List<String> kinds = new ArrayList<>();
        for (int i = 0; i < scan.words(); i++) {
            int kind = scan.wordKind(i);
            kinds.add(((kind & TextScan.UPPER) != 0 ? "U" : "")
                    + ((kind & TextScan.LOWER) != 0 ? "L" : "")
                    + ((kind & TextScan.DIGIT) != 0 ? "D" : ""));
        }
        return kinds;
    }

    private long hash(String word, boolean folded) {
        scan.scan(bytes(word));
        assertThat(scan.words()).isOne();
        return folded ? scan.foldedHash(0) : scan.wordHash(0);
    }

    private static List<String> words(String text) {
        return ScannedText.of(text).words();
    }

    private static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(node -> strings.add(node.asText()));
        return strings;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
