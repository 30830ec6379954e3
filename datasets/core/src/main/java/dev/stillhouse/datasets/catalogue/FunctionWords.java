package dev.stillhouse.datasets.catalogue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells Europarl's 21 languages apart by their function words: each word of a text counts for every language that has it in its list of about 30, as much as the fewer languages share it; the language with the most wins.
 * Good for texts of some sentences in one of these languages, and for nothing else.
 */
final class FunctionWords {
    private static final String RESOURCE = "dev/stillhouse/datasets/catalogue/function-words.txt";
    private static final Pattern WORD = Pattern.compile("\\p{L}+");
    private static final Map<String, Set<String>> WORDS = load();
    private static final Map<String, List<String>> LANGUAGES_BY_WORD = invert();

    private FunctionWords() {}

    static List<String> codes() {
        return List.copyOf(WORDS.keySet());
    }

    /** The language of the first text in which a function word is found; null where there is none; the first in the alphabet on a tie. */
    static @Nullable String language(String... texts) {
        for (String text : texts) {
            Map<String, Double> scores = new TreeMap<>();
            Matcher words = WORD.matcher(text.toLowerCase(Locale.ROOT));
            while (words.find()) {
                List<String> languages = LANGUAGES_BY_WORD.getOrDefault(words.group(), List.of());
                languages.forEach(language -> scores.merge(language, 1.0 / languages.size(), Double::sum));
            }
            String best = null;
            for (Map.Entry<String, Double> score : scores.entrySet()) {
                best = best == null || score.getValue() > scores.get(best) ? score.getKey() : best;
            }
            if (best != null) {
                return best;
            }
        }
        return null;
    }

    private static Map<String, Set<String>> load() {
        Map<String, Set<String>> words = new TreeMap<>();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(Corpus.open(RESOURCE), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] fields = line.split(" ");
                words.put(fields[0], new HashSet<>(List.of(fields).subList(1, fields.length)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return words;
    }

    private static Map<String, List<String>> invert() {
        Map<String, List<String>> languages = new HashMap<>();
        WORDS.forEach((language, words) -> words.forEach(word ->
                languages.computeIfAbsent(word, key -> new ArrayList<>()).add(language)));
        return languages;
    }
}
