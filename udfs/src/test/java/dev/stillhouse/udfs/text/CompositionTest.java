package dev.stillhouse.udfs.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CompositionTest {
    private static final int[] JAMO = {0x1100, 0x1112, 0x1161, 0x1175, 0x11A7, 0x11A8, 0x11C2, 0x1176, 0xA960, 0xD7B0};

    private final TextScan scan = new TextScan();

    @Test
    void noCodePointWhoseFormDiffersIsMissed() {
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
                assertFound(Character.toString(point));
            }
        }
    }

    @Test
    void noPairThatComposesIsMissed() {
        List<Integer> seconds = secondsOfPairs();
        assertThat(seconds).hasSizeGreaterThan(50);
        int composing = 0;
        for (int first = 0; first <= Character.MAX_CODE_POINT; first++) {
            if (!Character.isDefined(first)
                    || Character.getType(first) == Character.PRIVATE_USE
                    || (first >= Character.MIN_SURROGATE && first <= Character.MAX_SURROGATE)
                    || !isStarter(first)) {
                continue;
            }
            for (int second : seconds) {
                if (mark(second)) {
                    break; // marks come last, and are always found
                }
                composing += assertFound(Character.toString(first) + Character.toString(second)) ? 1 : 0;
            }
        }
        assertThat(composing).isPositive();
    }

    @Test
    void jamoComposeWithJamoAndSyllables() {
        for (int left : JAMO) {
            for (int right : JAMO) {
                assertFound(Character.toString(left) + Character.toString(right));
                assertFound("가" + Character.toString(right));
                assertFound("가" + Character.toString(right) + Character.toString(left));
            }
        }
        assertThat(Normalizer.normalize("\u1100\u1161\u11A8", Normalizer.Form.NFC))
                .isEqualTo("각");
        assertFound("\u1100\u1161\u11A8");
    }

    @Test
    void everyCodePointThatCanEndACompositionIsFound() {
        assertThat(secondsOfPairs()).allSatisfy(second -> assertThat(composable(Character.toString(second)))
                .as(Integer.toHexString(second))
                .isTrue());
    }

    @Test
    void marksOutOfOrderAreFound() {
        assertFound("a\u0301\u0323");
        assertFound("שּׁ");
    }

    @Test
    void plainTextsOfManyScriptsAreNotComposedInVain() {
        for (String text : List.of(
                "plain ASCII", "école", "Ελλάδα", "Россия", "漢字かなカナ", "한국어", "שלום", "مرحبا", "😀", "Łódź — “…”")) {
            assertThat(composable(text)).as(text).isFalse();
        }
    }

    @Test
    void compositionIsThatOfTheJdkForTextsAnywhereInAnArray() {
        long seed = 7;
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(12); j >= 0; j--) {
                text.appendCodePoint("aeo\u0301\u0323\u030A\u1100\u1161\u11A8か\u3099\u212B😀"
                        .codePoints()
                        .toArray()[random.nextInt(13)]);
            }
            byte[] bytes = ("x" + text + "\u0301").getBytes(StandardCharsets.UTF_8);
            assertThat(new String(Composition.compose(bytes, 1, bytes.length - 3), StandardCharsets.UTF_8))
                    .as("seed " + seed + " text " + i)
                    .isEqualTo(Normalizer.normalize(text, Normalizer.Form.NFC));
        }
    }

    @Test
    void bytesThatAreNotUtf8AreReplacedOneByOneAsInTheScan() {
        byte[] broken = HexFormat.ofDelimiter(" ").parseHex("65 cc 81 e2 82 20 f0 9f 98");
        assertThat(new String(Composition.compose(broken, 0, broken.length), StandardCharsets.UTF_8))
                .isEqualTo("é\uFFFD\uFFFD \uFFFD\uFFFD\uFFFD");
    }

    /** The last code points of all canonical decompositions into two, those that are no marks first. */
    private static List<Integer> secondsOfPairs() {
        List<Integer> marks = new ArrayList<>();
        List<Integer> others = new ArrayList<>();
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                continue;
            }
            String decomposed = Normalizer.normalize(Character.toString(point), Normalizer.Form.NFD);
            int last = decomposed.codePointBefore(decomposed.length());
            boolean pair = decomposed.codePointCount(0, decomposed.length()) > 1;
            boolean composes =
                    Normalizer.normalize(decomposed, Normalizer.Form.NFC).equals(Character.toString(point));
            List<Integer> list = mark(last) ? marks : others;
            if (pair && composes && !list.contains(last)) {
                list.add(last);
            }
        }
        others.addAll(marks);
        return others;
    }

    private static boolean isStarter(int point) {
        return Normalizer.isNormalized(Character.toString(point), Normalizer.Form.NFC) && !mark(point);
    }

    private static boolean mark(int point) {
        int type = Character.getType(point);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }

    /** Whether the form differs; fails where it does and the scan says it does not. */
    private boolean assertFound(String text) {
        boolean differs = !Normalizer.isNormalized(text, Normalizer.Form.NFC)
                && !Normalizer.normalize(text, Normalizer.Form.NFC).equals(text);
        if (differs) {
            assertThat(composable(text))
                    .as(text.codePoints()
                            .mapToObj(Integer::toHexString)
                            .toList()
                            .toString())
                    .isTrue();
        }
        return differs;
    }

    private boolean composable(String text) {
        scan.scan(text.getBytes(StandardCharsets.UTF_8));
        return scan.counts().composable();
    }
}
