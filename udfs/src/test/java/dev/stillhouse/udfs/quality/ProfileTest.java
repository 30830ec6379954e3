package dev.stillhouse.udfs.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.udfs.text.Goldens;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProfileTest {
    /** The table was typed from the papers named in {@link Profile}; a threshold that changes is a changed output. */
    @Test
    void rulesAndThresholdsAreThoseOfTheirSources() {
        String table = Arrays.stream(Profile.values())
                .flatMap(profile -> profile.rules().stream()
                        .map(rule -> profile.key() + " | " + rule.reason() + " | " + rule.condition()))
                .collect(Collectors.joining("\n", "", "\n"));
        assertThat(table).isEqualTo(Goldens.text("profiles.txt"));
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void reasonsAreDistinctAndRulesAreStrictAtTheirThreshold(Profile profile) {
        List<Rule> rules = profile.rules();
        assertThat(rules.stream().map(Rule::reason).distinct()).hasSameSizeAs(rules);
        for (Rule rule : rules) {
            boolean below = rule.comparison() == Rule.Comparison.BELOW;
            assertThat(rule.reason()).matches("[a-z0-9_]+");
            assertThat(rule.fails(rule.threshold())).isFalse();
            assertThat(rule.fails(Math.nextDown(rule.threshold()))).isEqualTo(below);
            assertThat(rule.fails(Math.nextUp(rule.threshold()))).isNotEqualTo(below);
            assertThat(rule.fails(Double.NaN)).isFalse();
        }
    }

    @Test
    void conditionsReadAsSql() {
        assertThat(new Rule("r", Signal.MEAN_WORD_LENGTH, Rule.Comparison.BELOW, 3).condition())
                .isEqualTo("mean_word_length < 3");
        assertThat(new Rule("r", Signal.GOPHER_WORDS, Rule.Comparison.ABOVE, 100_000).condition())
                .isEqualTo("gopher_words > 100000");
        assertThat(new Rule("r", Signal.DUP_LINE_TEXT, Rule.Comparison.ABOVE, 0.01).condition())
                .isEqualTo("dup_line_text > 0.01");
        assertThat(new Rule("r", Signal.DUP_LINE_TEXT, Rule.Comparison.ABOVE, 0.0001).condition())
                .isEqualTo("dup_line_text > 1.0E-4");
    }

    @Test
    void onlyTheProfileOfOurOwnNeverDropsAndOnlyC4Rewrites() {
        assertThat(Arrays.stream(Profile.values()).filter(profile -> !profile.mayDrop()))
                .containsExactly(Profile.DATALAKE);
        assertThat(Arrays.stream(Profile.values()).filter(Profile::rewrites)).containsExactly(Profile.C4_2020);
        assertThat(Arrays.stream(Profile.values()).map(Profile::key))
                .containsExactly("gopher-2021", "c4-2020", "mc4-2021", "fineweb-paper", "fineweb-code", "datalake");
    }
}
