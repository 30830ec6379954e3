package dev.stillhouse.udfs.summary;

import dev.stillhouse.udfs.text.SpacedText;
import java.util.List;
import java.util.stream.IntStream;

/** Chooses sentences of documents of which somebody else tells how much each says. Safe for use by several threads. */
public final class SentenceChooser {
    private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(
            () -> new Scratch(new DocumentWords(Cues.NONE, WordVectors.NONE), new SalienceFeatures()));

    /**
     * How sentences are chosen.
     *
     * @param budget what they may be together
     * @param redundancy what a sentence loses of its worth if all that it says is said already; 0 to choose by worth alone
     */
    public record Settings(Budget budget, double redundancy) {}

    /**
     * The chosen sentences, in the order of the text.
     *
     * @param worth of each sentence, finite, in the unit of {@code redundancy}
     */
    public int[] choose(String text, Sentences sentences, double[] worth, Settings settings) {
        Scratch of = scratch.get();
        of.words().read(text, sentences);
        of.features().of(text, sentences, of.words());
        return new SentenceChoice(text, sentences, of.words(), of.features()).choose(worth, settings);
    }

    /**
     * What somebody else has chosen of a document, with a headline and without keywords.
     *
     * @param saliences of each sentence, 0 to 1
     * @param chosen in the order of the text
     */
    public Summary summary(String text, Sentences sentences, float[] saliences, int[] chosen) {
        Scratch of = scratch.get();
        of.words().read(text, sentences);
        SentenceChoice choice = new SentenceChoice(text, sentences, of.words(), of.features());
        double[] worth = IntStream.range(0, saliences.length)
                .mapToDouble(sentence -> saliences[sentence])
                .toArray();
        return choice.summary(chosen, saliences, choice.headline(worth), List.of());
    }

    /** The text of sentences as it stands in a summary: a line each. */
    public static String lines(String text, Sentences sentences, int[] chosen) {
        StringBuilder lines = new StringBuilder();
        for (int sentence : chosen) {
            if (!lines.isEmpty()) {
                lines.append('\n');
            }
            lines.append(oneLine(text, sentences.begin(sentence), sentences.end(sentence)));
        }
        return lines.toString();
    }

    /** A part of a text with one space in the place of white space. */
    static String oneLine(String text, int begin, int end) {
        StringBuilder line = new StringBuilder(end - begin);
        boolean space = false;
        for (int i = begin; i < end; i++) {
            char unit = text.charAt(i);
            boolean isSpace = SpacedText.isSpace(unit);
            if (!isSpace) {
                if (space && !line.isEmpty()) {
                    line.append(' ');
                }
                line.append(unit);
            }
            space = isSpace;
        }
        return line.toString();
    }

    private record Scratch(DocumentWords words, SalienceFeatures features) {}
}
