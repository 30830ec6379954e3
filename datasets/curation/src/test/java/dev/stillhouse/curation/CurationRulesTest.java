package dev.stillhouse.curation;

import static dev.stillhouse.curation.Curations.byId;
import static dev.stillhouse.curation.Curations.config;
import static dev.stillhouse.curation.Curations.curate;
import static dev.stillhouse.curation.Curations.document;
import static dev.stillhouse.curation.Curations.documents;
import static dev.stillhouse.curation.Curations.kept;
import static dev.stillhouse.curation.Curations.removed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillhouse.curation.near.NearDuplicatesConfig;
import dev.stillhouse.curation.spans.RepeatedSpansConfig;
import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.datasets.schema.Removed;
import dev.stillhouse.udfs.errors.ConfigurationException;
import dev.stillhouse.udfs.quality.Profile;
import dev.stillhouse.udfs.testing.Records;
import dev.stillhouse.udfs.testing.SharedSpark;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;

class CurationRulesTest {
    private static final String LONG =
            "one two three four five six seven eight nine ten. ".repeat(3).strip();

    @Test
    void aDocumentKeepsEveryRuleThatItFailsAndTheFirstThatDropsIsItsReason() {
        CurateConfig config = Records.with(
                config("profile", List.of(Profile.DATALAKE, Profile.GOPHER_2021)), "action", CurateConfig.Action.DROP);

        Map<String, Row> removed = removed(config, document("a", "1 2 3"));

        assertThat(removed.get("a").<String>getAs(Removed.REASON)).isEqualTo("gopher_too_few_words");
        assertThat(removed.get("a").<String>getAs(Removed.RULE)).isEqualTo("gopher_words < 50");
        assertThat(removed.get("a").<Double>getAs(Removed.VALUE)).isEqualTo(3);
        assertThat(removed.get("a").<String>getList(removed.get("a").fieldIndex(Removed.FAILED_RULES)))
                .startsWith("few_letters", "very_few_words", "gopher_too_few_words", "gopher_short_words")
                .contains("gopher_few_stop_words");
    }

    @Test
    void theProfileDatalakeNeverDrops() {
        CurateConfig config = config("action", CurateConfig.Action.DROP);

        try (Curator.Result result = curate(config, document("a", "1 2 3"))) {
            Row kept = result.curated().head();
            assertThat(kept.<String>getList(kept.fieldIndex(Curated.FAILED_RULES)))
                    .containsExactly("few_letters", "very_few_words");
        }
    }

    @Test
    void rulesAnnotateUnlessTheyAreToldToDrop() {
        CurateConfig config = config("rules", List.of("chars < 200", "source = 's' and words > 1"));

        try (Curator.Result result = curate(config, document("a", "two words"), document("b", "words"))) {
            assertThat(result.removed().count()).isZero();
            assertThat(result.curated().where("id = 'a'").head().<String>getList(7))
                    .contains("chars < 200", "source = 's' and words > 1");
            assertThat(result.curated()
                            .where("id = 'b'")
                            .selectExpr("array_contains(failed_rules, 'chars < 200')")
                            .head()
                            .getBoolean(0))
                    .isTrue();
        }
    }

    @Test
    void ownRulesSeeKeptColumnsAndAlwaysKeepWinsOverAllButContamination() {
        CurateConfig config = Records.with(
                Records.with(config("rules", List.of("url like '%spam%'")), "action", CurateConfig.Action.DROP),
                "alwaysKeep",
                List.of("id = 'kept'", "label = 'gold'"));
        Dataset<Row> documents = documents(
                kept("spam", "text of a spammer", Map.of("url", "x.org/spam")),
                kept("kept", "text of another", Map.of("url", "x.org/spam")),
                kept("copy", "text of another", Map.of("url", "x.org")),
                kept("good", "good text", Map.of("url", "x.org")),
                RowFactory.create("s", "seen", "seen", "gold", Map.of(), "f", 0L));
        Dataset<Row> evaluation = documents(RowFactory.create("t", "t", "seen", null, Map.of(), "f", 0L));

        try (Curator.Result result =
                new Curator(config, EvaluationCut.NONE, List.of("url")).curate(documents, evaluation)) {
            Map<String, Row> removed = byId(result.removed());
            assertThat(removed.keySet()).containsExactlyInAnyOrder("spam", "copy", "seen");
            assertThat(removed.get("spam").<String>getAs(Removed.REASON)).isEqualTo(Removed.OWN_RULE);
            assertThat(removed.get("spam").<String>getAs(Removed.RULE)).isEqualTo("url like '%spam%'");
            assertThat(removed.get("copy").<String>getAs(Removed.KEPT_ID)).isEqualTo("kept");
            assertThat(removed.get("seen").<String>getAs(Removed.REASON)).isEqualTo(Removed.CONTAMINATED);
        }
    }

