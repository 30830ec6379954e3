package dev.stillhouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillhouse.udfs.testing.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Made-up log books of which some sentences conclude, and the task that summarises them in seconds. */
final class LogBooks {
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
    static final List<String> ODD = List.of(
            "One sentence without much to say.",
            "# A heading\n\n## And another\n",
            "| a | b |\n|---|---|\n| 1 | 2 |\n\n```\nint main() { return 0; }\n```",
            "Das Schiff lief aus. Le navire est parti. Корабль ушёл. 船出发了。السفينة غادرت.",
            "word ".repeat(5_000),
            "x".repeat(100_000),
            "...",
            "LOUD TEXT. ALL OF IT IS. WE CONCLUDE NOTHING.");

    private LogBooks() {}

    /** Writes log books and a lake of these, of what is no article and of an empty text, and a task that summarises the lake; gives the task file. */
    static Path write(Path folder, int books) throws IOException {
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

    /** A published dataset. */
    static Dataset<Row> read(Path task, String dataset) {
        CommandLineRun run = CommandLineRun.of("path", task.toString(), dataset);
        assertThat(run.exit()).as(run.err()).isZero();
        return SharedSpark.session().read().parquet(run.out().strip());
    }

    /** What a command prints, that is to end so. */
    static String run(int exit, Path task, String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of(command, task.toString()));
        arguments.addAll(Arrays.asList(more));
        CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));
        assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(exit);
        return run.out() + run.err();
    }

    /** Checks that digests are of the summaries that are published. */
    static void checkDigests(Path task) {
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
}
