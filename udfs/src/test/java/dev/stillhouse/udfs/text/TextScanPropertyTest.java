package dev.stillhouse.udfs.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class TextScanPropertyTest {
    @Property(tries = 500)
    void wordsHoldAllBytesThatAreNotWhiteSpaceInTheirOrder(@ForAll("texts") String text) {
        TextScan scan = new TextScan();
        scan.scan(text.getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream words = new ByteArrayOutputStream();
        int chars = 0;
        for (int i = 0; i < scan.words(); i++) {
            assertThat(scan.wordBegin(i)).isLessThan(scan.wordEnd(i));
            words.write(scan.text(), scan.wordBegin(i), scan.wordEnd(i) - scan.wordBegin(i));
            chars += scan.wordChars(i);
        }
        StringBuilder expected = new StringBuilder();
        text.codePoints().filter(point -> !isSpace(point)).forEach(expected::appendCodePoint);
        assertThat(words.toString(StandardCharsets.UTF_8)).isEqualTo(expected.toString());
        assertThat(chars).isEqualTo(expected.codePointCount(0, expected.length()));
        assertThat(scan.counts().chars()).isEqualTo(text.codePointCount(0, text.length()));
    }

    @Property(tries = 500)
    void linesHoldTheirWordsAndWithTheirBreaksTheWholeText(@ForAll("texts") String text) {
        TextScan scan = new TextScan();
        scan.scan(text.getBytes(StandardCharsets.UTF_8));
        int at = 0;
        for (int line = 0; line < scan.lines(); line++) {
            assertThat(scan.lineBegin(line)).isEqualTo(at);
            for (int word = scan.lineWords(line); word < scan.lineWords(line + 1); word++) {
                assertThat(scan.wordBegin(word)).isGreaterThanOrEqualTo(scan.lineBegin(line));
                assertThat(scan.wordEnd(word)).isLessThanOrEqualTo(scan.lineEnd(line));
            }
            int next = line + 1 < scan.lines() ? scan.lineBegin(line + 1) : scan.text().length;
            at = next;
            assertThat(next - scan.lineEnd(line)).isBetween(line + 1 < scan.lines() ? 1 : 0, 3);
        }
        assertThat(scan.lineWords(scan.lines())).isEqualTo(scan.words());
    }

    @Property(tries = 500)
    void anyBytesGiveTheSameAnywhereInABiggerArray(
            @ForAll("bytes") byte[] bytes, @ForAll("bytes") byte[] before, @ForAll("bytes") byte[] after) {
        byte[] bigger = Arrays.copyOf(before, before.length + bytes.length + after.length);
        System.arraycopy(bytes, 0, bigger, before.length, bytes.length);
        System.arraycopy(after, 0, bigger, before.length + bytes.length, after.length);
        TextScan scan = new TextScan();
        scan.scan(new byte[] {'x', ' ', '.', '.', '\r'});
        scan.scan(bigger, before.length, bytes.length);
        assertThat(ScannedText.of(scan)).isEqualTo(ScannedText.of(bytes));
    }

    @Property(tries = 500)
    void truncatedTextsEndInReplacementsOnly(@ForAll("texts") String text, @ForAll @IntRange(max = 3) int cut) {
        byte[] whole = text.getBytes(StandardCharsets.UTF_8);
        int length = Math.max(0, whole.length - cut);
        TextScan scan = new TextScan();
        scan.scan(whole, 0, length);
        String decoded = new String(whole, 0, length, StandardCharsets.UTF_8);
        int expected = (int) decoded.chars().filter(c -> c == 0xFFFD).count();
        assertThat(scan.counts().replacements()).isBetween(expected, expected + 2);
    }

    @Provide
    static Arbitrary<String> texts() {
        Arbitrary<Character> plain = Arbitraries.of('a', 'B', '1', ' ', '\n', '\r', '.', '文', 'か', '\u3099', 'é');
        return Arbitraries.oneOf(
                plain.list().ofMaxSize(40).map(TextScanPropertyTest::join),
                Arbitraries.integers()
                        .between(0, Character.MAX_CODE_POINT)
                        .filter(point -> point < 0xD800 || point > 0xDFFF)
                        .map(Character::toString)
                        .list()
                        .ofMaxSize(20)
                        .map(parts -> String.join("", parts)));
    }

    @Provide
    static Arbitrary<byte[]> bytes() {
        Arbitrary<Byte> any = Arbitraries.bytes();
        Arbitrary<Byte> near = Arbitraries.of(
                (byte) 'a',
                (byte) '.',
                (byte) '\r',
                (byte) '\n',
                (byte) 0xC3,
                (byte) 0xA9,
                (byte) 0xE2,
                (byte) 0x80,
                (byte) 0xA8,
                (byte) 0xF0,
                (byte) 0x9F,
                (byte) 0xED);
        return Arbitraries.oneOf(any, near).array(byte[].class).ofMaxSize(24);
    }

    private static String join(Iterable<Character> characters) {
        StringBuilder text = new StringBuilder();
        characters.forEach(text::append);
        return text.toString();
    }

    /** White space of Python's {@code str.split}, by the JDK's own words. */
    private static boolean isSpace(int codePoint) {
        return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint) || codePoint == 0x85;
    }
}
