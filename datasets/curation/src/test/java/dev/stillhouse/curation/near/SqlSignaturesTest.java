package dev.stillhouse.curation.near;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.curation.Configs;
import dev.stillhouse.udfs.testing.Records;
import dev.stillhouse.udfs.testing.SharedSpark;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.Platform;
import org.junit.jupiter.api.Test;

class SqlSignaturesTest {
    private static final long SPARK_SEED = 42;
    private static final int BANDS = 3;
    private static final int ROWS = 2;

    private final NearDuplicatesConfig config =
            Records.with(withBands(Configs.near()), "family", NearDuplicatesConfig.Family.XXHASH64);

    private static NearDuplicatesConfig withBands(NearDuplicatesConfig config) {
        // Bands and rows are only valid together, so that they cannot be changed one by one.
        return new NearDuplicatesConfig(
                config.mode(),
                config.threshold(),
                config.recall(),
                config.shingle(),
                Optional.of(BANDS),
                Optional.of(ROWS),
                config.family(),
                config.survivor(),
                config.action(),
                config.maxComparisons());
    }

    @Test
    void bandsAreThoseOfTheDefinition() {
        List<String> texts = List.of(
                "One two THREE four five six seven", "one  two", "", " \n ", "über Äpfel und\tBirnen reden wir");
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            rows.add(RowFactory.create((long) i, texts.get(i)));
        }
        StructType schema = new StructType()
                .add(Keys.DOCUMENT, DataTypes.LongType, false)
                .add(Keys.TEXT, DataTypes.StringType, false);
        Dataset<Row> documents = SharedSpark.session().createDataFrame(rows, schema);

        Map<Long, List<Long>> buckets = SqlSignatures.of(documents, config).collectAsList().stream()
                .collect(Collectors.toMap(row -> row.getLong(0), row -> row.<Long>getList(1)));

        for (int i = 0; i < texts.size(); i++) {
            assertThat(List.copyOf(buckets.get((long) i))).as("text " + i).isEqualTo(expected(texts.get(i)));
        }
    }

    private static List<Long> expected(String text) {
        List<Long> hashes = shingles(text).stream()
                .map(shingle -> hash(shingle.getBytes(StandardCharsets.UTF_8)))
                .toList();
        List<Long> keys = new ArrayList<>();
        for (int band = 0; !hashes.isEmpty() && band < BANDS; band++) {
            long key = XXH64.hashInt(band, SPARK_SEED);
            for (int row = 0; row < ROWS; row++) {
                int permutation = band * ROWS + row;
                long least = hashes.stream()
                        .mapToLong(hash -> XXH64.hashInt(permutation, XXH64.hashLong(hash, SPARK_SEED)))
                        .min()
                        .orElseThrow();
                key = XXH64.hashLong(least, key);
            }
            keys.add(key);
        }
        return keys;
    }

    private static long hash(byte[] bytes) {
        return XXH64.hashUnsafeBytes(bytes, Platform.BYTE_ARRAY_OFFSET, bytes.length, SPARK_SEED);
    }

    /** Only ASCII letters are folded, and words split at ASCII white space. */
    private static List<String> shingles(String text) {
        StringBuilder folded = new StringBuilder();
        text.chars().forEach(c -> folded.append(c < 128 ? (char) Character.toLowerCase(c) : (char) c));
        String[] words = folded.toString().strip().split("[ \\t\\n\\r\\f\\x0b]+");
        List<String> all =
                List.of(words).stream().filter(word -> !word.isEmpty()).toList();
        List<String> shingles = new ArrayList<>();
        for (int i = 0; i + 5 <= all.size(); i++) {
            shingles.add(String.join(" ", all.subList(i, i + 5)));
        }
        return shingles.isEmpty() && !all.isEmpty() ? List.of(String.join(" ", all)) : shingles;
    }
}
