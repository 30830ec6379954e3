package dev.stillhouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stillhouse.udfs.sql.StillhouseCatalog;
import dev.stillhouse.udfs.testing.MiniLmTokens;
import dev.stillhouse.udfs.testing.SharedSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A task that summarises, through the whole loop. */
class SummarizeIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void documentsAreSummarisedAndDigestedAsTheirReferencesTeach() throws Exception {
        Path task = LogBooks.write(folder, 120);

        LogBooks.run(0, task, "run");

        JsonNode report = JSON.readTree(folder.resolve("work/report.json").toFile());
        assertThat(report.at("/kind").asText()).isEqualTo("summarize");
        for (String system : List.of("teacher", "student", "lead", "tail", "random", "textrank", "lexrank", "oracle")) {
            for (String figure : List.of("rouge1", "rouge2", "rougeL", "rougeLsum")) {
                assertThat(report.at("/summaries/" + system + "/" + figure).asDouble())
                        .as(system + " " + figure)
                        .isBetween(1.0, 100.0);
            }
        }
        assertThat(report.at("/summaries/student/docs_per_second").asDouble()).isPositive();
        assertThat(report.at("/summaries/student/rouge1").asDouble())
                .isGreaterThan(report.at("/summaries/lead/rouge1").asDouble())
                .isGreaterThan(report.at("/summaries/lexrank/rouge1").asDouble());
        assertThat(report.at("/student/retained").asDouble()).isGreaterThan(0.9);
        summaries(task);
        LogBooks.checkDigests(task);
        assertThat(LogBooks.run(0, task, "summarize")).contains("unchanged");
        assertThat(LogBooks.run(
                        0, task, "try", "--top", "40", "We saw a rope. We conclude that the storm broke the mast."))
                .contains("* ")
                .contains("“conclude”")
                .contains("headline: We conclude");
        assertThat(JSON.readTree(LogBooks.run(0, task, "try", "--json", "We conclude that it rained."))
                        .at("/summary")
                        .asText())
                .isEqualTo("We conclude that it rained.");
        assertThat(Files.readString(folder.resolve("work/report.html"))).contains("log-books");
        function(task);
    }

    private void summaries(Path task) {
        Dataset<Row> summariesDF = LogBooks.read(task, "summaries");
        assertThat(summariesDF.schema().simpleString())
                .isEqualTo(
                        "struct<id:string,source:string,sea:string,summary:string,sentences:array<struct<begin:int,end:int,score:float>>,headline:string,keywords:array<string>,words:int,document_words:int,margin:float,sureness:float,route:string,model:string>");
        assertThat(summariesDF.count()
                        + LogBooks.read(task, "summarize/rejects").count())
                .isEqualTo(120 + LogBooks.ODD.size() + 1);
        assertThat(LogBooks.read(task, "summarize/rejects")
                        .where("reason = 'empty_text'")
                        .count())
                .isEqualTo(1);
        assertThat(summariesDF.where("size(sentences) > 2").count()).isZero();
        Dataset<Row> textsDF =
                SharedSpark.session().read().json(folder.resolve("lake.jsonl").toString());
        String lines =
                "concat_ws('\\n', transform(sentences, s -> regexp_replace(substring(text, s.begin + 1, s.end - s.begin), '\\\\s+', ' ')))";
        assertThat(summariesDF
                        .join(textsDF.select("id", "text"), "id")
                        .where("summary != " + lines)
                        .count())
                .isZero();
        Dataset<Row> booksDF = summariesDF.where("id like 'd%'");
        assertThat(booksDF.where("summary like '%We conclude%'").count()).isGreaterThan(110);
        assertThat(booksDF.where("headline not like '%We conclude%'").count()).isLessThan(10);
        assertThat(booksDF.where("size(keywords) != 3").count()).isZero();
        Row one = summariesDF.where("id = 'odd0'").head();
        assertThat(one.<String>getAs("summary")).isEqualTo(LogBooks.ODD.get(0));
        assertThat(odd(summariesDF, 1)).isEqualTo("# A heading\n## And another");
        assertThat(odd(summariesDF, 2).lines().toList())
                .hasSize(2)
                .isSubsetOf("| a | b |", "| 1 | 2 |", "int main() { return 0; }");
        assertThat(odd(summariesDF, 3).lines().toList())
                .hasSize(2)
                .isSubsetOf("Das Schiff lief aus.", "Le navire est parti.", "Корабль ушёл.", "船出发了。", "السفينة غادرت.");
        assertThat(summariesDF.where("id = 'odd6'").head().<String>getAs("summary"))
                .isEmpty();
    }

    private static String odd(Dataset<Row> summariesDF, int number) {
        return summariesDF.where("id = 'odd" + number + "'").head().getAs("summary");
    }

    private void function(Path task) {
        SparkSession spark = SharedSpark.session();
        spark.conf().set("spark.sql.catalog.stillhouse", StillhouseCatalog.class.getName());
        spark.conf()
                .set(
                        "spark.sql.catalog.stillhouse.models.log-books",
                        folder.resolve("work").toString());
        try {
            spark.read().json(folder.resolve("lake.jsonl").toString()).createOrReplaceTempView("lake_books");
            Dataset<Row> saidDF = spark.sql(
                    "SELECT id, said.* FROM (SELECT id, stillhouse.models.log_books(text) AS said FROM lake_books WHERE trim(text) != '')");
            Dataset<Row> summariesDF = LogBooks.read(task, "summaries")
                    .select("id", "summary", "sentences", "headline", "keywords", "margin");
            assertThat(saidDF.select("id", "summary", "sentences", "headline", "keywords", "margin")
                            .exceptAll(summariesDF)
                            .count())
                    .isZero();
            assertThat(spark.sql("SELECT stillhouse.models.log_books(null)")
                            .head()
                            .isNullAt(0))
                    .isTrue();
        } finally {
            spark.conf().unset("spark.sql.catalog.stillhouse.models.log-books");
        }
    }

    @Test
    void withoutReferencesAnEncodersVectorsTeach() throws Exception {
        Path task = LogBooks.write(folder, 60);

        String out = LogBooks.run(
                0,
                task,
                "run",
                "--set",
                "teacher={kind: salience, max_tokens: 32}",
                "--set",
                "corpus[0].reference=",
                "--set",
                "student.targets=",
                "--set",
                "evaluate.rows=20");

        assertThat(out).contains("compared with the teacher's own");
        JsonNode report = JSON.readTree(folder.resolve("work/report.json").toFile());
        assertThat(report.at("/summaries/judged_by").asText()).isEqualTo("teacher");
        assertThat(report.at("/summaries/oracle").isMissingNode()).isTrue();
        assertThat(report.at("/summaries/teacher/rouge1").asDouble()).isEqualTo(100);
        assertThat(report.at("/student/speedup").asDouble()).isGreaterThan(1);
        assertThat(report.at("/label/inference/inferred").asLong()).isPositive();
        assertThat(LogBooks.read(task, "sentence_labels")
                        .where("salience < 0 or salience > 1")
                        .count())
                .isZero();
    }

    @Test
    void aBudgetOfTokensHoldsForEverySummary() throws Exception {
        Path task = LogBooks.write(folder, 60);
        String tokens = Files.readString(task)
                .replace("budget: {sentences: 2}", "budget: {tokens: 30}")
                .replace("{rows: 40}", "{rows: 20}");
        Files.writeString(task, tokens);

        LogBooks.run(0, task, "run");

        List<Row> summaries = LogBooks.read(task, "summaries").collectAsList();
        assertThat(summaries).hasSize(60 + LogBooks.ODD.size()).allSatisfy(row -> assertThat(
                        MiniLmTokens.count(row.<String>getAs("summary")))
                .as(row.<String>getAs("summary"))
                .isLessThanOrEqualTo(30));
        // A sentence of these books has 12 to 16 tokens.
        assertThat(summaries.stream()
                        .filter(row -> row.getList(row.fieldIndex("sentences")).size() == 2))
                .hasSizeGreaterThan(40);
        function(task);
        JsonNode tried =
                JSON.readTree(LogBooks.run(0, task, "try", "--json", "We conclude that it rained. ".repeat(9)));
        assertThat(MiniLmTokens.count(tried.at("/summary").asText())).isEqualTo(30);
        JsonNode report = JSON.readTree(folder.resolve("work/report.json").toFile());
        assertThat(report.at("/summaries/budget").asText()).isEqualTo("30 tokens of minilm");
        assertThat(Files.readString(folder.resolve("work/report.html"))).contains("30 tokens of minilm");
        assertThat(LogBooks.run(0, task, "summarize")).contains("unchanged");
        assertThat(LogBooks.run(3, task, "label", "--set", "summarize.budget={tokens: 1}"))
                .contains("None fits 1 token of minilm, or");
        assertThat(LogBooks.run(3, task, "label", "--set", "summarize.budget={tokens: 30, tokenizer: e5-small-v2}"))
                .contains("e5-small-v2-tokenizer.json", "Add the jar that holds the model");
    }

    @Test
    void whatCannotBeLearnedFromIsRefusedAndTheServedStudentStays() throws Exception {
        Path task = LogBooks.write(folder, 60);
        assertThat(LogBooks.run(3, task, "summarize")).contains("train");
        assertThat(LogBooks.run(3, task, "run", "--set", "evaluate.rows=20", "--set", "summarize.budget={words: 1}"))
                .contains("None fits 1 word, or");
        assertThat(LogBooks.run(3, task, "run", "--set", "corpus[0].reference=null"))
                .contains("name the column of people's summaries with reference in corpus");
        LogBooks.run(0, task, "run", "--set", "evaluate.rows=20");
        assertThat(LogBooks.run(2, task, "summarize", "--set", "summarize.group_by=[ocean]"))
                .contains("Invalid column in summarize.group_by: ocean");
        assertThat(LogBooks.run(2, task, "summarize", "--set", "summarize.keep=[ocean]"))
                .contains("Invalid column in summarize.keep: ocean");
        String served = Files.readString(folder.resolve("work/train/CURRENT"));
        CommandLineRun export = CommandLineRun.of(
                "export", task.toString(), folder.resolve("out").toString());
        assertThat(export.exit()).isEqualTo(3);
        assertThat(export.err()).contains("labels of sentences, and no soft labels");
        assertThat(LogBooks.run(
                        3,
                        task,
                        "run",
                        "--set",
                        "evaluate.rows=20",
                        "--set",
                        "student.targets={retained: 1, agreement: 1, size: 1}"))
                .contains("size")
                .contains("must be")
                .contains("lower student.max_features")
                .doesNotContain("student.kind");
        assertThat(Files.readString(folder.resolve("work/train/CURRENT"))).isEqualTo(served);
        assertThat(JSON.readTree(folder.resolve("work/status.json").toFile())
                        .at("/exit")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    void aStudentOrLabelsOfAnotherKindAreRefused() throws Exception {
        Path task = LogBooks.write(folder, 60);
        LogBooks.run(0, task, "run", "--set", "evaluate.rows=20");
        documentsWithoutReferenceAreNotJudgedOn(task);
        String[] classify = {
            "--set",
            "kind=classify",
            "--set",
            "summarize=",
            "--set",
            "teacher=",
            "--set",
            "student.targets=",
            "--set",
            "evaluate.rows=20"
        };
        assertThat(LogBooks.run(3, task, "train", classify)).contains("labels are of sentences");
        List<String> scoring = new ArrayList<>(Arrays.asList(classify));
        scoring.addAll(List.of("--set", "score=[{source: jsonl, path: lake.jsonl, id: id, text: text}]"));
        assertThat(LogBooks.run(3, task, "score", scoring.toArray(String[]::new)))
                .contains("it summarises");
        assertThat(LogBooks.run(
                        3,
                        task,
                        "try",
                        Stream.concat(Arrays.stream(classify), Stream.of("A storm."))
                                .toArray(String[]::new)))
                .contains("it summarises");
    }

    private void documentsWithoutReferenceAreNotJudgedOn(Path task) throws Exception {
        String out = LogBooks.run(
                0,
                task,
                "run",
                "--set",
                "evaluate.rows=20",
                "--set",
                "corpus[0].reference=if(id like '%1', null, abstract)");

        JsonNode student =
                JSON.readTree(folder.resolve("work/report.json").toFile()).at("/student");
        assertThat(student.at("/evaluation_left_out").asLong()).isPositive();
        assertThat(student.at("/evaluation").asLong()
                        + student.at("/evaluation_left_out").asLong())
                .isEqualTo(20);
        assertThat(out).contains("The student is not judged on", "or which have no reference, as others have");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "summarize.budget={words: 0}                 | summarize.budget.words: 0",
                "summarize.budget={words: 5, sentences: 2}   | one of sentences, words, characters, share and tokens",
                "summarize.budget={share: 1.5}               | summarize.budget.share",
                "summarize.budget={pages: 1}                 | nearest",
                "summarize.keywords=101                      | summarize.keywords",
                "summarize.keep=[summary]                    | summarize.keep[0]",
                "summarize.route={agreement: 0.8}            | absent with teacher.kind: reference",
                "summarize.route={recall: 0.8, label: a}     | summarize.route: recall",
                "summarize.group_by=[SEA]                    | summarize.group_by[0]: SEA",
                "summarize.group_by=[Source]                 | summarize.group_by[0]: Source",
                "teacher.kind=embedding-head                 | reference, salience, http, ensemble",
                "student.kind=hybrid                         | auto or lexical",
                "student.targets={ece: 0.1}                  | student.targets.ece",
                "score=[{source: jsonl, path: lake.jsonl}]   | whose stage is summarize",
                "kind=classify                               | absent but for kind: summarize",
                "corpus[0].reference=length(                 | corpus[0].reference"
            })
    void keysThatDoNotFitAreToldBeforeAnythingRuns(String setting, String told) throws Exception {
        assertThat(LogBooks.run(2, LogBooks.write(folder, 5), "curate", "--set", setting))
                .contains(told);
    }
}
