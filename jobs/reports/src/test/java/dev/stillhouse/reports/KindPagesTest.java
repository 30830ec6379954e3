package dev.stillhouse.reports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What a report says of documents that get any number of labels, and of those that get a score. */
class KindPagesTest {
    @Test
    void sharesOfLabelsAreOfDocumentsOfWhichEachMayHaveSeveral() throws IOException {
        String page = page("multilabel", KindFixtures.multilabel());
        assertThat(section(page, "scoring")).contains("90.0 %", "30.0 %", "5.0 %", "distance of a probability");
        assertThat(section(page, "labels")).contains("Share of the labels given");
        assertThat(section(page, "quality")).contains("micro F1", "all labels right", "0.870");
        assertThat(section(page, "details"))
                .contains("threshold", "0.420", "0.310")
                .doesNotContain("Most frequent confusions");
    }

    @Test
    void wordsOfSetsAreExplained() {
        assertThat(section(ReportPage.render(KindFixtures.multilabel()), "glossary"))
                .contains("Micro F1", "All labels right", "Threshold")
                .doesNotContain("First less second probability");
    }

    @Test
    void scoresAreJudgedByTheirErrorAndNothingIsSaidOfLabels() throws IOException {
        String page = page("regress", KindFixtures.regress());
        assertThat(section(page, "quality")).contains("rank correlation", "root mean square", "F1 at good", "0.810");
        assertThat(section(page, "details")).contains("student error", "0.350").doesNotContain("Reliability");
        assertThat(section(page, "labels"))
                .contains("gold scores", "mean error of 0.330", "documents without a score", "chosen by gold scores")
                .doesNotContain("temperature", "Label mix", "probabilities");
        assertThat(page).contains("of the teacher’s rank correlation kept", "mean error of a score");
    }

    @Test
    void thresholdsOfScoresAreNoQuantiles() {
        String scoring = section(ReportPage.render(KindFixtures.regress()), "scoring");
        String quantiles = scoring.substring(scoring.indexOf("The score that so many"), scoring.indexOf("at or above"));
        assertThat(quantiles).contains("50 %", "1.400").doesNotContain("good");
        assertThat(scoring.substring(scoring.indexOf("at or above"))).contains("good", "2.000", "25.0 %", "250");
        assertThat(scoring).doesNotContain("Labels given", "Top probability");
    }

    @Test
    void wordsOfScoresAreExplainedAndThoseOfLabelsAreNot() {
        assertThat(section(ReportPage.render(KindFixtures.regress()), "glossary"))
                .contains("Rank correlation", "Mean error", "Root mean square")
                .doesNotContain("Weighted F1", "Macro F1", "Calibration error", "Margin");
    }

    @Test
    void jsonNamesTheFiguresOfItsKind() throws IOException {
        JsonNode sets = new ObjectMapper().readTree(ReportJson.write(KindFixtures.multilabel()));
        assertThat(sets.at("/kind").asText()).isEqualTo("multilabel");
        assertThat(sets.at("/student/f1_micro").asDouble()).isEqualTo(0.87);
        JsonNode scores = new ObjectMapper().readTree(ReportJson.write(KindFixtures.regress()));
        assertThat(scores.at("/student/spearman").asDouble()).isEqualTo(0.78);
        assertThat(scores.at("/student/f1_at/good").asDouble()).isEqualTo(0.81);
        assertThat(scores.at("/student").has("f1_weighted")).isFalse();
        assertThat(scores.at("/score/at_or_above/good").asLong()).isEqualTo(250);
    }

    private static String section(String page, String id) {
        int begin = page.indexOf("<section id=\"" + id + "\">");
        assertThat(begin).as(id).isNotNegative();
        return page.substring(begin, page.indexOf("</section>", begin));
    }

    /** Leaves the page where a person can look at it. */
    private static String page(String name, Report report) throws IOException {
        String page = ReportPage.render(report);
        Files.writeString(Files.createDirectories(Path.of("target", "pages")).resolve(name + ".html"), page);
        return page;
    }
}
