package dev.stillhouse.udfs.summary;

import dev.stillhouse.udfs.text.SpacedText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The choice of a document's sentences. For one thread, and until its words or features are those of another document. */
final class SentenceChoice {
    /** A sentence of fewer words says nothing by itself. */
    private static final int LEAST_WORDS = 3;

    private final String text;
    private final Sentences sentences;
    private final DocumentWords scanned;
    private final SalienceFeatures features;
    private final int[] words;
    private final boolean[] eligible;

    /**
     * @param scanned words of the sentences
     * @param features of them
     */
    SentenceChoice(String text, Sentences sentences, DocumentWords scanned, SalienceFeatures features) {
        this.text = text;
        this.sentences = sentences;
        this.scanned = scanned;
        this.features = features;
        this.words = new int[sentences.size()];
        for (int i = 0; i < words.length; i++) {
            words[i] = SpacedText.words(text, sentences.begin(i), sentences.end(i));
        }
        this.eligible = eligible();
    }

    int[] choose(double[] worth, SentenceChooser.Settings settings) {
        int[] costs = settings.budget().costs(text, sentences, words);
        SentenceSelection selection = new SentenceSelection(scanned, features, settings.redundancy());
        return selection.choose(
                new SentenceSelection.Offer(worth, costs, settings.budget().limit(costs), eligible));
    }

    /** Sentences and items of lists of some words; where there are none all that has a letter or digit. */
    private boolean[] eligible() {
        boolean[] eligible = new boolean[words.length];
        boolean any = false;
        for (int i = 0; i < eligible.length; i++) {
            Sentences.Kind kind = sentences.kind(i);
            eligible[i] =
                    (kind == Sentences.Kind.SENTENCE || kind == Sentences.Kind.LIST_ITEM) && words[i] >= LEAST_WORDS;
            any |= eligible[i];
        }
        if (!any) {
            for (int i = 0; i < eligible.length; i++) {
                eligible[i] = scanned.start(i + 1) > scanned.start(i);
            }
        }
        return eligible;
    }

    /** What is told of a choice. */
    Summary summary(int[] chosen, float[] salience, String headline, List<String> keywords) {
        return new Summary(
                SentenceChooser.lines(text, sentences, chosen),
                located(chosen, salience),
                headline,
                keywords,
                Arrays.stream(chosen).map(sentence -> words[sentence]).sum(),
                Arrays.stream(words).sum(),
                margin(chosen, salience),
                sureness(chosen, salience));
    }

    /** {@link Summary#sureness}. */
    private double sureness(int[] chosen, float[] salience) {
        double in = 0;
        for (int sentence : chosen) {
            in += salience[sentence];
        }
        double all = 0;
        for (int i = 0; i < salience.length; i++) {
            all += eligible[i] ? salience[i] : 0;
        }
        return chosen.length == 0 || all <= 0 ? 1 : Math.min(1, in / all);
    }

    /** The sentence of the greatest worth, the first of equals; empty where there is none. */
    String headline(double[] worth) {
        int best = -1;
        for (int i = 0; i < worth.length; i++) {
            if (eligible[i] && (best < 0 || worth[i] > worth[best])) {
                best = i;
            }
        }
        return best < 0 ? "" : SentenceChooser.oneLine(text, sentences.begin(best), sentences.end(best));
    }

    /** Where the chosen sentences stand. */
    private List<Summary.Sentence> located(int[] chosen, float[] salience) {
        List<Summary.Sentence> located = new ArrayList<>();
        int unit = 0;
        int codePoints = 0;
        for (int sentence : chosen) {
            codePoints += text.codePointCount(unit, sentences.begin(sentence));
            int begin = codePoints;
            codePoints += text.codePointCount(sentences.begin(sentence), sentences.end(sentence));
            unit = sentences.end(sentence);
            located.add(new Summary.Sentence(begin, codePoints, salience[sentence]));
        }
        return located;
    }

    /** {@link Summary#margin}. */
    private double margin(int[] chosen, float[] salience) {
        boolean[] isChosen = new boolean[salience.length];
        double in = 0;
        for (int sentence : chosen) {
            isChosen[sentence] = true;
            in += salience[sentence];
        }
        double[] left = new double[salience.length];
        int count = 0;
        for (int i = 0; i < salience.length; i++) {
            if (eligible[i] && !isChosen[i]) {
                left[count++] = -salience[i];
            }
        }
        int compared = Math.min(count, chosen.length);
        if (compared == 0) {
            return 0;
        }
        Arrays.sort(left, 0, count);
        double out = 0;
        for (int i = 0; i < compared; i++) {
            out -= left[i];
        }
        return in / chosen.length - out / compared;
    }
}
