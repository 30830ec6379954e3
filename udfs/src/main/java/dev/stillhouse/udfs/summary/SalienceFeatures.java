package dev.stillhouse.udfs.summary;

import dev.stillhouse.udfs.student.StudentModel;
import java.util.Arrays;
import java.util.BitSet;

/** Computes {@link SalienceFeature}s of all sentences of a document. Buffers are filled again and again; for one thread at a time. */
public final class SalienceFeatures {
    private static final int WIDTH = SalienceFeature.size();
    private static final int LEAD = 3;

    private float[] values = new float[0];
    private double[] rarity = new double[0];
    private int[] inSentence = new int[0];
    private float[] ranked = new float[0];
    private double[] projected = new double[0];

    private final WordVectors vectors;
    private final SentenceVectors sentenceVectors;

    /** Without vectors of words, whose features are 0 then. */
    public SalienceFeatures() {
        this(WordVectors.NONE);
    }

    /** With a model's vectors of words. */
    public SalienceFeatures(StudentModel.Vectors vectors) {
        this(new WordVectors(vectors));
    }

    SalienceFeatures(WordVectors vectors) {
        this.vectors = vectors;
        this.sentenceVectors = new SentenceVectors(vectors);
    }

    /**
     * The features of all sentences of a text.
     *
     * @return {@code float[sentences * features]}, row-major
     */
    public float[] of(String text, Sentences sentences) {
        return features(text, sentences, words(text, sentences));
    }

    /** Features and vectors of all sentences of a text. */
    public Described describe(String text, Sentences sentences) {
        DocumentWords words = words(text, sentences);
        return new Described(features(text, sentences, words), vectors(words));
    }

    /**
     * The sentences of a text.
     *
     * @param features {@code float[sentences * features]}, row-major
     * @param vectors as {@link StudentModel} pools them, {@code float[sentences][dimensions]}; without vectors of words no dimensions
     */
    public record Described(float[] features, float[][] vectors) {}

    private float[] features(String text, Sentences sentences, DocumentWords words) {
        return Arrays.copyOf(of(text, sentences, words), sentences.size() * WIDTH);
    }

    private float[][] vectors(DocumentWords words) {
        float[][] all = new float[words.size()][vectors.dimensions()];
        for (int i = 0; i < all.length && !vectors.isNone(); i++) {
            double[] pooled = sentenceVectors.pool(words, i);
            for (int dimension = 0; dimension < pooled.length; dimension++) {
                all[i][dimension] = (float) pooled[dimension];
            }
        }
        return all;
    }

    private DocumentWords words(String text, Sentences sentences) {
        DocumentWords words = new DocumentWords(Cues.NONE, vectors);
        words.read(text, sentences);
        return words;
    }

    /**
     * The features.
     *
     * @param words of the text's sentences
     * @return {@code float[sentences * features]}, row-major, valid until the next call; may be longer
     */
    float[] of(String text, Sentences sentences, DocumentWords words) {
        int size = sentences.size();
        if (values.length < size * WIDTH) {
            values = new float[size * WIDTH];
        }
        Arrays.fill(values, 0, size * WIDTH, 0);
        weigh(words);
        places(sentences);
        contents(text, sentences, words);
        overlaps(sentences, words);
        neighbours(size);
        rank(size, SalienceFeature.WORDS, SalienceFeature.WORDS_RANK);
        rank(size, SalienceFeature.CENTROID, SalienceFeature.CENTROID_RANK);
        rank(size, SalienceFeature.LINKS, SalienceFeature.LINKS_RANK);
        meanings(words);
        return values;
    }

    /** What a model's vectors say of a sentence of the last document; 0 without vectors. */
    double projected(int sentence) {
        return vectors.isNone() ? 0 : projected[sentence];
    }

