package dev.stillhouse.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a report says of a task that summarises. */
class SummaryPageTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "curation",
                "labels",
                "quality",
                "details",
                "documents",
                "summaries",
                "digests",
                "cost",
                "provenance",
                "glossary"
            })
    void hasEverySectionAndALinkToIt(String id) {
        assertThat(ReportPage.render(SummaryFixtures.complete()))
                .contains("<section id=\"" + id + "\">", "href=\"#" + id + "\"");
    }

    @Test
    void headlineSaysWhatWasPublishedInPlainNumbers() throws IOException {
        assertThat(page("summaries", SummaryFixtures.complete()))
                .contains("Published", "keeps 95.1 % of the teacher’s ROUGE at 59.0 times its speed, and meets all 2")
                .contains("<strong>52.4</strong>", "lead 38.8, TextRank 46.4, teacher 55.1", "<strong>59.0 ×</strong>")
                .contains("<strong>17,597</strong>", "<strong>1.53 MB</strong>", "<strong>12</strong>")
                .contains("by source, year")
                .doesNotContain("Not run yet", "id=\"ladder\"", "id=\"scoring\"");
    }

    @Test
    void theCascadeSaysWhatWasPromisedAndWhoDecided() throws IOException {
        assertThat(page("summaries", SummaryFixtures.complete()))
                .contains("promised: agreement with the teacher", "80.00 %", "80.39 %")
                .contains("Hoeffding-Bentkus bound: 84.72 % on average over a sample of 300")
                .contains("Who decided", "9,301");
    }

    @Test
    void headlineSaysWhyAStudentWasRefused() {
        assertThat(ReportPage.render(SummaryFixtures.refused()))
                .contains("Refused", "Cannot publish the student of run 20250602-0915-a3f9: retained is 0.8300")
                .doesNotContain("Published");
    }

    @Test
    void withoutReferencesTheTeacherIsTheMeasureAndNoFigure() throws IOException {
        String page = page("summaries-unreferenced", SummaryFixtures.judgedByTeacher());
        assertThat(page)
                .contains("have a ROUGE of 50.2 % with the teacher’s, at 59.0 times its speed")
                .contains("ROUGE-1, with the teacher", "<small>lead 38.8, TextRank 46.4</small>");
        assertThat(section(page, "quality"))
                .contains("not how good either is", "the measure of all", "student − LexRank")
                .doesNotContain("student − teacher", "oracle");
        assertThat(section(page, "details")).doesNotContain("teacher ROUGE-1");
    }

    @Test
    void teacherIsNamedWithWhatItChose() {
        assertThat(section(ReportPage.render(SummaryFixtures.complete()), "labels"))
                .contains("108,353 sentences of 600 documents", "4,233", "3.9 %", "salience by minilm")
                .contains("texts run", "107,831", "Documents without labels");
    }

    @Test
    void waysAreComparedWithIntervalsAndReadings() {
        String quality = section(ReportPage.render(SummaryFixtures.complete()), "quality");
        assertThat(quality)
                .contains("by the summaries that people wrote", "200 words at most", "F1 in percent")
                .contains(">52.4<small>51.4 – 53.4</small>", "TextRank", "LexRank", "knows the reference")
                .contains("5.2 %", "11.7 %", ">909<small>818 – 1,000</small>", "✓ met")
                .contains("87.3 % (ROUGE-1), 87.3 % (ROUGE-2)", "F1 of 0.212, between 0.191 and 0.232")
                .contains("student − oracle", ">worse</td>", ">better</td>", ">worse by ROUGE-1 and ROUGE-2</td>");
        assertThat(quality).contains(">better by ROUGE-1 and ROUGE-Lsum</td>");
    }

    @Test
    void placesOfChoicesSalienceAndWeightsAreDrawnWithTables() {
        String page = ReportPage.render(SummaryFixtures.complete());
        String details = section(page, "details");
        assertThat(details)
                .contains("<canvas id=\"positions\"", "<canvas id=\"salience\"", "mean distance from it is 0.005")
                .contains("Lead, with 76.9 % in one tenth, is off the scale")
                .contains("the worst group", "“source of the abstracts”", "+0.71", "−1.11", "68,470");
        assertThat(details.split("As a table", -1)).hasSize(3);
        assertThat(page).contains("\"type\":\"lines\"", "\"type\":\"salience\"", "\"name\":\"student\"");
    }

    @Test
    void documentsShowWhatIsChosenWithItsNeighboursAndTheRestOnDemand() {
        String documents = section(ReportPage.render(SummaryFixtures.complete()), "documents");
        assertThat(documents)
                .contains("ROUGE-1 59.7 · 40 sentences: both chose 1, the student alone 1, the teacher alone 1")
                .contains("ROUGE-1 100.0 · 1 sentence: both chose 0, the student alone 0, the teacher alone 0")
                .contains("Show all 40 sentences", "<li class=\"gap\">12 sentences</li>")
                .contains("<li class=\"both\" style=\"--k:0.13\"><small><b>both</b> 0.06 / 0.10</small>")
                .contains("<b>student</b> 0.24", "<b>teacher</b> 0.36")
                .containsOnlyOnce("<details class=\"document\" open>")
                .containsOnlyOnce("<details class=\"document\">");
        assertThat(rows(documents, " rest\"")).isEqualTo(3 + 12 + 7 + 9);
        assertThat(documents.indexOf("Sentence number 4.")).isLessThan(documents.indexOf(SummaryFixtures.SECRET));
    }

    @Test
    void ofVeryLongDocumentsOnlyWhatIsShownIsOnThePage() {
        String documents = section(ReportPage.render(SummaryFixtures.withDocument(2_000)), "documents");
        assertThat(documents)
                .contains("<li class=\"gap\">1,998 sentences</li>", "Sentence 1999.", "Sentence 2000.")
                .doesNotContain("Sentence 1998.", "Show all");
    }

    @Test
    void smallGapsAreNotFolded() {
        assertThat(section(ReportPage.render(SummaryFixtures.withDocument(4)), "documents"))
                .doesNotContain("class=\"gap\"", "Show all");
        assertThat(section(ReportPage.render(SummaryFixtures.withDocument(5)), "documents"))
                .contains("<li class=\"gap\">3 sentences</li>", "Show all 5 sentences");
    }

    @Test
    void summariesAreMarkedInTheirDocuments() {
        assertThat(section(ReportPage.render(SummaryFixtures.complete()), "summaries"))
                .contains("17,597 documents, 1,429 a second", "927,262 of 2,625,088, 35.3 %", "empty_text")
                .contains("A headline of the student.", "<li dir=\"auto\">glands</li>")
                .contains("<mark>" + SummaryFixtures.SECRET + "</mark>", "<span>What stands before it</span>")
                .contains("<summary>2 more</summary>");
    }

    @Test
    void digestsNameWhereEachSentenceComesFrom() {
        assertThat(section(ReportPage.render(SummaryFixtures.complete()), "digests"))
                .contains("What the documents of each source and year say", "Of 12 digests")
                .contains("source: source of the abstracts, year: 2019", "1,204 documents")
                .contains("test / pubmed-8</bdi> · said by 41 documents")
                .doesNotContain("said by 1 document");
    }

    @Test
    void stagesThatHaveNotRunAreNamedWithTheirCommand() throws IOException {
        String page = page("summaries-labelled", SummaryFixtures.labelled());
        assertThat(page)
                .contains("In progress", "No student has been trained yet.")
                .contains("./stillhouse train, ./stillhouse summarize")
                .doesNotContain("./stillhouse score", "id=\"digests\"", "id=\"documents\"");
    }

    @Test
    void emptyListsAreNone() throws IOException {
        String page = page("summaries-bare", SummaryFixtures.bare());
        assertThat(page.substring(0, page.indexOf("</main>")))
                .contains("None.", "No targets were set", "No row was rejected.")
                .doesNotContain(
                        "NaN", "Infinity", "id=\"digests\"", "id=\"documents\"", "Summaries in their documents");
    }

    @Test
    void withoutExamplesNoTextOfADocumentIsOnThePage() {
        Report none = SummaryFixtures.withExamples(0);
        assertThat(ReportPage.render(SummaryFixtures.withExamples(1))).contains(SummaryFixtures.SECRET);
        assertThat(ReportPage.render(none)).doesNotContain(SummaryFixtures.SECRET, "What several say");
        assertThat(new String(ReportJson.write(SummaryFixtures.complete()), StandardCharsets.UTF_8))
                .doesNotContain(SummaryFixtures.SECRET);
    }

    @Test
    void textsFromDataAreInert() throws IOException {
        String page = page("summaries-hostile", SummaryFixtures.withTexts(Fixtures.HOSTILE));
        assertThat(page)
                .contains("&lt;/script&gt;&lt;script&gt;alert(&quot;x&quot;)")
                .doesNotContain("<script>alert", "<img", Fixtures.HOSTILE);
        assertThat(page.split("<script", -1))
                .hasSameSizeAs(ReportPage.render(SummaryFixtures.complete()).split("<script", -1));
    }

    @Test
    void controlCharactersDoNotAct() {
        String page = ReportPage.render(SummaryFixtures.withTexts("safe\u202egpj\u0000.exe\u001b[31m\u0085\ud800 ok"));
        assertThat(Pattern.compile("[\\p{Cc}&&[^\\n\\t]]|[\\u202A-\\u202E]|\\p{Cs}")
                        .matcher(page)
                        .find())
                .isFalse();
        assertThat(page).contains("safe\ufffdgpj\ufffd.exe\ufffd[31m\ufffd\ufffd ok");
    }

    @Test
    void quotedTextsHaveTheirOwnDirection() {
        String page = ReportPage.render(SummaryFixtures.withTexts("שלום עולם"));
        assertThat(page)
                .contains("<p dir=\"auto\"><span>שלום עולם</span></p>", "<p class=\"line\" dir=\"auto\">שלום")
                .contains("<li dir=\"auto\">שלום עולם</li>", "<p dir=\"auto\">שלום עולם</p>")
                .contains("<td class=\"\" dir=\"auto\">שלום עולם</td>")
                .doesNotContain("<blockquote>");
    }

    @Test
    void wordsOfSummariesAreExplainedAndThoseOfLabelsAreNot() {
        assertThat(section(ReportPage.render(SummaryFixtures.complete()), "glossary"))
                .contains("ROUGE-1", "ROUGE-L", "ROUGE-Lsum", "Oracle", "Lead", "TextRank", "LexRank", "Salience")
                .contains("Compression", "Repetition", "Digest")
                .doesNotContain("Weighted F1", "Calibration error", "Pool");
    }

    @Test
    void refusedSummariesAreCalledThat() {
        Report.Summaries complete = SummaryFixtures.complete().summaries();
        Report report = new Report(
                "abstracts",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new Report.Summaries(
                        complete.label(),
                        complete.train(),
                        complete.summarize()
                                .map(stage -> Fixtures.stage("summarize", stage.figures(), 1, 1, "Too many rejects"))),
                "now");
        assertThat(ReportPage.render(report)).contains("documents summarised, refused", "Not published", "Too many");
    }

    @Test
    void costAndProvenanceHaveTheStagesOfSummaries() {
        String page = ReportPage.render(SummaryFixtures.complete());
        assertThat(section(page, "cost")).contains(">summarize</th>", ">train</th>", ">label</th>");
        assertThat(section(page, "provenance")).contains("summarize, run ");
    }

    private static int rows(String html, String part) {
        return html.split(Pattern.quote(part), -1).length - 1;
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
