package dev.stillhouse.udfs.sql;

import dev.stillhouse.udfs.minhash.MinHasher;
import dev.stillhouse.udfs.minhash.Shingles;
import dev.stillhouse.udfs.quality.QualityKernel;
import dev.stillhouse.udfs.quality.Signal;
import dev.stillhouse.udfs.quality.Signals;
import dev.stillhouse.udfs.text.TextScan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Texts of all kinds as bytes, and what the kernels say of one. */
final class SampleTexts {
    private SampleTexts() {}

    /** Texts, one of them not UTF-8; the place is the id. */
    static List<byte[]> all() {
        List<byte[]> texts = new ArrayList<>();
        texts.add(bytes(""));
        texts.add(bytes(" \n\t\r\n"));
        texts.add(bytes("word"));
        texts.add(bytes(
                "The quick brown fox. It jumps over the lazy dog...\nAnd then it sleeps.\n\nAnd then it sleeps.\n"));
        texts.add(bytes("日本語の文章です。 สวัสดี Straße cafe\u0301 — 😀"));
        texts.add(
                new byte[] {'a', ' ', (byte) 0xC3, (byte) 0x28, ' ', (byte) 0xFF, 'b', ' ', (byte) 0xE2, (byte) 0x82});
        texts.add(bytes("the cat sat on the mat and the dog sat on the log ".repeat(300)));
        return texts;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** By the kernels alone: a Long, a Double or null for each signal. */
    static List<@Nullable Object> quality(byte[] text) {
        TextScan scan = new TextScan();
        Signals signals = new Signals();
        scan.scan(text);
        QualityKernel.ofAll().measure(scan, signals);
        List<@Nullable Object> values = new ArrayList<>();
        for (Signal signal : Signal.values()) {
            double value = signals.value(signal);
            if (Double.isNaN(value)) {
                values.add(null);
            } else if (signal.isCount()) {
                values.add((long) value);
            } else {
                values.add(value);
            }
        }
        return values;
    }

    /** By the kernels alone. */
    static int[] signature(byte[] text, int shingle, int permutations) {
        TextScan scan = new TextScan();
        Shingles shingles = new Shingles(shingle);
        scan.scan(text);
        shingles.read(scan);
        return new MinHasher(permutations).signature(shingles);
    }
}
