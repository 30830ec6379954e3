package dev.stillhouse.scoring.summaries;

import dev.stillhouse.udfs.text.Terms;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/**
 * Chooses sentences that stand for a group of documents. Sentences that share most of their words (a Jaccard index of {@value #SAME} and more) and the same numbers say the same: of them the first stays, and what they say is said by all their documents. The value of a sentence is its salience times {@code 1 + log2} of the number of documents that say it, times how near its words are to those of the group
 * (cosine of tf-idf with the centroid over the candidates); again and again the one of the greatest value is chosen, less the share of its words that are said already.
 */
final class DigestChoice {
    private static final double SAME = 0.6;

    private DigestChoice() {}

    /**
     * A sentence that may be chosen.
     *
     * @param saying the documents that say it, by hash
     */
    record Candidate(
            int rank, String text, String source, String id, int begin, int end, float score, Set<Long> saying) {

        static Candidate of(Row row) {
            Row best = row.getStruct(1);
            return new Candidate(
                    row.getInt(0),
                    best.getString(5),
                    best.getString(1),
                    best.getString(2),
                    best.getInt(3),
                    best.getInt(4),
                    best.getFloat(6),
                    new HashSet<>(row.getList(2)));
        }
    }

    /** At most {@code most} of the candidates, the best first. */
    static List<Candidate> choose(List<Candidate> candidates, int most) {
        List<Candidate> ordered = new ArrayList<>(candidates);
        ordered.sort(Comparator.comparingInt(Candidate::rank));
        List<Said> distinct = distinct(ordered);
        weigh(distinct);
        List<Candidate> chosen = new ArrayList<>();
        Set<String> known = new HashSet<>();
        while (chosen.size() < most && !distinct.isEmpty()) {
            Said best = distinct.get(0);
            for (Said one : distinct) {
                if (one.worth(known) > best.worth(known)) {
                    best = one;
                }
            }
            if (best.worth(known) <= 0 && !chosen.isEmpty()) {
                break;
            }
            chosen.add(best.candidate);
            known.addAll(best.words);
            distinct.remove(best);
        }
        return chosen;
    }

    /** The candidates that say something else than those before them, with all the documents that say the same. */
    private static List<Said> distinct(List<Candidate> ordered) {
        List<Said> distinct = new ArrayList<>();
        for (Candidate candidate : ordered) {
            Set<String> words = new HashSet<>(Terms.of(candidate.text()));
            Set<String> numbers = numbers(words);
            Said same = null;
            for (Said one : distinct) {
                if (one.numbers.equals(numbers) && jaccard(one.words, words) >= SAME) {
                    same = one;
                    break;
                }
            }
            if (same == null) {
                distinct.add(new Said(candidate, words, numbers));
            } else {
                same.candidate.saying().addAll(candidate.saying());
            }
        }
        return distinct;
    }

    /** Words with a digit: sentences that differ in them, such as prices and results, do not say the same. */
    private static Set<String> numbers(Set<String> words) {
        return words.stream()
                .filter(word -> word.codePoints().anyMatch(Character::isDigit))
                .collect(Collectors.toSet());
    }

    private static double jaccard(Set<String> left, Set<String> right) {
        if (left.isEmpty() && right.isEmpty()) {
            return 1;
        }
        Set<String> smaller = left.size() <= right.size() ? left : right;
        Set<String> larger = smaller == left ? right : left;
        long common = smaller.stream().filter(larger::contains).count();
        return (double) common / (left.size() + right.size() - common);
    }

    private static void weigh(List<Said> sentences) {
        Map<String, Integer> frequencies = new HashMap<>();
        sentences.forEach(one -> one.words.forEach(word -> frequencies.merge(word, 1, Integer::sum)));
        Map<String, Double> rarity = new HashMap<>();
        frequencies.forEach((word, count) -> rarity.put(word, Math.log((1.0 + sentences.size()) / (1 + count)) + 1e-3));
        double length = 0;
        for (Map.Entry<String, Integer> entry : frequencies.entrySet()) {
            double value = entry.getValue() * rarity.getOrDefault(entry.getKey(), 0.0);
            length += value * value;
        }
        double centroid = Math.max(Math.sqrt(length), Double.MIN_NORMAL);
        for (Said one : sentences) {
            double dot = 0;
            double square = 0;
            for (String word : one.words) {
                double weight = rarity.getOrDefault(word, 0.0);
                dot += weight * weight * frequencies.getOrDefault(word, 0);
                square += weight * weight;
            }
            double near = square > 0 ? dot / Math.sqrt(square) / centroid : 0;
            double saying = 1 + Math.log(Math.max(1, one.candidate.saying().size())) / Math.log(2);
            one.value = one.candidate.score() * saying * near;
            one.rarity = rarity;
        }
    }

    /** A sentence with its words. */
    private static final class Said {
        private final Candidate candidate;
        private final Set<String> words;
        private final Set<String> numbers;
        private Map<String, Double> rarity = Map.of();
        private double value;

        Said(Candidate candidate, Set<String> words, Set<String> numbers) {
            this.candidate = candidate;
            this.words = words;
            this.numbers = numbers;
        }

        /** Its value, less what is known of it. */
        double worth(Set<String> known) {
            double all = 0;
            double said = 0;
            for (String word : words) {
                double weight = rarity.getOrDefault(word, 0.0);
                all += weight;
                said += known.contains(word) ? weight : 0;
            }
            return all > 0 ? value * (1 - said / all) : 0;
        }
    }
}
