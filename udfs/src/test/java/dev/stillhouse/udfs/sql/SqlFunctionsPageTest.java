package dev.stillhouse.udfs.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.udfs.quality.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** What docs/sql-functions.md says, and what the functions are. */
class SqlFunctionsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "sql-functions.md");
    private static final String BEGIN = "<!-- signals: begin -->\n";
    private static final String END = "<!-- signals: end -->";

    @Test
    void everySignalIsInTheTable() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(page).contains(BEGIN, END);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        if ("write".equals(System.getProperty("stillhouse.docs"))) {
            Files.writeString(PAGE, page.substring(0, begin) + table() + page.substring(end));
            return;
        }
        assertThat(page.substring(begin, end))
                .as("signals in docs/sql-functions.md; the end of the page says how to write them anew")
                .isEqualTo(table());
    }

    private static String table() {
        StructType type = new QualityFunction().resultType();
        return Arrays.stream(Signal.values())
                .map(signal -> "| `" + signal.column() + "` | "
                        + type.apply(signal.column()).dataType().simpleString() + " | "
                        + signal.meaning().replace("|", "\\|") + " | " + signal.denominator() + " |\n")
                .collect(Collectors.joining("", "| field | type | what | divided by |\n|---|---|---|---|\n", ""));
    }

    @Test
    void limitsOfArgumentsAreThoseOfTheCode() throws IOException {
        assertThat(Files.readString(PAGE))
                .contains(
                        "| `shingle` | " + MinHashFunction.SHINGLE + " |",
                        "words of a shingle, 1 to " + MinHashFunction.MOST_SHINGLE + ";",
                        "| `permutations` | " + MinHashFunction.PERMUTATIONS + " |",
                        "length of the signature, 1 to " + MinHashFunction.MOST_PERMUTATIONS + ".");
    }
}
