package dev.stillhouse.udfs.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Utf8DecoderTest {
    @Test
    void everyCodePointComesBackFromItsBytesForwardAndBackward() {
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                continue;
            }
            byte[] utf8 = Character.toString(point).getBytes(StandardCharsets.UTF_8);
            int decoded = Utf8Decoder.decode(utf8, 0, utf8.length);
            assertThat(Utf8Decoder.codePoint(decoded)).isEqualTo(point);
            assertThat(Utf8Decoder.width(decoded)).isEqualTo(utf8.length);
            assertThat(Utf8Decoder.before(utf8, 0, utf8.length)).isEqualTo(point);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "80, 1", // stray continuation
        "61 80 62, 1",
        "c3, 1", // truncated
        "c3 61, 1",
        "e2 82, 2",
        "e2 82 61, 2",
        "f0 9f 98, 3",
        "f0 9f 98 61, 3",
        "c0 80, 2", // overlong
        "c1 bf, 2",
        "e0 80 80, 3",
        "e0 9f bf, 3",
        "f0 80 80 80, 4",
        "f0 8f bf bf, 4",
        "ed a0 80, 3", // surrogates
        "ed bf bf, 3",
        "ed a0 bd ed b8 80, 6",
        "f4 90 80 80, 4", // beyond U+10FFFF
        "f5 80 80 80, 4",
        "fe, 1",
        "ff ff, 2",
        "c3 a9, 0",
    })
    void eachByteThatIsNotUtf8IsOneReplacement(String hexadecimal, int replacements) {
        byte[] bytes = HexFormat.ofDelimiter(" ").parseHex(hexadecimal);
        List<Integer> points = new ArrayList<>();
        for (int at = 0; at < bytes.length; ) {
            int decoded = Utf8Decoder.decode(bytes, at, bytes.length);
            points.add(Utf8Decoder.codePoint(decoded));
            at += Utf8Decoder.width(decoded);
        }
        assertThat(points.stream().filter(point -> point == 0xFFFD)).hasSize(replacements);
        List<Integer> backward = new ArrayList<>();
        for (int end = bytes.length; end > 0; ) {
            int point = Utf8Decoder.before(bytes, 0, end);
            backward.add(0, point);
            end -= point == 0xFFFD ? 1 : Character.toString(point).getBytes(StandardCharsets.UTF_8).length;
        }
        assertThat(backward).isEqualTo(points);
    }

    @Test
    void nothingIsReadOutsideTheRange() {
        byte[] euro = "€".getBytes(StandardCharsets.UTF_8);
        assertThat(Utf8Decoder.codePoint(Utf8Decoder.decode(euro, 0, 2))).isEqualTo(0xFFFD);
        assertThat(Utf8Decoder.before(euro, 1, 3)).isEqualTo(0xFFFD);
        assertThat(Utf8Decoder.before(euro, 3, 3)).isEqualTo(-1);
        assertThat(Utf8Decoder.before(euro, 0, 0)).isEqualTo(-1);
    }
}