    private void meanings(DocumentWords words) {
        if (vectors.isNone()) {
            return;
        }
        if (projected.length < words.size()) {
            projected = new double[2 * words.size()];
        }
        sentenceVectors.read(words);
        for (int i = 0; i < words.size(); i++) {
            set(i, SalienceFeature.VECTOR_CENTROID, sentenceVectors.cosine(words, i));
            projected[i] = sentenceVectors.projected();
        }
        rank(words.size(), SalienceFeature.VECTOR_CENTROID, SalienceFeature.VECTOR_CENTROID_RANK);
    }

    /** Inverse sentence frequencies. */
    private void weigh(DocumentWords words) {
        if (rarity.length < words.distinct()) {
            rarity = new double[2 * words.distinct()];
            inSentence = new int[rarity.length];
        }
        double all = 1.0 + words.size();
        for (int word = 0; word < words.distinct(); word++) {
            rarity[word] = Math.log(all / (1 + words.spread(word)));
        }
    }

    /** The inverse sentence frequency of a word, at least 0. */
    double rarity(int word) {
        return rarity[word];
    }

    private void set(int sentence, SalienceFeature feature, double value) {
        values[sentence * WIDTH + feature.column()] = (float) value;
    }

    private void places(Sentences sentences) {
        int size = sentences.size();
        for (int i = 0; i < size; i++) {
            set(i, SalienceFeature.POSITION, (double) i / size);
            set(i, SalienceFeature.FIRST, Math.min(i, SalienceFeature.MOST));
            set(i, SalienceFeature.LAST, Math.min(size - 1 - i, SalienceFeature.MOST));
            set(i, SalienceFeature.SENTENCES, size);
            set(i, SalienceFeature.KIND, code(sentences.kind(i)));
        }
        sections(sentences);
        paragraphs(sentences);
    }

    private static int code(Sentences.Kind kind) {
        return switch (kind) {
            case SENTENCE -> 0;
            case LIST_ITEM -> 1;
            case HEADING -> 2;
            case OTHER -> 3;
        };
    }

    private void sections(Sentences sentences) {
        int size = sentences.size();
        for (int start = 0; start < size; ) {
            boolean headed = isHeading(sentences, start);
            int first = headed ? start + 1 : start;
            int end = first;
            while (end < size && !isHeading(sentences, end)) {
                end++;
            }
            int length = end - first;
            for (int i = first; i < end; i++) {
                set(i, SalienceFeature.SECTION_POSITION, (double) (i - first) / length);
                set(i, SalienceFeature.SECTION_FIRST, Math.min(i - first, SalienceFeature.MOST));
                set(i, SalienceFeature.SECTION_LAST, Math.min(end - 1 - i, SalienceFeature.MOST));
                set(i, SalienceFeature.SECTION_SHARE, (double) length / size);
            }
            start = end;
        }
    }

    private void paragraphs(Sentences sentences) {
        int size = sentences.size();
        for (int start = 0; start < size; ) {
            int end = start + 1;
            while (end < size && sentences.paragraph(end) == sentences.paragraph(start)) {
                end++;
            }
            for (int i = start; i < end; i++) {
                set(i, SalienceFeature.PARAGRAPH_FIRST, Math.min(i - start, SalienceFeature.MOST));
                set(i, SalienceFeature.PARAGRAPH_LAST, Math.min(end - 1 - i, SalienceFeature.MOST));
            }
            start = end;
        }
    }

    private static boolean isHeading(Sentences sentences, int sentence) {
        return sentences.kind(sentence) == Sentences.Kind.HEADING;
    }

    private void contents(String text, Sentences sentences, DocumentWords words) {
        double centroid = 0;
        for (int word = 0; word < words.distinct(); word++) {
            double value = words.count(word) * rarity[word];
            centroid += value * value;
        }
        double length = Math.max(Math.sqrt(centroid), Double.MIN_NORMAL);
        double all = Math.max(1, words.start(words.size()));
        for (int i = 0; i < words.size(); i++) {
            content(i, words, length, all);
            set(i, SalienceFeature.DIGITS, digits(text, sentences.begin(i), sentences.end(i)));
        }
    }

