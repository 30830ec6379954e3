package dev.stillhouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stillhouse.udfs.testing.FaultServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A student that summarises, and behind it a teacher that does where the student is not sure. */
class SummaryCascadeIT {
    /** Texts that no teacher has seen, but for those that are no log books. */
    private static final String ANEW = "summarize.sources[0].text=replace(text, ' the ', ' that ')";

    @TempDir
    Path folder;

    @Test
    void whatTheStudentIsNotSureOfIsSummarisedByItsTeacher() throws Exception {
        Path task = task("{kind: salience, max_tokens: 32}");
        LogBooks.run(0, task, "run", "--set", "summarize.route={agreement: 0.6, sample: 60, audit: 10}");

        Dataset<Row> summariesDF = LogBooks.read(task, "summaries");
        Dataset<Row> agreementDF = summariesDF
                .join(
                        LogBooks.read(task, "sentence_labels")
                                .where("chosen")
                                .groupBy("id")
                                .agg(functions.collect_set("begin").as("said")),
                        "id")
                .selectExpr(
                        "route",
                        "2 * size(array_intersect(sentences.begin, said)) / (size(sentences) + size(said)) as agreement");
        JsonNode route = TinyCorpus.report(folder).at("/summarize");
        assertThat(agreementDF.where("route != 'student' and agreement < 1").count())
                .isZero();
        assertThat(agreementDF.selectExpr("avg(agreement)").head().getDouble(0))
                .isGreaterThanOrEqualTo(route.at("/route/realised_bound").asDouble());
        assertThat(route.at("/route/realised_bound").asDouble()).isGreaterThanOrEqualTo(0.6);
        assertThat(route.at("/route/expected_agreement").asDouble()).isBetween(0.6, 1.0);
        assertThat(route.at("/route/sample_agreement").asDouble()).isBetween(0.6, 1.0);
        assertThat(route.at("/route/coverage").asDouble()).isBetween(0.01, 0.8);
        assertThat(route.at("/route/audited").asInt()).isEqualTo(10);
        assertThat(route.at("/by_route/student").asLong())
                .isEqualTo(summariesDF.where("route = 'student'").count());
        // What was labelled to learn from costs nothing.
        assertThat(route.at("/by_route/cache").asLong()).isPositive();
        assertThat(route.at("/route/teacher_calls").asLong()).isLessThanOrEqualTo(LogBooks.ODD.size());
        assertThat(summariesDF
                        .where("model != if(route = 'student', '%s', '%s')".formatted(runOf("train"), runOf("label")))
                        .count())
                .isZero();
        assertThat(summariesDF.where("size(keywords) != 3 and id like 'd%'").count())
                .isZero();
        assertThat(summariesDF.where("size(sentences) > 2").count()).isZero();
        LogBooks.checkDigests(task);
        assertThat(Files.readString(folder.resolve("work/report.html")))
                .contains("Cascade", "Hoeffding-Bentkus", "Who decided");
        refusals(task);
        othersAreNotTakenForWhatWasThere(task);
    }

    private void refusals(Path task) throws Exception {
        String served = Files.readString(folder.resolve("work/summarize/CURRENT"));
        assertThat(LogBooks.run(
                        3, task, "summarize", "--set", ANEW, "--set", "summarize.route={agreement: 0.6, sample: 4}"))
                .contains("a sample of 4 documents cannot show it (at least 6 are needed");
        assertThat(LogBooks.run(
                        3,
                        task,
                        "summarize",
                        "--set",
                        ANEW,
                        "--set",
                        "summarize.route={agreement: 0.6, sample: 60, budget: 20}"))
                .contains("Cannot draw a sample", "summarize.route.budget is 20");
        assertThat(LogBooks.run(
                        2,
                        task,
                        "summarize",
                        "--set",
                        "summarize.route={agreement: 0.6}",
                        "--set",
                        "summarize.budget={sentences: 3}"))
                .contains("the section teacher, or summarize.budget, is not the one");
        assertThat(Files.readString(folder.resolve("work/summarize/CURRENT"))).isEqualTo(served);
    }

    private static void othersAreNotTakenForWhatWasThere(Path task) {
        LogBooks.run(0, task, "summarize", "--set", ANEW, "--set", "summarize.route={agreement: 0.6, sample: 60}");

        Dataset<Row> booksDF = LogBooks.read(task, "summaries").where("id like 'd%'");
        assertThat(booksDF.where("route = 'teacher'").count()).isPositive();
        assertThat(booksDF.where("route = 'cache'").count()).isZero();
    }

    @Test
    void aServersLimitsAreToldAndItsSpentBudgetEndsTheRun() throws Exception {
        try (FaultServer server = FaultServer.doing((exchange, prompt, number) ->
                FaultServer.say(exchange, "We conclude that the storm broke the mast."))) {
            Path task = task("{kind: http, endpoint: {url: '%s', model: tiny-chat, max_characters: 300}}"
                    .formatted(server.url()));
            LogBooks.run(0, task, "run", "--set", "summarize.route={agreement: 0.5, sample: 60, audit: 0}");
            JsonNode report = TinyCorpus.report(folder);
            assertThat(report.at("/summarize/by_route/cache").asLong()).isPositive();
            assertThat(report.at("/warnings/summarize").toString())
                    .contains("Documents of which the server saw the first 300 characters alone");
            String served = Files.readString(folder.resolve("work/summarize/CURRENT"));

            String[] spending = {
                "--set",
                ANEW,
                "--set",
                "teacher.endpoint.budget={requests: 40}",
                "--set",
                "summarize.route={agreement: 0.9, sample: 60}"
            };
            assertThat(LogBooks.run(3, task, "summarize", spending))
                    .contains("Cannot tell a threshold: teacher.endpoint.budget was spent before", "of the sample");
            assertThat(LogBooks.run(3, task, "summarize", spending))
                    .contains("Cannot keep summarize.route.agreement 0.9: teacher.endpoint.budget was spent before")
                    .contains("raise teacher.endpoint.budget");
            assertThat(Files.readString(folder.resolve("work/summarize/CURRENT")))
                    .isEqualTo(served);
            LogBooks.run(0, task, "report");
            JsonNode refused = TinyCorpus.report(folder).at("/summarize");
            assertThat(refused.at("/published").asBoolean()).isFalse();
            assertThat(refused.at("/refusal").asText()).contains("Cannot keep summarize.route.agreement");
            assertThat(Files.readString(folder.resolve("work/report.html"))).contains("Not published");
        }
    }

    private String runOf(String stage) throws Exception {
        return Files.readString(folder.resolve("work/" + stage + "/CURRENT")).strip();
    }

    private Path task(String teacher) throws IOException {
        Path task = LogBooks.write(folder, 120);
        return Files.writeString(
                task,
                Files.readString(task)
                        .replace(", reference: abstract", "")
                        .replace("{kind: reference}", teacher)
                        .replace(", targets: {retained: 0.5}", "")
                        .replace("{rows: 40}", "{rows: 20}"));
    }
}
