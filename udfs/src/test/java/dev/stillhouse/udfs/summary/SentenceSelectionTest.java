package dev.stillhouse.udfs.summary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SentenceSelectionTest {
    private final DocumentWords words = new DocumentWords(Cues.NONE, WordVectors.NONE);
    private final SalienceFeatures features = new SalienceFeatures();

    @Test
    void lazyEvaluationChoosesWhatLookingAtAllAgainChooses() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            String text = text(random);
            Sentences sentences = new SentenceSplitter().split(text);
            double[] worth = random.doubles(sentences.size(), -2, 2).toArray();
            int[] costs = random.ints(sentences.size(), 1, 9).toArray();
            double redundancy = random.nextInt(3);
            int limit = random.nextInt(40);
            words.read(text, sentences);
            features.of(text, sentences, words);
            boolean[] eligible = new boolean[worth.length];
            for (int i = 0; i < eligible.length; i++) {
                eligible[i] = random.nextInt(5) > 0;
            }
            int[] lazy = new SentenceSelection(words, features, redundancy)
                    .choose(new SentenceSelection.Offer(worth, costs, limit, eligible));
            assertThat(lazy).as("seed " + seed).containsExactly(naive(worth, costs, limit, eligible, redundancy));
        }
    }

    private int[] naive(double[] worth, int[] costs, int limit, boolean[] eligible, double redundancy) {
        List<Integer> chosen = new ArrayList<>();
        Set<Integer> said = new HashSet<>();
        int left = limit;
        while (true) {
            int best = -1;
            double most = 0;
            for (int i = 0; i < worth.length; i++) {
                if (!eligible[i] || costs[i] > left || chosen.contains(i)) {
                    continue;
                }
                double value = worth[i] - redundancy * covered(i, said);
                if (best < 0 || value > most) {
                    best = i;
                    most = value;
                }
            }
            if (best < 0) {
                return chosen.stream().sorted().mapToInt(Integer::intValue).toArray();
            }
            chosen.add(best);
            left -= costs[best];
            for (int at = words.start(best); at < words.start(best + 1); at++) {
                said.add(words.word(at));
            }
        }
    }

    private double covered(int sentence, Set<Integer> said) {
        double all = 0;
        double known = 0;
        for (int at = words.start(sentence); at < words.start(sentence + 1); at++) {
            double weight = features.rarity(words.word(at));
            all += weight;
            known += said.contains(words.word(at)) ? weight : 0;
        }
        return all > 0 ? known / all : 0;
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(15); i >= 0; i--) {
            text.append("Begin");
            for (int w = random.nextInt(6); w >= 0; w--) {
                text.append(" w").append(random.nextInt(12));
            }
            text.append(". ");
        }
        return text.toString();
    }
}
