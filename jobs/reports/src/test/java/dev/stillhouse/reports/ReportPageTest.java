package dev.stillhouse.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.reports.record.TrainFigures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportPageTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "warnings",
                "curation",
                "labels",
                "quality",
                "details",
                "scoring",
                "cost",
                "provenance",
                "glossary"
            })
    void hasEverySectionAndALinkToIt(String id) {
        assertThat(ReportPage.render(Fixtures.complete()))
                .contains("<section id=\"" + id + "\">", "href=\"#" + id + "\"");
    }

    @Test
    void headlineSaysWhatWasPublishedInPlainNumbers() throws IOException {
        String page = ReportPage.render(Fixtures.complete());
        look("complete", page);
        assertThat(page)
                .contains("Published", "keeps 98.0 % of the teacher’s F1 at 227 times its speed")
                .contains(
                        "<strong>98.0 %</strong>",
                        "<strong>227 ×</strong>", "<strong>2.1 %</strong>", "<strong>Calibrated</strong>")
                .contains("<strong>1,204,331</strong>", "<strong>1,632</strong>", "11.6 % of 14,083 read");
    }

    @Test
    void headlineSaysWhyAStudentWasRefused() throws IOException {
        String page = ReportPage.render(Fixtures.refused());
        look("refused", page);
        assertThat(page)
                .contains(
                        "Refused",
                        "Cannot publish the student of run 20250602-0915-a3f9: retained is 0.9480 (must be at least 0.97)");
    }

    @Test
    void stagesThatHaveNotRunAreNamedWithTheirCommand() throws IOException {
        String page = ReportPage.render(Fixtures.empty());
        look("empty", page);
        assertThat(page)
                .contains("No student has been trained yet.")
                .contains("./stillhouse curate", "./stillhouse label", "./stillhouse train", "./stillhouse score")
                .doesNotContain("<table>", "<canvas");
    }

    @Test
    void aReportOfCurationAloneHasItsFunnelAndNoModels() {
        Report complete = Fixtures.complete();
        String page = ReportPage.render(new Report(
                "half", complete.curate(), Optional.empty(), Optional.empty(), Optional.empty(), complete.created()));
        assertThat(page)
                .contains(
                        "Removed: near_duplicate",
                        "<code>./stillhouse label, ./stillhouse train, ./stillhouse score</code>")
                .contains("shown as it was judged", "measured 3; key: ")
                .doesNotContain("Pool, labels hidden");
    }

    @Test
    void whatWasReachedHasDigitsEnoughForTheVerdict() {
        assertThat(ReportPage.render(Fixtures.complete())).contains(">0.9801</td>", ">227</td>", ">1,940,000</td>");
    }

    @Test
    void evaluationFromItsOwnSourcesIsNoPartOfWhatWasKept() {
        assertThat(ReportPage.render(Fixtures.complete()))
                .contains("Sources of their own gave 3,080 documents to evaluate on.")
                .doesNotContain("Evaluation, cut by hash");
    }

    @Test
    void textsFromDataAreInert() throws IOException {
        String page = ReportPage.render(Fixtures.hostile());
        look("hostile", page);
        assertThat(page).contains("&lt;/script&gt;&lt;script&gt;alert(&quot;x&quot;)");
        assertThat(page).doesNotContain("<script>alert", "<img", Fixtures.HOSTILE);
        assertThat(occurrences(page, "</script>")).isEqualTo(3);
        assertThat(occurrences(page, "<script"))
                .isEqualTo(occurrences(ReportPage.render(Fixtures.complete()), "<script"));
    }

    @Test
    void textsFromDataAreInertInTheDataOfCharts() {
        String page = ReportPage.render(hostileChart());
        assertThat(page)
                .contains("\"name\":\"\\u003c/script\\u003e\\u003cscript\\u003ealert(\\\"x\\\")")
                .doesNotContain("<script>alert");
    }

    private static Report hostileChart() {
        Report report = Fixtures.complete();
        var stage = report.train().orElseThrow();
        var figures = stage.figures();
        var diagram = new TrainFigures.Reliability(
                Fixtures.HOSTILE, figures.reliability().get(0).bins());
        var changed = new TrainFigures(
                figures.goal(),
                figures.labels(),
                figures.thresholds(),
                figures.learning(),
                figures.variants(),
                figures.ladder(),
                figures.curve(),
                figures.teacher(),
                figures.student(),
                figures.studentFp32(),
                figures.baseline(),
                figures.differences(),
                figures.slices(),
                figures.scoreSlices(),
                figures.gaps(),
                figures.outOfScope(),
                figures.byLabel(),
                List.of(diagram),
                figures.confusions(),
                figures.topFeatures(),
                figures.targets());
        return new Report(
                report.task(),
                report.curate(),
                report.label(),
                Optional.of(Fixtures.stage("train", changed, 1, 1, "")),
                report.score(),
                report.created());
    }

    @Test
    void withoutExamplesNoTextOfADocumentIsOnThePage() {
        assertThat(ReportPage.render(Fixtures.complete())).contains(CurationFixtures.SECRET);
        Report none = withExamples(0);
        assertThat(ReportPage.render(none)).doesNotContain(CurationFixtures.SECRET);
        assertThat(new String(ReportJson.write(none), StandardCharsets.UTF_8)).doesNotContain(CurationFixtures.SECRET);
    }

    private static Report withExamples(int most) {
        Report report = Fixtures.complete();
        return new Report(
                report.task(),
                report.curate().map(stage -> stage.withFigures(stage.figures().withExamples(most))),
                report.label(),
                report.train(),
                report.score(),
                report.created());
    }

    @Test
    void curationSaysWhatRulesMetAndWhatVerificationRefused() {
        String page = ReportPage.render(Fixtures.complete());
        assertThat(page.substring(page.indexOf("<main"), page.indexOf("</main>")))
                .contains(
                        "Rules that documents fail", "words &lt; 5", "refused: no_kept_partner", "15 bands of 7 values")
                .contains("Difference from the run before", "7.20 times as often as the other sources")
                .contains("<mark>my new card</mark>")
                .doesNotContain("NaN");
    }

    @Test
    void loadsNothing() {
        String page = ReportPage.render(Fixtures.complete());
        assertThat(page)
                .doesNotContainPattern("(src|href)\\s*=\\s*[\"']?(https?:)?//")
                .doesNotContain("sourceMappingURL", "@import", "url(", "<link");
        assertThat(page).contains("default-src 'none'");
    }

    @Test
    void everyChartHasALabelAndATable() {
        String page = ReportPage.render(Fixtures.complete());
        assertThat(occurrences(page, "<canvas")).isEqualTo(5);
        assertThat(occurrences(page, "<summary>As a table</summary>")).isEqualTo(5);
        assertThat(page).doesNotContainPattern("<canvas(?![^>]*aria-label=\"[^\"]{20})");
    }

    @Test
    void longTablesAreFoldedAndShortOnesAreNot() {
        String page = ReportPage.render(Fixtures.complete());
        assertThat(page).contains("Show all 77").doesNotContain("Show all 6");
    }

    @Test
    void labelsAreListedWorstFirst() {
        String page = ReportPage.render(Fixtures.complete());
        String table = page.substring(page.indexOf("By label, worst first"));
        var matcher = Pattern.compile("<tr class=\"[^\"]*\"><th.*?--w:.*?--w:([0-9.]+)%", Pattern.DOTALL)
                .matcher(table);
        assertThat(matcher.find()).isTrue();
        double first = Double.parseDouble(matcher.group(1));
        assertThat(matcher.find()).isTrue();
        assertThat(Double.parseDouble(matcher.group(1))).isGreaterThanOrEqualTo(first);
    }

    private static int occurrences(String page, String part) {
        return page.split(Pattern.quote(part), -1).length - 1;
    }

    /** Leaves the page where a person can look at it. */
    private static void look(String name, String page) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "pages"));
        Files.writeString(folder.resolve(name + ".html"), page);
    }
}