    private void content(int sentence, DocumentWords words, double centroid, double all) {
        int start = words.start(sentence);
        int end = words.start(sentence + 1);
        double many = Math.max(1, end - start);
        int distinct = 0;
        int once = 0;
        long links = 0;
        double frequency = 0;
        double rare = 0;
        double dot = 0;
        double square = 0;
        for (int at = start; at < end; at++) {
            int word = words.word(at);
            int before = inSentence[word]++;
            double weight = rarity[word];
            links += before == 0 ? words.spread(word) - 1 : 0;
            distinct += before == 0 ? 1 : 0;
            once += words.count(word) == 1 ? 1 : 0;
            frequency += words.count(word);
            rare += weight;
            dot += weight * weight * words.count(word);
            square += (2 * before + 1) * weight * weight;
        }
        for (int at = start; at < end; at++) {
            inSentence[words.word(at)] = 0;
        }
        set(sentence, SalienceFeature.WORDS, end - start);
        set(sentence, SalienceFeature.DISTINCT, distinct / many);
        set(sentence, SalienceFeature.ONCE, once / many);
        set(sentence, SalienceFeature.FREQUENCY, frequency / many / all);
        set(sentence, SalienceFeature.RARITY, rare / many);
        double others = Math.max(1, words.size() - 1) * Math.log(2 + end - start);
        set(sentence, SalienceFeature.LINKS, links / others);
        set(sentence, SalienceFeature.CENTROID, square > 0 ? dot / Math.sqrt(square) / centroid : 0);
    }

    private static double digits(String text, int begin, int end) {
        int digits = 0;
        for (int i = begin; i < end; i++) {
            char unit = text.charAt(i);
            digits += unit >= '0' && unit <= '9' ? 1 : 0;
        }
        return (double) digits / Math.max(1, end - begin);
    }

    private void overlaps(Sentences sentences, DocumentWords words) {
        BitSet lead = new BitSet(words.distinct());
        add(words, 0, Math.min(LEAD, words.size()), lead);
        BitSet heading = new BitSet(words.distinct());
        BitSet seen = new BitSet(words.distinct());
        for (int i = 0; i < words.size(); i++) {
            if (isHeading(sentences, i)) {
                heading.clear();
                add(words, i, i + 1, heading);
            }
            int inLead = 0;
            int inHeading = 0;
            for (int at = words.start(i); at < words.start(i + 1); at++) {
                int word = words.word(at);
                inLead += lead.get(word) ? 1 : 0;
                if (heading.get(word) && !seen.get(word)) {
                    seen.set(word);
                    inHeading++;
                }
            }
            if (inHeading > 0) {
                seen.clear();
            }
            set(i, SalienceFeature.LEAD, (double) inLead / Math.max(1, words.start(i + 1) - words.start(i)));
            set(i, SalienceFeature.HEADING, inHeading);
        }
    }

    private static void add(DocumentWords words, int from, int to, BitSet set) {
        for (int at = words.start(from); at < words.start(to); at++) {
            set.set(words.word(at));
        }
    }

    /** What share of the other sentences has a smaller value. */
    private void rank(int size, SalienceFeature of, SalienceFeature rank) {
        if (ranked.length < size) {
            ranked = new float[2 * size];
        }
        for (int i = 0; i < size; i++) {
            ranked[i] = values[i * WIDTH + of.column()];
        }
        Arrays.sort(ranked, 0, size);
        for (int i = 0; i < size; i++) {
            int smaller = lowerBound(ranked, size, values[i * WIDTH + of.column()]);
            set(i, rank, (double) smaller / Math.max(1, size - 1));
        }
    }

    private static int lowerBound(float[] sorted, int size, float value) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void neighbours(int size) {
        int centroid = SalienceFeature.CENTROID.column();
        for (int i = 0; i < size; i++) {
            set(i, SalienceFeature.CENTROID_BEFORE, i == 0 ? 0 : values[(i - 1) * WIDTH + centroid]);
            set(i, SalienceFeature.CENTROID_AFTER, i == size - 1 ? 0 : values[(i + 1) * WIDTH + centroid]);
        }
    }
}
