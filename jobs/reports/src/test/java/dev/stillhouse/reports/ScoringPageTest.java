package dev.stillhouse.reports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillhouse.reports.record.ScoreFigures;
import dev.stillhouse.reports.record.StageJson;
import dev.stillhouse.reports.record.StageRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a report says of drift, of labels now and before, and of single documents. */
class ScoringPageTest {
    @Test
    void refusedScoresAreCalledThatAndWhatDriftedIsNamed() throws IOException {
        String page = ReportPage.render(ScoringFixtures.refused());
        Files.writeString(Files.createDirectories(Path.of("target", "pages")).resolve("scoring.html"), page);

        assertThat(page).contains("documents scored, refused", "<dt>Stability index</dt>");
        assertThat(section(page))
                .contains("Not published", "must be at most 0.25; chance makes up to 0.018")
                .contains("differ from the documents that the student was chosen on, by unseen words and by score")
                .contains(">drifted</td>", ">no more than chance</td>", ">differs, within the bound</td>")
                .contains("not compared<small>corpus keeps no column language</small>")
                .contains("title=\"20.0 % or more: 14.0 % then, 67.5 % now\"", "512 or more", "all others")
                .doesNotContain("NaN");
    }

    @Test
    void labelsAreComparedWithTheRunBeforeAndBetweenSources() {
        assertThat(section(ReportPage.render(ScoringFixtures.refused())))
                .contains("Before is the run that was served until then, 20250526-0914-77aa", "by the same student")
                .contains("closed_account", "Labels by source", "support-mails")
                .containsPattern("[+−]\\d+\\.\\d");
        assertThat(section(ReportPage.render(Fixtures.complete())))
                .contains("Labels given")
                .doesNotContain("Before is the run", "Labels by source", "Then and now", "Not published");
    }

    @Test
    void documentsAreShownByConfidenceAndNoneWhereNoneIsWanted() {
        Report report = ScoringFixtures.refused();
        assertThat(section(ReportPage.render(report)))
                .contains("Lowest confidence", "Highest confidence", "lost_card, 0.210", ScoringFixtures.SECRET);

        Report none = new Report(
                report.task(),
                report.curate(),
                report.label(),
                report.train(),
                report.score().map(stage -> stage.withFigures(stage.figures().withExamples(0))),
                report.created());
        assertThat(ReportPage.render(none)).doesNotContain(ScoringFixtures.SECRET, "Lowest confidence");
        assertThat(new String(ReportJson.write(report), StandardCharsets.UTF_8)).doesNotContain(ScoringFixtures.SECRET);
    }

    @Test
    void textsFromDataAreInert() {
        String page = ReportPage.render(ScoringFixtures.hostile());
        assertThat(page)
                .contains("&lt;/script&gt;&lt;script&gt;alert(&quot;x&quot;)")
                .doesNotContain("<script>alert", "<img", Fixtures.HOSTILE);
    }

    @Test
    void jsonHasDriftByStatisticAndTheWorst() throws IOException {
        JsonNode score = new ObjectMapper()
                .readTree(ReportJson.write(ScoringFixtures.refused()))
                .get("score");
        assertThat(score.at("/published").asBoolean()).isFalse();
        assertThat(score.at("/drift/worst/statistic").asText()).isEqualTo("unseen_words");
        assertThat(score.at("/drift/worst/psi").asDouble()).isEqualTo(1.684);
        assertThat(score.at("/drift/by_statistic/label/jensen_shannon").asDouble())
                .isEqualTo(0.004);
        assertThat(score.at("/drift/by_statistic/score/psi_floor").asDouble()).isEqualTo(0.018);
        assertThat(score.at("/drift/drifted")).hasSize(2);
        assertThat(score.at("/drift/fail_above").asDouble()).isEqualTo(0.25);
        assertThat(score.at("/drift/absent/language").asText()).contains("keeps no column");
        assertThat(score.at("/by_label_and_source/support-mails").size()).isEqualTo(77);
    }

    @Test
    void evidenceComesBackAsItWasWrittenAndOlderRecordsHaveNone() throws IOException {
        StageRecord<ScoreFigures> stage = ScoringFixtures.refused().score().orElseThrow();
        assertThat(StageJson.read(StageJson.write(stage), ScoreFigures.class)).isEqualTo(stage);

        ObjectMapper json = new ObjectMapper();
        JsonNode older = json.readTree(StageJson.write(stage));
        ((ObjectNode) older.get("figures")).remove("evidence");
        ScoreFigures read = StageJson.read(json.writeValueAsBytes(older), ScoreFigures.class)
                .figures();
        assertThat(read.evidence().drift()).isEqualTo(Optional.empty());
        assertThat(read.evidence().examples()).isEmpty();
    }

    private static String section(String page) {
        int begin = page.indexOf("<section id=\"scoring\">");
        return page.substring(begin, page.indexOf("</section>", begin));
    }
}
