package dev.stillhouse.udfs.summary;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Ways to choose sentences that have learned nothing: what a student has to beat. Each takes the sentences of the greatest worth that fit the budget, whatever they repeat. */
public enum Baseline {
    /** The first sentences. */
    LEAD {
        @Override
        double[] worth(List<String> sentences) {
            double[] worth = new double[sentences.size()];
            for (int i = 0; i < worth.length; i++) {
                worth[i] = -i;
            }
            return worth;
        }
    },
    /** The last sentences. */
    TAIL {
        @Override
        double[] worth(List<String> sentences) {
            double[] worth = new double[sentences.size()];
            for (int i = 0; i < worth.length; i++) {
                worth[i] = i;
            }
            return worth;
        }
    },
    /** Any sentences, the same of equal texts. */
    RANDOM {
        @Override
        double[] worth(List<String> sentences) {
            SplittableRandom random = new SplittableRandom(sentences.hashCode());
            return random.doubles(sentences.size()).toArray();
        }
    },
    /** {@link TextRank}. */
    TEXTRANK {
        @Override
        double[] worth(List<String> sentences) {
            return new TextRank().rank(sentences);
        }
    },
    /** {@link LexRank}. */
    LEXRANK {
        @Override
        double[] worth(List<String> sentences) {
            return new LexRank().rank(sentences);
        }
    };

    private static final SentenceChooser CHOOSER = new SentenceChooser();

    /** What each sentence is worth, the more the sooner it is chosen. */
    abstract double[] worth(List<String> sentences);

    /** The name in reports. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The chosen sentences, in the order of the text. */
    public int[] choose(String text, Sentences sentences, Budget budget) {
        return CHOOSER.choose(text, sentences, worth(sentences.texts()), new SentenceChooser.Settings(budget, 0));
    }
}
