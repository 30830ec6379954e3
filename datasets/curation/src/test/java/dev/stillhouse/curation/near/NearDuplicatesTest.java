package dev.stillhouse.curation.near;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.length;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.curation.Configs;
import dev.stillhouse.datasets.schema.Documents;
import dev.stillhouse.datasets.schema.Proposals;
import dev.stillhouse.udfs.minhash.Shingles;
import dev.stillhouse.udfs.minhash.Similarity;
import dev.stillhouse.udfs.testing.Records;
import dev.stillhouse.udfs.testing.SharedSpark;
import dev.stillhouse.udfs.text.TextScan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NearDuplicatesTest {
    private static final Column[] LONGEST = {
        length(col(Documents.TEXT)).desc(), col(Documents.SOURCE), col(Documents.ID)
    };
    private static final StructType SCHEMA = new StructType()
            .add(Documents.SOURCE, DataTypes.StringType, false)
            .add(Documents.ID, DataTypes.StringType, false)
            .add(Documents.TEXT, DataTypes.StringType, false)
            .add(NearDuplicates.ALWAYS_KEEP, DataTypes.BooleanType, false);

    @ParameterizedTest
    @EnumSource(NearDuplicatesConfig.Family.class)
    void everyRemovalHasAKeptPartnerAtTheThresholdAndNearlyEveryPairIsFound(NearDuplicatesConfig.Family family) {
        Map<String, String> texts = edited(150, 4, 11);
        NearDuplicatesConfig config = Records.with(Configs.near(), "family", family);

        Map<String, Row> proposals = byId(new NearDuplicates(config).find(documents(texts, 3), LONGEST));

        Map<String, long[]> shingles = new HashMap<>();
        texts.forEach((id, text) -> shingles.put(id, shingles(text)));
        Set<String> removed = removed(proposals);
        for (String id : removed) {
            String kept = proposals.get(id).getAs(Proposals.KEPT_ID);
            assertThat(removed).doesNotContain(kept);
            assertThat(jaccard(shingles.get(id), shingles.get(kept)))
                    .isGreaterThanOrEqualTo(0.8)
                    .isEqualTo(proposals.get(id).<Double>getAs(Proposals.JACCARD));
        }
        long left = texts.keySet().stream()
                .filter(id -> !removed.contains(id))
                .filter(id -> texts.keySet().stream()
                        .filter(other -> !removed.contains(other) && !other.equals(id))
                        .anyMatch(other -> jaccard(shingles.get(id), shingles.get(other)) >= 0.8))
                .count();
        assertThat(removed).hasSizeGreaterThan(100);
        assertThat(left).isLessThanOrEqualTo((long) (0.03 * removed.size()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 16})
    void theSameRowsForAnyPartitioning(int partitions) {
        Map<String, String> texts = edited(60, 3, 5);
        Map<String, Row> one = byId(new NearDuplicates(Configs.near()).find(documents(texts, 2), LONGEST));

        Map<String, Row> other = byId(new NearDuplicates(Configs.near()).find(documents(texts, partitions), LONGEST));

        assertThat(other).isNotEmpty().isEqualTo(one);
    }

    @Test
    void aChainOfEditsIsNeitherSwallowedNorStranded() {
        Map<String, String> texts = new HashMap<>();
        List<String> words = new ArrayList<>(words(new Random(3), 200));
        Random random = new Random(4);
        for (int i = 0; i < 40; i++) {
            texts.put(String.format("c%02d", i), String.join(" ", words));
            words.set(i * 5, "edit" + random.nextInt(1_000_000));
        }

        Map<String, Row> proposals = byId(new NearDuplicates(Configs.near()).find(documents(texts, 2), LONGEST));

        Set<String> removed = removed(proposals);
        assertThat(removed).isNotEmpty();
        assertThat(texts.size() - removed.size()).isBetween(3, 20);
        for (String id : removed) {
            String kept = proposals.get(id).getAs(Proposals.KEPT_ID);
            assertThat(jaccard(shingles(texts.get(id)), shingles(texts.get(kept))))
                    .isGreaterThanOrEqualTo(0.8);
        }
    }

    @Test
    void manyCopiesOfOneDocumentLeaveOne() {
        Map<String, String> texts = new HashMap<>();
        String text = String.join(" ", words(new Random(1), 60));
        for (int i = 0; i < 20_000; i++) {
            texts.put("copy" + i, text);
        }

        Dataset<Row> proposals = new NearDuplicates(Configs.near()).find(documents(texts, 4), LONGEST);

        assertThat(proposals.where("outcome = 'verified'").count()).isEqualTo(19_999);
        assertThat(proposals
                        .where("outcome = 'verified'")
                        .select("kept_id")
                        .distinct()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aBucketThatHalfTheCorpusFallsIntoIsBoundedAndSaysSo() {
        Map<String, String> texts = new HashMap<>();
        List<String> template = words(new Random(9), 100);
        for (int i = 0; i < 600; i++) {
            Random random = new Random(i);
            List<String> filled = new ArrayList<>(template);
            for (int j = 0; j < 25; j++) {
                filled.set(75 + j, "w" + random.nextInt(1_000_000));
            }
            texts.put("t" + i, String.join(" ", filled));
        }
        NearDuplicatesConfig few = Records.with(Configs.near(), "maxComparisons", 10);

        Map<String, Row> proposals = byId(new NearDuplicates(few).find(documents(texts, 4), LONGEST));

        assertThat(removed(proposals)).isEmpty();
        assertThat(proposals.values().stream().mapToInt(row -> row.<Integer>getAs(Proposals.COMPARISONS)))
                .isNotEmpty()
                .allMatch(comparisons -> comparisons <= 10);
        assertThat(proposals.values().stream().map(row -> row.<String>getAs(Proposals.OUTCOME)))
                .contains(Proposals.COMPARISON_LIMIT);
    }

    @Test
    void containmentRemovesOnlyWhatTheKeptOneSaysToo() {
        List<String> words = words(new Random(2), 100);
        Map<String, String> texts = Map.of(
                "whole", String.join(" ", words),
                "part", String.join(" ", words.subList(0, 90)),
                "other", String.join(" ", words.subList(0, 89)) + " different");
        NearDuplicatesConfig config = Records.with(Configs.near(), "mode", NearDuplicatesConfig.Mode.CONTAINMENT);

        Map<String, Row> proposals = byId(new NearDuplicates(config).find(documents(texts, 1), LONGEST));

        assertThat(removed(proposals)).containsExactly("part");
        assertThat(proposals.get("other").<String>getAs(Proposals.OUTCOME)).isEqualTo(Proposals.NOT_CONTAINED);
        assertThat(proposals.get("part").<String>getAs(Proposals.KEPT_ID)).isEqualTo("whole");
    }

    @Test
    void documentsShorterThanAShingleAreNearOnlyWhereTheirWordsAreTheSame() {
        Map<String, String> texts = Map.of("a", "Yes please", "b", "yes  please", "c", "yes", "d", "...", "e", " ");

        Map<String, Row> proposals = byId(new NearDuplicates(Configs.near()).find(documents(texts, 2), LONGEST));

        assertThat(proposals.keySet()).containsExactlyInAnyOrder("a", "b");
        assertThat(removed(proposals)).hasSize(1);
    }

    private static Map<String, String> edited(int originals, int copies, long seed) {
        Random random = new Random(seed);
        Map<String, String> texts = new HashMap<>();
        for (int i = 0; i < originals; i++) {
            List<String> words = words(random, 40 + random.nextInt(120));
            texts.put("d" + i, String.join(" ", words));
            for (int copy = 0; copy < copies; copy++) {
                List<String> edited = new ArrayList<>(words);
                for (int edit = 0; edit < copy * words.size() / 60; edit++) {
                    edited.set(random.nextInt(edited.size()), "edited" + random.nextInt(1000));
                }
                texts.put("d" + i + "." + copy, String.join(" ", edited));
            }
        }
        return texts;
    }

    private static List<String> words(Random random, int count) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            words.add("word" + random.nextInt(5000));
        }
        return words;
    }

    private static Dataset<Row> documents(Map<String, String> texts, int partitions) {
        List<Row> rows = new ArrayList<>();
        texts.forEach((id, text) -> rows.add(RowFactory.create("s", id, text, false)));
        Collections.shuffle(rows, new Random(partitions));
        return SharedSpark.session().createDataFrame(rows, SCHEMA).repartition(partitions);
    }

    private static Map<String, Row> byId(Dataset<Row> proposals) {
        Map<String, Row> rows = new HashMap<>();
        proposals.collectAsList().forEach(row -> rows.put(row.getAs(Proposals.ID), row));
        return rows;
    }

    private static Set<String> removed(Map<String, Row> proposals) {
        Set<String> removed = new HashSet<>();
        proposals.forEach((id, row) -> {
            if (row.<String>getAs(Proposals.OUTCOME).equals(Proposals.VERIFIED)) {
                removed.add(id);
            }
        });
        return removed;
    }

    private static long[] shingles(String text) {
        TextScan scan = new TextScan();
        scan.scan(text.getBytes(StandardCharsets.UTF_8));
        Shingles shingles = new Shingles(5);
        shingles.read(scan);
        return shingles.sorted();
    }

    private static double jaccard(long[] left, long[] right) {
        Set<Long> both = new HashSet<>();
        Arrays.stream(left).forEach(both::add);
        int shared = (int) Arrays.stream(right).filter(both::contains).count();
        return Similarity.jaccard(shared, left.length, right.length);
    }
}
