package dev.stillhouse.curation;

import static dev.stillhouse.curation.Curations.byId;
import static dev.stillhouse.curation.Curations.config;
import static dev.stillhouse.curation.Curations.curate;
import static dev.stillhouse.curation.Curations.document;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.curation.spans.RepeatedSpansConfig;
import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.Removed;
import dev.stillhouse.datasets.schema.Rewritten;
import dev.stillhouse.udfs.quality.Profile;
import dev.stillhouse.udfs.testing.Records;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Texts that are published otherwise than they were read. */
class RewritingTest {
    private static final String NOTICE = "This message is confidential and meant for one person alone, nobody else.";

    private static CurateConfig c4(List<String> alwaysKeep, Profile... profiles) {
        return Records.with(
                Records.with(config("profile", List.of(profiles)), "action", CurateConfig.Action.DROP),
                "alwaysKeep",
                alwaysKeep);
    }

    private static CurateConfig spans(String component, Object value) {
        return Records.with(
                config(component, value),
                "repeatedSpans",
                Optional.of(new RepeatedSpansConfig(RepeatedSpansConfig.Unit.PARAGRAPH, 5, 1, 4)));
    }

    @Test
    void c4RewritesTheTextWhereItDropsAndTheOriginalIsKept() {
        String text =
                "No end\nThis is one. This is two. This is three.\nThis line has [12] four. And now five.\nPlease enable javascript to read.";
        try (Curator.Result result =
                curate(c4(List.of(), Profile.C4_2020), document("a", text), document("b", "Too little."))) {
            Row kept = result.curated().head();
            assertThat(kept.<String>getAs(Curated.TEXT))
                    .isEqualTo("This is one. This is two. This is three.\nThis line has  four. And now five.");
            assertThat(kept.<Long>getAs("c4_javascript_lines")).isEqualTo(1);
            assertThat(byId(result.rewritten()).get("a").<String>getAs(Rewritten.TEXT))
                    .isEqualTo(text);
            assertThat(byId(result.removed()).get("b").<String>getAs(Removed.REASON))
                    .isEqualTo("c4_too_few_sentences");
            assertThat(byId(result.removed()).get("b").<String>getAs(Removed.TEXT))
                    .isEqualTo("Too little.");
        }
        try (Curator.Result result = curate(config("profile", List.of(Profile.C4_2020)), document("a", text))) {
            assertThat(result.curated().head().<String>getAs(Curated.TEXT)).isEqualTo(text);
            assertThat(result.rewritten().count()).isZero();
        }
    }

    @Test
    void repeatedParagraphsAreCutFromAllButTheFirstAndTooLittleIsRemoved() {
        CurateConfig config = spans("minCharacters", 1);

        try (Curator.Result result = curate(
                config,
                document("a", "An old letter of mine.\n\n" + NOTICE),
                document("b", "A newer letter to you.\n\n" + NOTICE.toUpperCase(Locale.ROOT) + "\n\nYours truly, me"),
                document("c", "short\n\n" + NOTICE),
                document("d", "short\n\n" + NOTICE))) {
            Map<String, Row> curated = byId(result.curated());
            assertThat(curated.keySet()).containsExactlyInAnyOrder("a", "b");
            assertThat(curated.get("b").<String>getAs(Curated.TEXT))
                    .isEqualTo("A newer letter to you.\n\n\nYours truly, me");
            Row cut = byId(result.rewritten()).get("b").<Row>getList(3).get(0);
            assertThat(cut.getInt(0)).isEqualTo(24);
            assertThat(cut.getString(3)).isEqualTo("a");
            assertThat(byId(result.removed()).get("c").<String>getAs(Removed.REASON))
                    .isEqualTo(Removed.REPEATED_SPANS);
            assertThat(byId(result.removed()).get("d").<String>getAs(Removed.TEXT))
                    .isEqualTo("short\n\n" + NOTICE);
        }
    }

    @Test
    void whatIsAlwaysKeptIsPublishedAsItWasRead() {
        String menu = "Home\nAbout us\nContact";
        try (Curator.Result result = curate(
                c4(List.of("chars < 30"), Profile.C4_2020),
                document("a", menu),
                document("b", menu + "\nImprint and privacy"))) {
            assertThat(result.curated().head().<String>getAs(Curated.TEXT)).isEqualTo(menu);
            assertThat(result.rewritten().count()).isZero();
            // What is short only for what C4's rules took from it is not short.
            assertThat(byId(result.removed())).containsOnlyKeys("b");
        }
        try (Curator.Result result = curate(
                spans("alwaysKeep", List.of("id in ('b', 'c')")),
                document("a", "An old letter of mine.\n\n" + NOTICE),
                document("b", "A letter that must stay.\n\n" + NOTICE),
                document("c", "Another that must stay.\n\n" + NOTICE))) {
            assertThat(byId(result.rewritten())).containsOnlyKeys("a");
            assertThat(byId(result.rewritten()).get("a").<Row>getList(3).get(0).getString(3))
                    .isEqualTo("b");
        }
    }

    @Test
    void whatC4LeavesNothingOfGoesForThat() {
        Row gone = Curations.removed(c4(List.of(), Profile.GOPHER_2021, Profile.C4_2020), document("a", "Home\nAbout"))
                .get("a");

        assertThat(gone.<String>getAs(Removed.REASON)).isEqualTo("c4_too_few_sentences");
        assertThat(gone.<Double>getAs(Removed.VALUE)).isZero();
        assertThat(gone.<String>getAs(Removed.TEXT)).isEqualTo("Home\nAbout");
        assertThat(gone.<String>getAs(Removed.JUDGED_TEXT)).isEmpty();
    }

    @Test
    void whatLostWhiteSpaceAloneIsPublishedAsItWasRead() {
        String text = "One is here. Two is here. Three is here.\n\n  Four is here. Five is here.";

        try (Curator.Result result = curate(c4(List.of(), Profile.C4_2020), document("a", text))) {
            assertThat(result.curated().head().<String>getAs(Curated.TEXT)).isEqualTo(text);
            assertThat(result.rewritten().count()).isZero();
        }
    }

    @Test
    void aSpanStaysInADocumentThatPassesRatherThanInTheFirst() {
        CurateConfig config = Records.with(spans("rules", List.of("id = 'a'")), "action", CurateConfig.Action.DROP);

        try (Curator.Result result = curate(
                config,
                document("a", "A letter that a rule removes.\n\n" + NOTICE),
                document("b", "A letter that passes every rule.\n\n" + NOTICE),
                document("c", "A letter that passes as well.\n\n" + NOTICE))) {
            Map<String, Row> curated = byId(result.curated());
            assertThat(curated).containsOnlyKeys("b", "c");
            assertThat(curated.get("b").<String>getAs(Curated.TEXT)).endsWith(NOTICE);
            assertThat(curated.get("c").<String>getAs(Curated.TEXT)).doesNotContain(NOTICE);
            Row removed = byId(result.removed()).get("a");
            assertThat(removed.<String>getAs(Removed.JUDGED_TEXT)).isEqualTo("A letter that a rule removes.\n\n");
            assertThat(removed.<Row>getList(removed.fieldIndex(Removed.CUTS))
                            .get(0)
                            .getString(3))
                    .isEqualTo("b");
        }
    }
}
