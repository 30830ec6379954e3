package dev.stillhouse.student;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.udfs.student.FeatureSpec;
import dev.stillhouse.udfs.testing.SharedSpark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class DocumentFrequenciesTest {
    private static final int MANY = 1_000_000;

    @Test
    void countsOfManyNgramsAreThoseOfAPlainCount() {
        List<String> texts = texts(2_000, new Random(5));
        Map<String, Integer> expected = new TreeMap<>();
        texts.forEach(
                text -> new TreeSet<>(List.of(text.split(" "))).forEach(word -> expected.merge(word, 1, Integer::sum)));
        expected.values().removeIf(count -> count < 2);

        DocumentFrequencies found =
                count(texts, 3, new DocumentFrequencies.Wanted(FeatureSpec.words(1), 2, MANY, MANY));

        // More than the first table of a block holds, so that it grows.
        assertThat(expected).hasSizeGreaterThan(5_000);
        assertThat(found.words()).containsExactlyInAnyOrderEntriesOf(expected);
    }

    @Test
    void copiesAreOneOriginalHoweverTheyAreSpreadOverPartitions() {
        List<String> texts = new ArrayList<>();
        for (int copy = 0; copy < 40; copy++) {
            texts.add("please do not tell anybody the code four two one of this door");
        }
        for (int document = 0; document < 40; document++) {
            texts.add("report " + words(document, 12));
        }
        for (int partitions : new int[] {1, 4, 16}) {
            DocumentFrequencies found =
                    count(texts, partitions, new DocumentFrequencies.Wanted(FeatureSpec.words(1), 3, MANY, MANY));

            assertThat(found.words()).as(partitions + " partitions").containsOnlyKeys("report");
            assertThat(found.words()).containsEntry("report", 40);
        }
    }

    private static DocumentFrequencies count(List<String> texts, int partitions, DocumentFrequencies.Wanted wanted) {
        Dataset<Row> textsDF = SharedSpark.session()
                .createDataset(texts, Encoders.STRING())
                .toDF("text")
                .repartition(partitions);
        return DocumentFrequencies.count(textsDF, wanted);
    }

    /** Words of which many stand in several documents. */
    private static List<String> texts(int documents, Random random) {
        return IntStream.range(0, documents)
                .mapToObj(document -> IntStream.range(0, 20)
                        .mapToObj(word -> "w" + (int) (8_000 * Math.pow(random.nextDouble(), 1.2)))
                        .collect(Collectors.joining(" ")))
                .toList();
    }

    /** Words that no other document has. */
    private static String words(int document, int count) {
        return IntStream.range(0, count)
                .mapToObj(word -> "d" + document + "w" + word)
                .collect(Collectors.joining(" "));
    }
}
