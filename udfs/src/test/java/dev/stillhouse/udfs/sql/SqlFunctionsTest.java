package dev.stillhouse.udfs.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stillhouse.udfs.minhash.MinHasher;
import dev.stillhouse.udfs.quality.Signal;
import dev.stillhouse.udfs.testing.SharedSpark;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlFunctionsTest {
    private static final String CATALOG = "spark.sql.catalog.stillhouse";
    private static final String WHOLE_STAGE = "spark.sql.codegen.wholeStage";
    private static final String FACTORY = "spark.sql.codegen.factoryMode";

    private final SparkSession spark = SharedSpark.session();
    private final List<byte[]> texts = SampleTexts.all();

    @BeforeEach
    void documentsInThreePartitions() {
        spark.conf().set(CATALOG, StillhouseCatalog.class.getName());
        Stream<Row> rows = IntStream.range(0, texts.size()).mapToObj(i -> RowFactory.create(i, texts.get(i)));
        List<Row> all =
                Stream.concat(rows, Stream.of(RowFactory.create(-1, null))).toList();
        spark.createDataFrame(all, StructType.fromDDL("id int, bytes binary"))
                .repartition(3)
                .selectExpr("id", "cast(bytes as string) as text")
                .createOrReplaceTempView("documents");
    }

    @AfterEach
    void generatedCodeAsBefore() {
        spark.conf().unset(WHOLE_STAGE);
        spark.conf().unset(FACTORY);
        spark.catalog().dropTempView("documents");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void qualityIsWhatTheKernelMeasures(boolean generated) {
        Dataset<Row> measured = run("SELECT id, stillhouse.quality(text) AS quality FROM documents", generated);
        List<Row> rows = measured.collectAsList();
        assertThat(rows).hasSize(texts.size() + 1);
        for (Row row : rows) {
            if (row.getInt(0) == -1) {
                assertThat(row.isNullAt(1)).isTrue();
                continue;
            }
            Row quality = row.getStruct(1);
            assertThat(quality.schema().fieldNames())
                    .containsExactly(
                            Arrays.stream(Signal.values()).map(Signal::column).toArray(String[]::new));
            assertThat(IntStream.range(0, quality.length()).mapToObj(quality::get))
                    .as("text " + row.getInt(0))
                    .containsExactlyElementsOf(SampleTexts.quality(texts.get(row.getInt(0))));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "true, 5, 128, text",
        "false, 5, 128, text",
        "true, 2, 128, 'text, 2'",
        "true, 1, 4096, 'text, 1, 4096'",
        "false, 3, 7, 'text, 3, 7'"
    })
    void minhashIsTheSignatureOfTheKernel(boolean generated, int shingle, int permutations, String arguments) {
        Dataset<Row> signed = run("SELECT id, stillhouse.minhash(" + arguments + ") AS m FROM documents", generated);
        List<Row> rows = signed.collectAsList();
        assertThat(rows).hasSize(texts.size() + 1);
        for (Row row : rows) {
            if (row.getInt(0) == -1) {
                assertThat(row.isNullAt(1)).isTrue();
            } else {
                assertThat(row.<Integer>getList(1))
                        .as("text " + row.getInt(0))
                        .containsExactly(boxed(SampleTexts.signature(texts.get(row.getInt(0)), shingle, permutations)));
            }
        }
    }

    private Dataset<Row> run(String query, boolean generated) {
        spark.conf().set(WHOLE_STAGE, generated);
        spark.conf().set(FACTORY, generated ? "CODEGEN_ONLY" : "NO_CODEGEN");
        Dataset<Row> rows = spark.sql(query);
        rows.collectAsList();
        boolean inStage = rows.queryExecution().executedPlan().toString().contains("*(");
        assertThat(inStage).as("generated code").isEqualTo(generated);
        return rows;
    }

    private static Integer[] boxed(int[] values) {
        return Arrays.stream(values).boxed().toArray(Integer[]::new);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void minhashTakesItsNumbersFromColumns(boolean generated) {
        Dataset<Row> signed = run(
                "SELECT id, stillhouse.minhash(text, id % 12 + 1, id + 1) AS m FROM documents WHERE id >= 0",
                generated);
        for (Row row : signed.collectAsList()) {
            int id = row.getInt(0);
            assertThat(row.<Integer>getList(1))
                    .containsExactly(boxed(SampleTexts.signature(texts.get(id), id % 12 + 1, id + 1)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text, null",
                "text, 5, null",
                "null",
                "null, null, null",
                "text, nullif(id, id)",
                "text, 5, nullif(id, id)"
            })
    void minhashOfANullIsNull(String arguments) {
        for (boolean generated : new boolean[] {true, false}) {
            String query = "SELECT stillhouse.minhash(" + arguments + ") AS m FROM documents";
            assertThat(run(query, generated).collectAsList())
                    .hasSize(texts.size() + 1)
                    .allMatch(row -> row.isNullAt(0));
        }
    }

    @Test
    void literalsAreFolded() {
        Row row = spark.sql("SELECT stillhouse.quality('two words').words, stillhouse.quality('').mean_word_length,"
                        + " stillhouse.quality(null) IS NULL, stillhouse.minhash('', 5, 2)")
                .first();
        assertThat(row.getLong(0)).isEqualTo(2);
        assertThat(row.isNullAt(1)).isTrue();
        assertThat(row.getBoolean(2)).isTrue();
        assertThat(row.<Integer>getList(3)).containsExactly(MinHasher.EMPTY, MinHasher.EMPTY);
    }

    @Test
    void functionsFilterRows() {
        assertThat(ids("SELECT id FROM documents WHERE stillhouse.quality(text).dup_line_chars > 0"))
                .containsExactly(3);
        assertThat(ids("SELECT id FROM documents WHERE stillhouse.minhash(text)[0] = " + MinHasher.EMPTY))
                .containsExactly(0, 1);
    }

    @Test
    void functionsWorkBehindAView() {
        spark.sql("CREATE OR REPLACE TEMPORARY VIEW measured AS"
                + " SELECT id, stillhouse.quality(text) AS q, stillhouse.minhash(text, 3, 16) AS m FROM documents");
        try {
            assertThat(ids("SELECT id FROM measured WHERE q.words > 100 AND size(m) = 16"))
                    .containsExactly(6);
        } finally {
            spark.catalog().dropTempView("measured");
        }
    }

    @Test
    void functionsWorkInAStoredView() {
        spark.sql("CREATE OR REPLACE VIEW stored AS SELECT stillhouse.quality(text).words AS words"
                + " FROM VALUES ('one two three') AS rows(text)");
        try {
            assertThat(spark.table("stored").first().getLong(0)).isEqualTo(3);
        } finally {
            spark.sql("DROP VIEW stored");
        }
    }

    @Test
    void twoCallsWithTheSameArgumentsAreOneExpression() {
        Dataset<Row> counted = spark.sql(
                "SELECT stillhouse.quality(text).lines, count(*) FROM documents GROUP BY stillhouse.quality(text).lines");
        assertThat(counted.count()).isGreaterThan(1);
    }

    @Test
    void namesAreFoundInAnyCaseAndListed() {
        assertThat(spark.sql("SELECT stillhouse.QUALITY('a b').words").first().getLong(0))
                .isEqualTo(2);
        assertThat(spark.sql("SHOW FUNCTIONS IN stillhouse").collectAsList().stream()
                        .map(row -> row.getString(0)))
                .contains("stillhouse.minhash", "stillhouse.quality");
        assertThat(spark.sql("SHOW NAMESPACES IN stillhouse").first().getString(0))
                .isEqualTo("models");
    }

    private List<Integer> ids(String query) {
        return spark.sql(query).collectAsList().stream()
                .map(row -> row.getInt(0))
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            quality()                    | Cannot call quality(text): 0 arguments (must be 1)
            quality('a', 1)              | Cannot call quality(text): 2 arguments (must be 1)
            quality(1)                   | Cannot call quality(text): argument 1 of type int (must be string; cast it)
            quality(X'41')               | argument 1 of type binary (must be string; cast it)
            quality(array('a'))          | argument 1 of type array<string> (must be string; cast it)
            quality('a' COLLATE UTF8_LCASE) | argument 1 of type string collate UTF8_LCASE (must be COLLATE UTF8_BINARY)
            minhash()                    | 0 arguments (must be 1 to 3)
            minhash('a', 1, 1, 1)        | 4 arguments (must be 1 to 3)
            minhash(1)                   | argument 1 of type int (must be string; cast it)
            minhash('a', '5')            | argument 2 of type string (must be int; cast it)
            minhash('a', 5, 128L)        | argument 3 of type bigint (must be int; cast it)
            minhash('a', 5.0D)           | argument 2 of type double (must be int; cast it)
            nothing('a')                 | `stillhouse`.`nothing`
            models.topics('a')           | `stillhouse`.`models`.`topics`
            """)
    void callsThatCannotBeAreRefusedBeforeAnythingRuns(String call, String reason) {
        assertThatThrownBy(() -> spark.sql("SELECT stillhouse." + call))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 128, Invalid shingle: 0 (must be 1 to 1000)",
        "-1, 128, Invalid shingle: -1 (must be 1 to 1000)",
        "1001, 128, Invalid shingle: 1001 (must be 1 to 1000)",
        "5, 0, Invalid permutations: 0 (must be 1 to 4096)",
        "5, -7, Invalid permutations: -7 (must be 1 to 4096)",
        "5, 4097, Invalid permutations: 4097 (must be 1 to 4096)"
    })
    void numbersOutOfRangeAreRefused(int shingle, int permutations, String reason) {
        String numbers = shingle + ", " + permutations;
        for (String text : List.of("'a b'", "text", "cast(null as string)")) {
            assertThatThrownBy(
                            () -> spark.sql("SELECT stillhouse.minhash(" + text + ", " + numbers + ") FROM documents")
                                    .collectAsList())
                    .as(text)
                    .hasStackTraceContaining(reason);
        }
    }
}
