package dev.stillhouse.student;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.udfs.student.FeatureSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * In how many documents n-grams stand, of the most frequent ones.
 *
 * @param words by word n-gram
 * @param characters by character n-gram; empty where the features have none
 */
record DocumentFrequencies(Map<String, Integer> words, Map<String, Integer> characters) {
    private static final long FEWEST_TIMES = 2;
    private static final long MOST_TIMES = 16;

    /**
     * What is asked for.
     *
     * @param features which n-grams
     * @param minDocuments in which one must stand
     * @param ngrams how many of words, and of characters, are needed at most
     * @param words how many single words are needed at most
     */
    record Wanted(FeatureSpec features, int minDocuments, int ngrams, int words) {

        private List<Family> families() {
            List<Family> families = new ArrayList<>(
                    List.of(new Family(NgramKind.ANY_WORDS, ngrams), new Family(NgramKind.WORD, words)));
            if (features.hasCharacters()) {
                families.add(new Family(NgramKind.CHARACTERS, ngrams));
            }
            return families;
        }
    }

    /**
     * Counts over texts. N-grams are counted by hashes of 62 bits; then of the most frequent it is found how they are written, and how many documents have them, near-duplicates counted once ({@link Originals}). Those that stand in too few are dropped; where too few are left, more are looked at. What is counted need not fit any memory; what is
     * looked at is up to 16 times what is wanted.
     */
    static DocumentFrequencies count(Dataset<Row> rows, Wanted wanted) {
        Dataset<Row> textsDF = rows.select(Curated.TEXT);
        Dataset<Row> countedDF = textsDF.mapPartitions(
                        new NgramCounter(wanted.features()), Encoders.row(NgramCounter.SCHEMA))
                .groupBy(NgramCounter.HASH)
                .agg(sum(NgramCounter.DOCUMENTS).as(NgramCounter.DOCUMENTS))
                .where(col(NgramCounter.DOCUMENTS).geq(wanted.minDocuments()))
                .persist(StorageLevel.MEMORY_AND_DISK());
        try {
            for (long times = FEWEST_TIMES; ; times *= 2) {
                Candidates candidates = Candidates.of(countedDF, wanted.families(), times);
                Map<Long, String> originals = NgramOriginals.find(
                        textsDF, wanted.features(), candidates.documents().keySet(), wanted.minDocuments());
                if (times >= MOST_TIMES || candidates.areEnough(originals)) {
                    return of(candidates.documents(), originals);
                }
            }
        } finally {
            countedDF.unpersist();
        }
    }

    private static DocumentFrequencies of(Map<Long, Integer> documents, Map<Long, String> originals) {
        DocumentFrequencies frequencies = new DocumentFrequencies(new HashMap<>(), new HashMap<>());
        originals.forEach((hash, ngram) -> (NgramKind.CHARACTERS.has(hash) ? frequencies.characters : frequencies.words)
                .put(ngram, documents.get(hash)));
        return frequencies;
    }

    /** N-grams of a kind, and how many of it are needed. */
    private record Family(NgramKind kind, int needed) {}

    /**
     * N-grams that may do.
     *
     * @param documents by hash
     * @param incomplete those of kinds of which there are more than were taken
     */
    private record Candidates(Map<Long, Integer> documents, Map<Family, List<Long>> incomplete) {
        static Candidates of(Dataset<Row> countedDF, List<Family> families, long times) {
            Map<Long, Integer> documents = new HashMap<>();
            Map<Family, List<Long>> incomplete = new HashMap<>();
            for (Family family : families) {
                int most = (int) Math.min(Integer.MAX_VALUE - 1, times * family.needed());
                List<Row> taken = countedDF
                        .where(isOf(family.kind()))
                        .orderBy(col(NgramCounter.DOCUMENTS).desc(), col(NgramCounter.HASH))
                        .limit(most)
                        .collectAsList();
                taken.forEach(row -> documents.put(row.getLong(0), (int) Math.min(Integer.MAX_VALUE, row.getLong(1))));
                if (taken.size() == most) {
                    incomplete.put(
                            family, taken.stream().map(row -> row.getLong(0)).toList());
                }
            }
            return new Candidates(documents, incomplete);
        }

        private static Column isOf(NgramKind kind) {
            return col(NgramCounter.HASH).bitwiseAND(lit((long) kind.mask())).equalTo(lit((long) kind.bits()));
        }

        boolean areEnough(Map<Long, String> originals) {
            return incomplete.entrySet().stream()
                    .allMatch(family -> family.getValue().stream()
                                    .filter(originals::containsKey)
                                    .count()
                            >= family.getKey().needed());
        }
    }
}