    @Test
    void expressionsThatDoNotResolveSayWhere() {
        assertThatThrownBy(() -> curate(config("rules", List.of("chars < 200", "chrs < 200")), document("a", "x")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("curate.rules[1]: chrs")
                .hasMessageContaining("nearest: chars");
        assertThatThrownBy(() -> curate(config("alwaysKeep", List.of("words")), document("a", "x")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("curate.always_keep[0]: words")
                .hasMessageContaining("true or false");
        assertThatThrownBy(() -> new Curator(Configs.curate(), EvaluationCut.NONE, List.of("words")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("Invalid keep: words");
    }

    @Test
    void everyExpressionIsCheckedBeforeAnythingIsRead() {
        CurateConfig config = Records.with(
                Records.with(
                        Records.with(
                                config("rules", List.of("chrs < 200", "chars < 200", "words")),
                                "alwaysKeep",
                                List.of("((")),
                        "duplicateKey",
                        Optional.of("urll")),
                "nearDuplicates",
                Optional.of(Records.with(Configs.near(), "survivor", List.of("cast(nothing as int) desc"))));

        assertThatThrownBy(() -> new Curator(config, EvaluationCut.NONE, List.of("url")).check(SharedSpark.session()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll(
                        "curate.rules[0]: chrs",
                        "curate.rules[2]: words",
                        "curate.always_keep[0]: ((",
                        "curate.duplicate_key: urll",
                        "nearest: url",
                        "curate.near_duplicates.survivor[0]: nothing")
                .hasMessageNotContaining("rules[1]");
    }

    @Test
    void documentsOfOneKeyAreReducedToOneAndThoseWithoutAllStay() {
        CurateConfig config = config("duplicateKey", Optional.of("lower(url)"));
        Dataset<Row> documents = documents(
                kept("b", "later version", Map.of("url", "X.org")),
                kept("a", "first version", Map.of("url", "x.ORG")),
                kept("c", "no url", Map.of()),
                kept("d", "none either", Map.of()));

        try (Curator.Result result =
                new Curator(config, EvaluationCut.NONE, List.of("url")).curate(documents, documents())) {
            Map<String, Row> removed = byId(result.removed());
            assertThat(removed.keySet()).containsExactly("b");
            assertThat(removed.get("b").<String>getAs(Removed.REASON)).isEqualTo(Removed.DUPLICATE_KEY);
            assertThat(removed.get("b").<String>getAs(Removed.KEPT_ID)).isEqualTo("a");
            assertThat(removed.get("b").<String>getAs(Removed.KEY)).isEqualTo("x.org");
            assertThat(removed.get("b")
                            .<String, String>getJavaMap(removed.get("b").fieldIndex(Removed.ATTRIBUTES)))
                    .containsEntry("url", "X.org");
        }
    }

    @Test
    void annotatedDuplicatesStayAndNameTheirSurvivor() {
        CurateConfig config = config("exactDuplicates", CurateConfig.Duplicates.ANNOTATE);

        try (Curator.Result result = curate(config, document("a", "same"), document("b", "same"))) {
            assertThat(result.removed().count()).isZero();
            assertThat(byId(result.curated()).get("b").<String>getAs(Curated.DUPLICATE_ID))
                    .isEqualTo("a");
            assertThat(byId(result.curated()).get("a").isNullAt(8)).isTrue();
        }
    }

    @Test
    void profilesWithOtherThresholdsNameTheirOwn() {
        CurateConfig config = Records.with(
                config("profile", List.of(Profile.FINEWEB_PAPER, Profile.FINEWEB_CODE)),
                "action",
                CurateConfig.Action.DROP);
        StringBuilder text = new StringBuilder("This line stands here twice.\nThis line stands here twice.\n");
        for (int i = 0; i < 20; i++) {
            text.append("Line number ").append(i).append(" says something else, at some length.\n");
        }

        Row gone = removed(config, document("a", text.toString())).get("a");

        assertThat(gone.<String>getAs(Removed.REASON)).isEqualTo("fineweb_code_duplicate_lines");
        assertThat(gone.<String>getAs(Removed.RULE)).isEqualTo("dup_line_text > 0.01");
        assertThat(gone.<Double>getAs(Removed.VALUE)).isBetween(0.01, 0.1);
        assertThat(gone.<String>getList(gone.fieldIndex(Removed.FAILED_RULES))).doesNotHaveDuplicates();
    }

    @Test
    void keptColumnsMayBeCalledAsCurationsOwn() {
        CurateConfig config = Records.with(
                config("rules", List.of("cluster = 'x' and text_hash = 'y' and reason = 'z'")),
                "action",
                CurateConfig.Action.DROP);
        Row marked = RowFactory.create(
                "s", "a", LONG, null, Map.of("cluster", "x", "text_hash", "y", "reason", "z"), "f", 0L);
        Dataset<Row> documents =
                SharedSpark.session().createDataFrame(List.of(marked, document("b", LONG + " more")), Documents.SCHEMA);
        Curator curator = new Curator(config, EvaluationCut.NONE, List.of("cluster", "text_hash", "reason"));

        try (Curator.Result result = curator.curate(documents, documents.limit(0))) {
            assertThat(byId(result.removed())).containsOnlyKeys("a");
            assertThat(byId(result.curated())).containsOnlyKeys("b");
        }
        assertThatThrownBy(() -> new Curator(config, EvaluationCut.NONE, List.of("Text")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("Text as another_name");
        assertThatThrownBy(() -> new Curator(config, EvaluationCut.NONE, List.of("url", "URL")))
                .isInstanceOf(ConfigurationException.class);
    }

    @Test
    void ofEquallyLongDocumentsTheSmallestSourceSurvives() {
        CurateConfig config = config("nearDuplicates", Optional.of(Configs.near()));
        Row second = RowFactory.create("b", "1", LONG + " yes", null, Map.of(), "f", 0L);
        Row first = RowFactory.create("a", "2", LONG + " and", null, Map.of(), "f", 0L);

        assertThat(removed(config, first, second)).containsOnlyKeys("1");
        assertThat(Records.with(Configs.near(), "survivor", List.of("chars\tdesc", "id"))
                        .survivorKeys())
                .extracting(key -> key.expression() + key.descending())
                .containsExactly("charstrue", "sourcefalse", "idfalse");
    }

    @Test
    void anAnnotationNamesADocumentThatStays() {
        CurateConfig config = Records.with(
                config("nearDuplicates", Optional.of(Configs.near())),
                "exactDuplicates",
                CurateConfig.Duplicates.ANNOTATE);

        // b is an exact copy of a, and longer as it stands; so a goes as its near-duplicate.
        try (Curator.Result result = curate(config, document("a", LONG), document("b", LONG + "   "))) {
            assertThat(byId(result.removed())).containsOnlyKeys("a");
            Row kept = byId(result.curated()).get("b");
            assertThat(kept.<String>getAs(Curated.DUPLICATE_ID)).isNull();
            assertThat(kept.<String>getAs(Curated.DUPLICATE_REASON)).isNull();
        }
    }

    @Test
    void nothingIsKeptByTheExecutorsOnceTheResultIsClosed() {
        CurateConfig config = Records.with(
                config("nearDuplicates", Optional.of(Configs.near())),
                "repeatedSpans",
                Optional.of(new RepeatedSpansConfig(RepeatedSpansConfig.Unit.PARAGRAPH, 5, 1, 4)));
        Set<Object> before = persistent();

        try (Curator.Result result = curate(config, document("a", LONG + " end"), document("b", LONG))) {
            assertThat(result.curated().count()).isEqualTo(1);
        }
        assertThat(before).containsAll(persistent());
    }

    private static Set<Object> persistent() {
        return Set.copyOf(
                CollectionConverters.asJava(SharedSpark.session().sparkContext().getPersistentRDDs())
                        .keySet());
    }

    @Test
    void nearDuplicatesCarryTheirEvidenceOrTheirAnnotation() {
        CurateConfig drop = config("nearDuplicates", Optional.of(Configs.near()));
        Row[] documents = {document("a", LONG + " end"), document("b", LONG), document("c", "something else entirely")};

        Map<String, Row> removed = removed(drop, documents);
        assertThat(removed.keySet()).containsExactly("b");
        Row evidence = removed.get("b");
        assertThat(evidence.<String>getAs(Removed.REASON)).isEqualTo(Removed.NEAR_DUPLICATE);
        assertThat(evidence.<String>getAs(Removed.KEPT_ID)).isEqualTo("a");
        assertThat(evidence.<Double>getAs(Removed.JACCARD)).isBetween(0.8, 1.0);
        assertThat(evidence.<Double>getAs(Removed.VALUE)).isEqualTo(evidence.<Double>getAs(Removed.JACCARD));
        assertThat(evidence.<Double>getAs(Removed.CONTAINMENT)).isEqualTo(1);
        assertThat(evidence.<Integer>getAs(Removed.SHARED_BANDS)).isPositive();
        assertThat(evidence.<String>getAs(Removed.RULE_VERSION)).isEqualTo("near-1/affine");
        NearDuplicatesConfig annotating = Records.with(Configs.near(), "action", NearDuplicatesConfig.Action.ANNOTATE);
        try (Curator.Result result = curate(config("nearDuplicates", Optional.of(annotating)), documents)) {
            assertThat(byId(result.curated()).get("b").<String>getAs(Curated.DUPLICATE_REASON))
                    .isEqualTo(Removed.NEAR_DUPLICATE);
        }
    }

    @Test
    void thePrioritisedSurvivesWhateverItsLength() {
        NearDuplicatesConfig near =
                Records.with(Configs.near(), "survivor", List.of("cast(priority as int) desc", "length"));
        CurateConfig config = config("nearDuplicates", Optional.of(near));
        Dataset<Row> documents =
                documents(kept("a", LONG + " end", Map.of("priority", "9")), kept("b", LONG, Map.of("priority", "10")));

        try (Curator.Result result =
                new Curator(config, EvaluationCut.NONE, List.of("priority")).curate(documents, documents())) {
            assertThat(byId(result.removed()).get("a").<String>getAs(Removed.KEPT_ID))
                    .isEqualTo("b");
        }
    }
}
