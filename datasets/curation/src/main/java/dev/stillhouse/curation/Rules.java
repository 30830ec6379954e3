package dev.stillhouse.curation;

import dev.stillhouse.curation.near.NearDuplicatesConfig;
import dev.stillhouse.datasets.schema.Removed;
import dev.stillhouse.udfs.quality.Profile;
import dev.stillhouse.udfs.quality.Rule;
import dev.stillhouse.udfs.text.TextScan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every rule that a task judges by, in the order in which the first failing one is named: what evidence and reports call it. */
public final class Rules {
    private Rules() {}

    /** The rules of a configuration, those that are off left out. */
    public static List<Line> of(CurateConfig config) {
        List<Line> lines = new ArrayList<>();
        lines.add(Line.dropping(Removed.CONTAMINATED, contaminated()));
        lines.add(Line.dropping(Removed.TOO_SHORT, tooShort(config)));
        lines.add(Line.dropping(Removed.TOO_LONG, tooLong(config)));
        config.repeatedSpans().ifPresent(spans -> lines.add(Line.dropping(Removed.REPEATED_SPANS, spans.rule())));
        published(config.profile()).forEach((rule, profile) -> lines.add(published(rule, profile, config)));
        for (String own : config.rules()) {
            lines.add(new Line(Removed.OWN_RULE, own, own, Optional.empty(), "task file", config.drops()));
        }
        if (config.exactDuplicates() != CurateConfig.Duplicates.OFF) {
            lines.add(Line.of(
                    Removed.EXACT_DUPLICATE,
                    exactDuplicate(),
                    config.exactDuplicates() == CurateConfig.Duplicates.DROP));
        }
        config.duplicateKey().ifPresent(key -> lines.add(Line.dropping(Removed.DUPLICATE_KEY, duplicateKey(key))));
        config.nearDuplicates()
                .ifPresent(near -> lines.add(Line.of(
                        Removed.NEAR_DUPLICATE, near.rule(), near.action() == NearDuplicatesConfig.Action.DROP)));
        return lines;
    }

    private static Line published(Rule rule, Profile profile, CurateConfig config) {
        return new Line(
                rule.reason(),
                rule.reason(),
                rule.condition(),
                Optional.of(rule),
                profile.key() + ", " + profile.source(),
                config.drops() && profile.mayDrop());
    }

    /** The rules of the profiles, each reason once, with the first profile that has it. */
    static Map<Rule, Profile> published(List<Profile> profiles) {
        Map<String, Rule> byReason = new LinkedHashMap<>();
        Map<Rule, Profile> rules = new LinkedHashMap<>();
        for (Profile profile : profiles) {
            for (Rule rule : profile.rules()) {
                if (byReason.putIfAbsent(rule.reason(), rule) == null) {
                    rules.put(rule, profile);
                }
            }
        }
        return rules;
    }

    static String contaminated() {
        return "normalised text is in evaluate";
    }

    static String tooShort(CurateConfig config) {
        return "normalised characters < " + config.minCharacters();
    }

    static String tooLong(CurateConfig config) {
        return "normalised characters > " + config.maxCharacters();
    }

    static String exactDuplicate() {
        return "normalised text again; what is always kept stays, else the smallest (source, id)";
    }

    static String duplicateKey(String expression) {
        return expression + " again; what is always kept stays, else the smallest (source, id)";
    }

    /**
     * A rule as people see it.
     *
     * @param reason reason of the documents that it removes
     * @param name what it is called in {@code failed_rules}
     * @param condition when a document fails, with operator and threshold
     * @param published the published rule, where it is one
     * @param source where the rule and its threshold come from
     * @param drops whether it removes, else it annotates
     */
    public record Line(
            String reason, String name, String condition, Optional<Rule> published, String source, boolean drops) {
        private static Line dropping(String reason, String condition) {
            return of(reason, condition, true);
        }

        private static Line of(String reason, String condition, boolean drops) {
            return new Line(reason, reason, condition, Optional.empty(), "Stillhouse", drops);
        }

        /** What the signal is divided by; empty where it is not. */
        public String denominator() {
            return published.map(rule -> rule.signal().denominator()).orElse("");
        }

        /** The tokeniser whose words the rule counts; empty where it counts none. */
        public String tokenizer() {
            return published
                    .map(rule -> rule.signal().countsWords() ? TextScan.TOKENIZER : "")
                    .orElse("");
        }
    }
}
