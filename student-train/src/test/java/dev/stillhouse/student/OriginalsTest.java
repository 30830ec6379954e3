package dev.stillhouse.student;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.student.Originals.Sketcher;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OriginalsTest {
    private static final String MAIL =
            "dear all the new code for the door of the archive is kept by the porter please do not write it down and tell nobody else about it thank you";

    private final Sketcher sketcher = new Sketcher();

    @Test
    void nearDuplicatesCountOnce() {
        Originals originals = new Originals();
        for (int copy = 0; copy < 8; copy++) {
            originals.add(sketcher.sketch(MAIL + " regards " + copy));
        }
        assertThat(originals.count()).isLessThan(3);
    }

    @Test
    void documentsThatShareAnNgramOnlyCountEach() {
        Originals originals = new Originals();
        for (String text : List.of(
                "my card has not come yet", "is the card lost for good", "a new card please and soon", "card")) {
            originals.add(sketcher.sketch(text));
        }
        assertThat(originals.count()).isEqualTo(4);
    }

    @Test
    void orderAndGroupingDoNotMatter() {
        Random random = new Random(7);
        List<byte[]> sketches = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            sketches.add(sketcher.sketch("some words " + random.nextInt(12) + " and " + random.nextInt(3) + " more"));
        }
        byte[] expected = together(sketches);
        for (int round = 0; round < 20; round++) {
            Collections.shuffle(sketches, random);
            Originals merged = new Originals();
            int cut = random.nextInt(sketches.size());
            merged.addAll(together(sketches.subList(0, cut)));
            merged.addAll(together(sketches.subList(cut, sketches.size())));
            assertThat(merged.toBytes()).isEqualTo(expected);
        }
    }

    @Test
    void nothingIsNoDocument() {
        assertThat(new Originals().count()).isZero();
    }

    private static byte[] together(List<byte[]> sketches) {
        Originals originals = new Originals();
        sketches.forEach(originals::add);
        return originals.toBytes();
    }
}
