package dev.stillhouse.udfs.summary;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Words of some thirty languages that tell whether a full stop ends a sentence, from {@value #RESOURCE}. All languages share one list, since a text does not say which it is in. Immutable. */
final class Abbreviations {
    /** What a full stop after a word says. */
    enum Use {
        /** Nothing: the word is no abbreviation. */
        NONE,
        /** A sentence does not end here. */
        NEVER,
        /** A sentence does not end here if a number follows. */
        NUMBER,
        /** A sentence ends here only if the next word is one that begins many. */
        SELDOM,
        /** A sentence ends here if the next word has a capital letter. */
        OFTEN
    }

    /** Letters, stops included, of the longest entry; longer words need no look-up. */
    static final int LONGEST = 9;

    private static final String RESOURCE = "abbreviations.txt";
    private static final Map<String, Use> USES = new HashMap<>();
    private static final Map<Words, Set<String>> WORDS = new EnumMap<>(Words.class);

    static {
        load();
    }

    private Abbreviations() {}

    /** The use of a full stop after a word, which is given without it. */
    static Use use(String word) {
        Use found = USES.get(word);
        return found != null ? found : USES.getOrDefault(word.toLowerCase(Locale.ROOT), Use.NONE);
    }

    /** Whether a word in any case is in a list. */
    static boolean holds(Words list, String word) {
        return Objects.requireNonNull(WORDS.get(list)).contains(word.toLowerCase(Locale.ROOT));
    }

    private static void load() {
        for (Words list : Words.values()) {
            WORDS.put(list, new HashSet<>());
        }
        for (String line : lines()) {
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String[] fields = line.split(" ");
            String name = fields[0].toUpperCase(Locale.ROOT);
            List<String> words = List.of(fields).subList(1, fields.length);
            switch (name) {
                case "NONE", "NEVER", "NUMBER", "SELDOM", "OFTEN" ->
                    words.forEach(word -> add(word, Use.valueOf(name)));
                default ->
                    Objects.requireNonNull(WORDS.get(Words.valueOf(name))).addAll(words);
            }
        }
    }

    private static void add(String word, Use use) {
        Use other = USES.put(word, use);
        if (word.length() > LONGEST || (other != null && other != use)) {
            throw new IllegalStateException(
                    "Invalid abbreviation: " + word + " (must have one use and at most " + LONGEST + " characters)");
        }
    }

    private static List<String> lines() {
        try (InputStream stream = Objects.requireNonNull(Abbreviations.class.getResourceAsStream(RESOURCE));
                BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lists of words. */
    enum Words {
        /** Words that begin many sentences and are no names. */
        STARTER,
        /** Words of German that stand before an ordinal number. */
        BEFORE,
        /** Names of months. */
        MONTH
    }
}
