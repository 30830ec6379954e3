package dev.stillhouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillhouse.udfs.sql.StillhouseCatalog;
import dev.stillhouse.udfs.testing.MiniLmTokens;
import dev.stillhouse.udfs.testing.SharedSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A task that summarises, through the whole loop. */
class SummarizeIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] WORDS = {"ship", "harbour", "storm", "crew", "captain", "island", "mast", "rope"};
    private static final String TASK = """
            task: log-books
            kind: summarize
            workspace: work
            corpus: [{source: jsonl, path: books.jsonl, id: id, text: text, reference: abstract}]
            evaluate: {rows: 40}
            teacher: {kind: reference}
            student: {min_documents: 3, targets: {retained: 0.5}}
            summarize:
              sources: [{source: jsonl, name: lake, path: lake.jsonl, id: id, text: text}]
              budget: {sentences: 2}
              headline: true
              keywords: 3
              group_by: [source, sea]
              digest_sentences: 3
              keep: [sea]
            report: {slices: [source, length], examples: 3, speed_seconds: 0.06}
            """;

    /** What lies in lakes, and is no article. */
    private static final List<String> ODD = List.of(
            "One sentence without much to say.",
            "# A heading\n\n## And another\n",
            "| a | b |\n|---|---|\n| 1 | 2 |\n\n```\nint main() { return 0; }\n```",
            "Das Schiff lief aus. Le navire est parti. Корабль ушёл. 船出发了。السفينة غادرت.",
            "word ".repeat(5_000),
            "x".repeat(100_000),
            "...",
            "LOUD TEXT. ALL OF IT IS. WE CONCLUDE NOTHING.");

    @TempDir
    Path folder;

    @Test
    void documentsAreSummarisedAndDigestedAsTheirReferencesTeach() throws Exception {
        Path task = task(120);

        run(0, task, "run");

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
        digests(task);
        assertThat(run(0, task, "summarize")).contains("unchanged");
        assertThat(run(0, task, "try", "--top", "40", "We saw a rope. We conclude that the storm broke the mast."))
                .contains("* ")
                .contains("“conclude”")
                .contains("headline: We conclude");
        assertThat(JSON.readTree(run(0, task, "try", "--json", "We conclude that it rained."))
                        .at("/summary")
                        .asText())
                .isEqualTo("We conclude that it rained.");
        assertThat(Files.readString(folder.resolve("work/report.html"))).contains("log-books");
        function(task);
    }

    private void summaries(Path task) {
        Dataset<Row> summariesDF = read(task, "summaries");
        assertThat(summariesDF.schema().simpleString())
                .isEqualTo(
                        "struct<id:string,source:string,sea:string,summary:string,sentences:array<struct<begin:int,end:int,score:float>>,headline:string,keywords:array<string>,words:int,document_words:int,margin:float,sureness:float,route:string,model:string>");
        assertThat(summariesDF.count() + read(task, "summarize/rejects").count())
                .isEqualTo(120 + ODD.size() + 1);
        assertThat(read(task, "summarize/rejects")
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
        assertThat(one.<String>getAs("summary")).isEqualTo(ODD.get(0));
        assertThat(summariesDF.where("id = 'odd6'").head().<String>getAs("summary"))
                .isEmpty();
    }

    private void digests(Path task) {
        Dataset<Row> digestsDF = read(task, "digests");
        // Two seas and the documents of none.
        assertThat(digestsDF.count()).isEqualTo(3);
        assertThat(digestsDF.selectExpr("sum(documents)").head().getLong(0)).isEqualTo(120 + ODD.size());
        assertThat(digestsDF
                        .where("size(sentences) > 3 or size(array_distinct(sentences.text)) < size(sentences)")
                        .count())
                .isZero();
        Dataset<Row> sentencesDF = digestsDF.selectExpr("sea", "inline(sentences)");
        assertThat(sentencesDF
                        .join(read(task, "summaries").selectExpr("id", "sea as own", "summary"), "id")
                        .where("not(sea <=> own) or not contains(summary, text)")
                        .count())
                .isZero();
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
            Dataset<Row> summariesDF =
                    read(task, "summaries").select("id", "summary", "sentences", "headline", "keywords", "margin");
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
        Path task = task(60);

        String out = run(
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
        assertThat(read(task, "sentence_labels")
                        .where("salience < 0 or salience > 1")
                        .count())
                .isZero();
    }

    @Test
    void aBudgetOfTokensHoldsForEverySummary() throws Exception {
        Path task = task(60);
        String tokens = Files.readString(task)
                .replace("budget: {sentences: 2}", "budget: {tokens: 30}")
                .replace("{rows: 40}", "{rows: 20}");
        Files.writeString(task, tokens);

        run(0, task, "run");

        List<Row> summaries = read(task, "summaries").collectAsList();
        assertThat(summaries).hasSize(60 + ODD.size()).allSatisfy(row -> assertThat(
                        MiniLmTokens.count(row.<String>getAs("summary")))
                .as(row.<String>getAs("summary"))
                .isLessThanOrEqualTo(30));
        // A sentence of these books has 12 to 16 tokens.
        assertThat(summaries.stream()
                        .filter(row -> row.getList(row.fieldIndex("sentences")).size() == 2))
                .hasSizeGreaterThan(40);
        function(task);
        JsonNode tried = JSON.readTree(run(0, task, "try", "--json", "We conclude that it rained. ".repeat(9)));
        assertThat(MiniLmTokens.count(tried.at("/summary").asText())).isEqualTo(30);
        JsonNode report = JSON.readTree(folder.resolve("work/report.json").toFile());
        assertThat(report.at("/summaries/budget").asText()).isEqualTo("30 tokens of minilm");
        assertThat(Files.readString(folder.resolve("work/report.html"))).contains("30 tokens of minilm");
        assertThat(run(0, task, "summarize")).contains("unchanged");
        assertThat(run(3, task, "label", "--set", "summarize.budget={tokens: 1}"))
                .contains("None fits 1 token of minilm, or");
        assertThat(run(3, task, "label", "--set", "summarize.budget={tokens: 30, tokenizer: e5-small-v2}"))
                .contains("e5-small-v2-tokenizer.json", "Add the jar that holds the model");
    }

    @Test
    void whatTheStudentIsNotSureOfIsSummarisedByItsTeacher() throws Exception {
        Path task = salience();
        run(0, task, "run", "--set", "summarize.route={agreement: 0.6, sample: 60, audit: 10}");

        Dataset<Row> summariesDF = read(task, "summaries");
        Dataset<Row> agreementDF = summariesDF
                .join(
                        read(task, "sentence_labels")
                                .where("chosen")
                                .groupBy("id")
                                .agg(functions.collect_set("begin").as("said")),
                        "id")
                .selectExpr(
                        "route",
                        "2 * size(array_intersect(sentences.begin, said)) / (size(sentences) + size(said)) as agreement");
        JsonNode route =
                JSON.readTree(folder.resolve("work/report.json").toFile()).at("/summarize");
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
        assertThat(route.at("/route/teacher_calls").asLong()).isLessThanOrEqualTo(ODD.size());
        assertThat(summariesDF
                        .where("model != if(route = 'student', '%s', '%s')".formatted(runOf("train"), runOf("label")))
                        .count())
                .isZero();
        assertThat(summariesDF.where("size(keywords) != 3 and id like 'd%'").count())
                .isZero();
        assertThat(summariesDF.where("size(sentences) > 2").count()).isZero();
        digests(task);
        assertThat(Files.readString(folder.resolve("work/report.html")))
                .contains("Cascade", "Hoeffding-Bentkus", "Who decided");
        refusals(task);
    }

    private void refusals(Path task) throws Exception {
        String served = Files.readString(folder.resolve("work/summarize/CURRENT"));
        String anew = "summarize.sources[0].text=replace(text, ' the ', ' that ')";
        assertThat(run(3, task, "summarize", "--set", anew, "--set", "summarize.route={agreement: 0.6, sample: 4}"))
                .contains("a sample of 4 documents cannot show it (at least 6 are needed");
        assertThat(run(
                        3,
                        task,
                        "summarize",
                        "--set",
                        anew,
                        "--set",
                        "summarize.route={agreement: 0.6, sample: 60, budget: 20}"))
                .contains("Cannot draw a sample", "summarize.route.budget is 20");
        assertThat(run(
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

    private String runOf(String stage) throws Exception {
        return Files.readString(folder.resolve("work/" + stage + "/CURRENT")).strip();
    }

    private Path salience() throws Exception {
        Path task = task(120);
        return Files.writeString(
                task,
                Files.readString(task)
                        .replace(", reference: abstract", "")
                        .replace("{kind: reference}", "{kind: salience, max_tokens: 32}")
                        .replace(", targets: {retained: 0.5}", "")
                        .replace("{rows: 40}", "{rows: 20}"));
    }

    @Test
    void whatCannotBeLearnedFromIsRefusedAndTheServedStudentStays() throws Exception {
        Path task = task(60);
        assertThat(run(3, task, "summarize")).contains("train");
        assertThat(run(3, task, "run", "--set", "evaluate.rows=20", "--set", "summarize.budget={words: 1}"))
                .contains("None fits 1 word, or");
        assertThat(run(3, task, "run", "--set", "corpus[0].reference=null"))
                .contains("name the column of people's summaries with reference in corpus");
        run(0, task, "run", "--set", "evaluate.rows=20");
        assertThat(run(2, task, "summarize", "--set", "summarize.group_by=[ocean]"))
                .contains("Invalid column in summarize.group_by: ocean");
        assertThat(run(2, task, "summarize", "--set", "summarize.keep=[ocean]"))
                .contains("Invalid column in summarize.keep: ocean");
        String served = Files.readString(folder.resolve("work/train/CURRENT"));
        CommandLineRun export = CommandLineRun.of(
                "export", task.toString(), folder.resolve("out").toString());
        assertThat(export.exit()).isEqualTo(3);
        assertThat(export.err()).contains("labels of sentences, and no soft labels");
        assertThat(run(
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
        Path task = task(60);
        run(0, task, "run", "--set", "evaluate.rows=20");
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
        assertThat(run(3, task, "train", classify)).contains("labels are of sentences");
        List<String> scoring = new ArrayList<>(Arrays.asList(classify));
        scoring.addAll(List.of("--set", "score=[{source: jsonl, path: lake.jsonl, id: id, text: text}]"));
        assertThat(run(3, task, "score", scoring.toArray(String[]::new))).contains("it summarises");
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
        assertThat(run(2, task(5), "curate", "--set", setting)).contains(told);
    }

    private Path task(int books) throws Exception {
        Random random = new Random(1);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < books; i++) {
            lines.add(book(i, random));
        }
        Files.write(folder.resolve("books.jsonl"), lines);
        List<String> lake = new ArrayList<>(lines);
        for (int i = 0; i < ODD.size(); i++) {
            lake.add(JSON.createObjectNode()
                    .put("id", "odd" + i)
                    .put("text", ODD.get(i))
                    .toString());
        }
        lake.add("{\"id\": \"empty\", \"text\": \" \"}");
        Files.write(folder.resolve("lake.jsonl"), lake);
        return Files.writeString(folder.resolve("task.yaml"), TASK);
    }

    /** A log book of which the abstract says what its conclusions say. */
    private static String book(int number, Random random) {
        StringBuilder text = new StringBuilder();
        StringBuilder told = new StringBuilder();
        int sentences = 6 + random.nextInt(8);
        int first = random.nextInt(sentences - 1);
        for (int i = 0; i < sentences; i++) {
            String rest = WORDS[random.nextInt(8)] + " and the " + WORDS[random.nextInt(8)] + " number "
                    + random.nextInt(500);
            boolean tells = i == first || i == first + 1;
            String sentence = (tells ? "We conclude that the " : "There was talk of a ") + rest + ".";
            text.append(sentence).append(i % 4 == 3 ? "\n" : " ");
            told.append(tells ? "The " + rest + " were found. " : "");
        }
        ObjectNode book = JSON.createObjectNode();
        book.put("id", "d" + number).put("text", text.toString().strip()).put("abstract", told.toString());
        return book.put("sea", number % 2 == 0 ? "north" : "south").toString();
    }

    private Dataset<Row> read(Path task, String dataset) {
        CommandLineRun run = CommandLineRun.of("path", task.toString(), dataset);
        assertThat(run.exit()).as(run.err()).isZero();
        return SharedSpark.session().read().parquet(run.out().strip());
    }

    private static String run(int exit, Path task, String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of(command, task.toString()));
        arguments.addAll(Arrays.asList(more));
        CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));
        assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(exit);
        return run.out() + run.err();
    }
}
