package dev.stillhouse.curation;

import dev.stillhouse.curation.near.NearDuplicatesConfig;
import dev.stillhouse.curation.spans.RepeatedSpansConfig;
import dev.stillhouse.datasets.config.Checks;
import dev.stillhouse.datasets.config.Key;
import dev.stillhouse.datasets.config.Violation;
import dev.stillhouse.udfs.quality.Profile;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The {@code curate} section of a task file. */
public record CurateConfig(
        @Key(value = "Published rules to judge documents by, one profile or a list.", defaultValue = "[datalake]")
        List<Profile> profile,

        @Key(
                value =
                        "Whether documents that fail a rule are dropped, or kept with the rules that they fail beside them; the profile datalake only ever annotates.",
                defaultValue = "annotate")
        Action action,

        @Key(
                "Rules of your own: Spark SQL predicates over signals, source, id, label, text and kept columns; a document for which one is true fails it.")
        List<String> rules,

        @Key(
                "Spark SQL predicates over the same; a document for which one is true is never removed, unless it is contaminated, and never rewritten. Looks at the text as it was read.")
        List<String> alwaysKeep,

        @Key(
                value =
                        "Shortest text that is kept, in characters (Unicode code points) of the normalised text, at least 1.",
                defaultValue = "1")
        int minCharacters,

        @Key(
                value =
                        "Longest text that is kept, in characters of the normalised text, at least min_characters; the signals of longer ones are not measured.",
                defaultValue = "1000000")
        int maxCharacters,

        @Key(
                value =
                        "Whether documents with the same normalised text are reduced to the one with the smallest source and id, kept with that one's id beside them, or not looked for.",
                defaultValue = "drop")
        Duplicates exactDuplicates,

        @Key(
                "Spark SQL expression over the same as rules, such as a kept url: of documents with equal values the one with the smallest source and id stays; those without a value all stay.")
        Optional<String> duplicateKey,

        @Key(
                "Lines or paragraphs that stand in several documents, to be cut from all but the first; without this section they stay.")
        Optional<RepeatedSpansConfig> repeatedSpans,

        @Key("Verified near-duplicates; without this section they are not looked for.")
        Optional<NearDuplicatesConfig> nearDuplicates,

        @Key(
                value = "Largest share of rows, 0 to 1, that may be rejects before the run fails with exit code 3.",
                defaultValue = "0.1")
        double maxRejectedShare) {

    public CurateConfig {
        profile = List.copyOf(profile);
        rules = List.copyOf(rules);
        alwaysKeep = List.copyOf(alwaysKeep);
        new Checks()
                .that(
                        Set.copyOf(profile).size() == profile.size(),
                        new Violation("profile", profile.toString(), "without repetition"))
                .that(
                        Set.copyOf(rules).size() == rules.size(),
                        new Violation("rules", rules.toString(), "without repetition"))
                .atLeast(1, "min_characters", minCharacters)
                .that(
                        maxCharacters >= minCharacters,
                        new Violation(
                                "max_characters",
                                Integer.toString(maxCharacters),
                                "at least min_characters, " + minCharacters))
                .share("max_rejected_share", maxRejectedShare)
                .verify();
    }

    /** Whether rules that fail remove documents. */
    boolean drops() {
        return action == Action.DROP;
    }

    /** What becomes of a document that fails a rule. */
    public enum Action {
        ANNOTATE,
        DROP
    }

    /** What becomes of exact duplicates. */
    public enum Duplicates {
        DROP,
        ANNOTATE,
        OFF
    }
}
