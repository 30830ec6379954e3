package dev.stillhouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stillhouse.udfs.testing.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurateIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONFIG = """
            profile: [datalake, gopher-2021]
            action: drop
            rules: ["text like '%forbidden%'"]
            always_keep: ["day = 'monday' and chars < 12"]
            duplicate_key: url
            repeated_spans: {min_words: 6, min_words_left: 3}
            near_duplicates: {threshold: 0.7, shingle: 3, survivor: ["day", length, id]}
            """;

    @TempDir
    Path folder;

    @Test
    void everyRowIsAccountedForWithItsEvidenceAndTheReportIsThere() throws Exception {
        Path task = task("a", CONFIG, corpus(40));

        CommandLineRun run = CommandLineRun.of("curate", task.toString());

        assertThat(run.exit()).as(run.err()).isZero();
        JsonNode report = report("a");
        JsonNode curate = report.at("/curate");
        assertThat(curate.at("/read").asLong()).isEqualTo(corpus(40).size());
        long removed = 0;
        for (JsonNode documents : curate.at("/removed_by_reason")) {
            removed += documents.asLong();
        }
        assertThat(curate.at("/kept").asLong() + removed).isEqualTo(corpus(40).size());
        assertThat(curate.at("/removed_by_reason").properties().stream().map(Map.Entry::getKey))
                .contains("near_duplicate", "exact_duplicate", "duplicate_key", "own_rule", "gopher_too_few_words");
        JsonNode near = curate.at("/near_duplicates");
        long refused = 0;
        for (JsonNode documents : near.at("/refused_by_reason")) {
            refused += documents.asLong();
        }
        assertThat(near.at("/verified").asLong())
                .isPositive()
                .isEqualTo(curate.at("/removed_by_reason/near_duplicate").asLong());
        assertThat(near.at("/proposed").asLong()).isEqualTo(near.at("/verified").asLong() + refused);
        assertThat(curate.at("/signals/words/p50").asDouble()).isPositive();
        assertThat(curate.at("/signals/gopher_words/failed").asLong()).isPositive();
        assertThat(folder.resolve("a/work/report.html")).content().contains("Near-duplicates side by side");
        assertThat(folder.resolve("a/work/status.json")).content().contains("\"stage\":\"curate\",\"exit\":0");
        assertThat(read(task, "curated").where("id = 'short-monday'").count()).isEqualTo(1);
        assertThat(read(task, "rewritten").where("id = 'letter'").count()).isEqualTo(1);
        assertEveryDuplicateNamesADocumentThatStays(task);
        assertThat(CommandLineRun.of("curate", task.toString()).out()).contains("unchanged");
    }

    private void assertEveryDuplicateNamesADocumentThatStays(Path task) {
        Dataset<Row> duplicates = read(task, "removed").where("kept_id is not null and reason <> 'contaminated'");
        Dataset<Row> kept = read(task, "curated").selectExpr("source as s", "id as i");
        assertThat(duplicates.count()).isPositive();
        assertThat(duplicates
                        .join(kept, duplicates.col("kept_id").equalTo(kept.col("i")))
                        .count())
                .isEqualTo(duplicates.count());
    }

    @Test
    void twoRunsAreComparedDocumentByDocument() throws Exception {
        Path task = task("b", "near_duplicates: {threshold: 0.7, shingle: 3}\n", corpus(20));
        CommandLineRun none = CommandLineRun.of("diff", task.toString());
        assertThat(none.exit()).isEqualTo(3);
        assertThat(none.err()).contains("none is published");
        assertThat(CommandLineRun.of("curate", task.toString()).exit()).isZero();
        CommandLineRun alone = CommandLineRun.of("diff", task.toString());
        assertThat(alone.exit()).isEqualTo(3);
        assertThat(alone.err()).contains("no run was published before it");

        String[] stricter = {
            "curate", task.toString(), "--set", "curate.rules=[\"words < 6\"]", "--set", "curate.action=drop"
        };
        assertThat(CommandLineRun.of(stricter).exit()).isZero();
        CommandLineRun diff = CommandLineRun.of("diff", task.toString());

        assertThat(diff.exit()).as(diff.err()).isZero();
        assertThat(diff.out())
                .contains("now removed     own_rule: ", "curate.action: annotate → drop", "new documents   0");
        assertThat(report("b").at("/curate/difference/now_removed/own_rule").asLong())
                .isPositive();
        CommandLineRun wrong = CommandLineRun.of("diff", task.toString(), "--from", "yesterday");
        assertThat(wrong.exit()).isEqualTo(2);
        assertThat(wrong.err()).contains("Invalid --from: yesterday (must be one of 20");
    }

    @Test
    void theSameRowsForAnyPartitioningOrderAndAdaptivity() throws Exception {
        TreeSet<String> fingerprints = new TreeSet<>();
        for (int partitions : new int[] {1, 4, 16}) {
            List<String> lines = corpus(30);
            Collections.shuffle(lines, new Random(partitions));
            Path task = task("p" + partitions, CONFIG, lines);
            SharedSpark.session().conf().set("spark.sql.shuffle.partitions", Integer.toString(partitions));
            SharedSpark.session().conf().set("spark.sql.adaptive.enabled", Boolean.toString(partitions != 4));
            try {
                assertThat(CommandLineRun.of("curate", task.toString()).exit()).isZero();
            } finally {
                SharedSpark.session().conf().set("spark.sql.shuffle.partitions", "2");
                SharedSpark.session().conf().unset("spark.sql.adaptive.enabled");
            }
            StringBuilder rows = new StringBuilder();
            for (String dataset : List.of("curated", "removed", "rewritten", "proposals")) {
                read(task, dataset).toJSON().collectAsList().stream().sorted().forEach(rows::append);
            }
            fingerprints.add(rows.toString());
        }
        assertThat(fingerprints).hasSize(1);
    }

    @Test
    void hostileTextsAreJudgedAndNeverLost() throws Exception {
        String combining = "e\\u0301".repeat(40);
        List<String> texts = List.of(
                "",
                "   \\t ",
                "a\\u0000b\\u0000",
                "\\ud83d\\ude00 \\ud83d\\udc69\\u200d\\ud83d\\udc67",
                combining,
                "\\u0645\\u0631\\u062d\\u0628\\u0627 \\u0628\\u0643\\u0645",
                "\\u4eca\\u65e5\\u306f\\u826f\\u3044\\u5929\\u6c17\\u3067\\u3059".repeat(20),
                "x".repeat(2_000_000),
                "word ".repeat(400_000));
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            lines.add(line("t" + i, texts.get(i), "u" + i, "monday"));
        }
        lines.addAll(corpus(5));
        Path task = task(
                "h",
                "{max_characters: 3000000, max_rejected_share: 0.5, profile: [datalake, gopher-2021, c4-2020, fineweb-code], near_duplicates: {}}\n",
                lines);

        CommandLineRun run = CommandLineRun.of("curate", task.toString());

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(read(task, "curated").count()
                        + read(task, "removed").count()
                        + read(task, "rejects").count())
                .isEqualTo(lines.size());
        Row huge = read(task, "curated").where("id = 't7'").head();
        assertThat(huge.<Long>getAs("longest_word")).isEqualTo(2_000_000);
        assertThat(huge.<String>getList(huge.fieldIndex("failed_rules"))).contains("endless_word");
        Row repeated = read(task, "curated").where("id = 't8'").head();
        assertThat(repeated.<Double>getAs("dup_10gram_chars")).isGreaterThan(0.7);
        assertThat(read(task, "curated").where("id = 't6'").head().<Long>getAs("words"))
                .isEqualTo(180);
    }

    @Test
    void aLineOfFiftyMegabytesIsMeasuredOrTooLongAsTheTaskSays() throws Exception {
        Random random = new Random(50);
        StringBuilder line = new StringBuilder();
        int words = 0;
        for (; line.length() < 50_000_000; words++) {
            line.append(Integer.toString(random.nextInt(60_466_176), 36)).append(' ');
        }
        Path task = task(
                "l",
                "near_duplicates: {}\n",
                List.of(
                        line("long", line.toString(), "u", "monday"),
                        line("short", "A short one.", "v", "monday"),
                        line("other", "Another one.", "w", "monday"),
                        line("third", "A third one.", "x", "monday")));
        line = null;

        CommandLineRun tooLong = CommandLineRun.of("curate", task.toString());
        assertThat(tooLong.exit()).as(tooLong.err()).isZero();
        assertThat(read(task, "removed").select("id", "reason").collectAsList())
                .extracting(Row::toString)
                .containsExactly("[long,too_long]");

        CommandLineRun measured =
                CommandLineRun.of("curate", task.toString(), "--set", "curate.max_characters=60000000");
        assertThat(measured.exit()).as(measured.err()).isZero();
        Row huge = read(task, "curated")
                .select("id", "words", "lines")
                .where("id = 'long'")
                .head();
        assertThat(huge.getLong(1)).isEqualTo(words);
        assertThat(huge.getLong(2)).isOne();
    }

    @Test
    void aSpanWhoseDocumentGoesLaterIsToldOf() throws Exception {
        String letter = "This letter begins" + words(new Random(3));
        String notice = "\\n\\nFor one reader alone, please.";
        Path task = task(
                "o",
                "repeated_spans: {min_words: 5, min_words_left: 1}\nnear_duplicates: {}\n",
                List.of(
                        line("a", letter + notice, "u", "monday"),
                        line("b", letter + " with a last remark that is very long" + notice, "v", "monday"),
                        line("c", "Another letter" + words(new Random(4)), "w", "monday"),
                        line("d", "A third letter" + words(new Random(5)), "x", "monday")));

        CommandLineRun run = CommandLineRun.of("curate", task.toString());

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(report("o").at("/curate/removed_by_reason/near_duplicate").asInt())
                .isOne();
        assertThat(report("o").at("/curate/cuts_without_keeper").asInt()).isOne();
        assertThat(folder.resolve("o/work/report.html")).content().contains("1 repeated span cut although");
    }

    @Test
    void everyRuleOfEveryProfileIsDescribed() {
        CommandLineRun described = CommandLineRun.of("describe", "--profiles");

        assertThat(described.exit()).isZero();
        assertThat(described.out())
                .contains(
                        "gopher-2021: Rae et al. 2021", "mean_word_length < 3", "datalake: Stillhouse; annotates only")
                .containsPattern("fineweb_code_duplicate_lines +dup_line_text > 0.01 ")
                .containsPattern("c4_few_words_lines +lines dropped for fewer than 3 words");
    }

    @Test
    void noTextIsInAReportWithoutExamples() throws Exception {
        Path task = task("n", CONFIG, corpus(20));

        assertThat(CommandLineRun.of("curate", task.toString(), "--set", "report.examples=0")
                        .exit())
                .isZero();

        assertThat(folder.resolve("n/work/report.html")).content().doesNotContain("confidential", "alphabeta");
        assertThat(folder.resolve("n/work/report.json")).content().doesNotContain("confidential", "alphabeta");
    }

    private static List<String> corpus(int topics) {
        Random random = new Random(7);
        String notice = "This message is confidential and meant for one reader alone.";
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < topics; i++) {
            String whole = "alphabeta " + i + " begins the letter" + words(random);
            String day = i % 2 == 0 ? "monday" : "sunday";
            lines.add(line("d" + i, whole + "\\n\\n" + notice, "u" + i, day));
            lines.add(line("near" + i, whole + " and a last remark", "v" + i, day));
            lines.add(line("copy" + i, whole + " and a  last remark", "w" + i, day));
            lines.add(line("url" + i, whole + " different " + i, "u" + i, day));
        }
        lines.add(line("letter", "A letter of its own" + words(random) + "\\n\\n" + notice, "m5", "sunday"));
        lines.add(line("short-monday", "too short", "m1", "monday"));
        lines.add(line("short-sunday", "too small", "m2", "sunday"));
        lines.add(line(
                "forbidden",
                "This is a forbidden letter, and it begins with the words " + words(random),
                "m4",
                "sunday"));
        lines.add(line("few", "Only a few words stand here today.", "m3", "sunday"));
        return lines;
    }

    private static String words(Random random) {
        StringBuilder words = new StringBuilder();
        for (int word = 0; word < 60; word++) {
            words.append(word % 5 == 0 ? " the " : word % 7 == 0 ? " and " : " ")
                    .append("word")
                    .append(random.nextInt(400));
        }
        return words.toString();
    }

    private static String line(String id, String text, String url, String day) {
        return "{\"id\": \"" + id + "\", \"text\": \"" + text + "\", \"url\": \"" + url + "\", \"day\": \"" + day
                + "\"}";
    }

    private Path task(String name, String curate, List<String> lines) throws IOException {
        Path own = Files.createDirectories(folder.resolve(name));
        Files.write(own.resolve("docs.jsonl"), lines);
        return Files.writeString(
                own.resolve("task.yaml"),
                "task: t\nworkspace: work\ncorpus:\n  - {source: jsonl, path: docs.jsonl, id: id, keep: [url, day]}\nevaluate: {rows: 2}\ncurate:\n"
                        + curate.indent(2));
    }

    private JsonNode report(String name) throws IOException {
        return JSON.readTree(folder.resolve(name + "/work/report.json").toFile());
    }

    private static Dataset<Row> read(Path task, String dataset) {
        String path = CommandLineRun.of("path", task.toString(), dataset).out().trim();
        return SharedSpark.session().read().parquet(path);
    }
}
