package dev.stillhouse.udfs.testing;

import dev.stillhouse.udfs.student.FeatureExtractor;
import dev.stillhouse.udfs.student.FeatureSpec;
import dev.stillhouse.udfs.student.StudentModel;
import dev.stillhouse.udfs.student.StudentModel.Block;
import dev.stillhouse.udfs.student.StudentModel.Float32;
import dev.stillhouse.udfs.student.StudentModel.Int8;
import dev.stillhouse.udfs.student.StudentModel.Vectors;
import dev.stillhouse.udfs.student.StudentModel.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Students with random weights over the n-grams of given texts, and texts that engines find hard. The same seed gives the same. */
public final class RandomStudents {
    private static final List<Integer> ALPHABET = List.of(
            (int) 'a',
            (int) 'b',
            (int) 'A',
            (int) 'B',
            (int) 'z',
            (int) '7',
            (int) ' ',
            (int) ' ',
            (int) '-',
            (int) '\n',
            0,
            0x7F,
            0x80,
            0xA0,
            0xC9,
            0xE9,
            0x301,
            0x130,
            0x3A3,
            0x65E5,
            0x672C,
            0x2028,
            0xFEFF,
            0xFFFD,
            0xFFFF,
            0xD800,
            0xDC00,
            0x1F600,
            0x10FFFF);

    /** Ranges of letters of Latin, Greek, Cyrillic, Hebrew, Arabic, Devanagari, Thai, Hangul, Hiragana and Han. */
    private static final List<int[]> SCRIPTS = List.of(
            new int[] {'A', 'z'},
            new int[] {0x3B1, 0x3C9},
            new int[] {0x410, 0x44F},
            new int[] {0x5D0, 0x5EA},
            new int[] {0x627, 0x64A},
            new int[] {0x905, 0x939},
            new int[] {0xE01, 0xE2E},
            new int[] {0xAC00, 0xD7A3},
            new int[] {0x3041, 0x3096},
            new int[] {0x4E00, 0x9FFF});

    private static final List<String> BETWEEN =
            List.of(" ", " ", " ", ", ", ". ", " 7 ", "\u3000", "\uD83D\uDE00", "\n", "");

    private final Random random;

    public RandomStudents(long seed) {
        random = new Random(seed);
    }

    /** Every kind of text that once broke a tokeniser, the last one of 10,000 words. */
    public static List<String> hardTexts() {
        List<String> texts = new ArrayList<>(List.of(
                "",
                " ",
                " \t\r\n ",
                "!?",
                "a",
                "I still have NOT received my new card, I ordered over a week ago.",
                "Straße ÉCOLE İstanbul ΣΑΣ",
                "e\u0301cole a\u0300\u0301",
                "日本語のテキスト 中文",
                "smile 😀 more😀joined 👩‍👩‍👧 flag🇫🇷",
                "nul\u0000inside \u0000",
                "lone \uD800 high \uDC00 low\uD800",
                "\uFEFFbom \uFFFD\uFFFF\uFFFE",
                "\u00A0no\u00A0break\u2028line\u3000wide",
                "under_score a-b a'b a.b 3.14 x1y2",
                "\u007F\u0080\u009F",
                "x".repeat(5_000),
                "ab ".repeat(300)));
        texts.add("I still have not received my card ".repeat(1_428).strip());
        return texts;
    }

    /** {@code count} texts of up to 30 words in ten scripts, some mixed, with digits, emoji and punctuation between them; every fiftieth is empty. */
    public List<String> textsInTenScripts(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> i % 50 == 0 ? "" : scriptText(i % SCRIPTS.size()))
                .toList();
    }

    private String scriptText(int script) {
        StringBuilder text = new StringBuilder();
        int words = 1 + random.nextInt(30);
        for (int word = 0; word < words; word++) {
            int[] range = SCRIPTS.get(random.nextInt(8) == 0 ? random.nextInt(SCRIPTS.size()) : script);
            int length = 1 + random.nextInt(3);
            for (int i = 0; i < length; i++) {
                text.appendCodePoint(range[0] + random.nextInt(Math.min(8, range[1] - range[0])));
            }
            text.append(BETWEEN.get(random.nextInt(BETWEEN.size())));
        }
        return text.toString();
    }

    /** {@code count} texts of up to 40 code points of an alphabet that holds separators, several scripts, NUL, surrogates and code points beyond U+FFFF. */
    public List<String> texts(int count) {
        return IntStream.range(0, count).mapToObj(i -> text()).toList();
    }

    /** A student, every other one with static vectors, whose vocabularies are half of the n-grams of {@code texts}, with weights of about 1. */
    public StudentModel model(FeatureSpec spec, boolean int8, List<String> texts) {
        FeatureExtractor extractor = new FeatureExtractor(spec);
        TreeSet<String> words = new TreeSet<>();
        TreeSet<String> characters = new TreeSet<>();
        for (String text : texts) {
            extractor.words(text, words::add);
            extractor.characters(text, characters::add);
        }
        int labels = 2 + random.nextInt(13);
        float[] bias = floats(labels);
        Block wordBlock = block(words, int8, labels);
        Block characterBlock = block(characters, int8, labels);
        int dimensions = 1 + random.nextInt(24);
        SortedSet<String> single = new TreeSet<>(words);
        single.removeIf(ngram -> ngram.indexOf(' ') >= 0 || random.nextBoolean());
        Block entries = random.nextBoolean() ? Block.none(1) : block(single, int8, dimensions);
        Vectors vectors = new Vectors(
                entries,
                entries.isEmpty() ? new float[0] : floats(entries.weights().columns() * labels));
        List<String> names = IntStream.range(0, labels)
                .mapToObj(i -> "label \"" + i + "\" é")
                .toList();
        return new StudentModel(
                names,
                spec,
                wordBlock,
                characterBlock,
                vectors,
                bias,
                0.5f + random.nextFloat(),
                Map.of("run", "r1", "é", "ü\n"));
    }

    private Block block(SortedSet<String> ngrams, boolean int8, int labels) {
        String[] keys = ngrams.stream().filter(ngram -> random.nextBoolean()).toArray(String[]::new);
        return new Block(keys, weights(keys.length, labels, int8 && keys.length > 0));
    }

    private Weights weights(int rows, int labels, boolean int8) {
        if (!int8) {
            return new Float32(floats(rows * labels), labels);
        }
        byte[] values = new byte[rows * labels];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) (random.nextInt(255) - 127);
        }
        float[] scales = new float[rows];
        for (int row = 0; row < rows; row++) {
            scales[row] = random.nextFloat() / 64;
        }
        return new Int8(values, scales, labels);
    }

    private float[] floats(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(41);
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(ALPHABET.get(random.nextInt(ALPHABET.size())));
        }
        return text.toString();
    }
}
