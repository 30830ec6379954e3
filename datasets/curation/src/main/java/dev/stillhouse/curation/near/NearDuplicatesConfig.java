package dev.stillhouse.curation.near;

import dev.stillhouse.datasets.config.Checks;
import dev.stillhouse.datasets.config.Key;
import dev.stillhouse.datasets.config.Violation;
import dev.stillhouse.datasets.schema.Curated;
import dev.stillhouse.udfs.minhash.LshParameters;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The section {@code near_duplicates} of {@code curate}. */
public record NearDuplicatesConfig(
        @Key(
                value =
                        "What verifies a proposal: `jaccard` (similarity of the sets of shingles is at least threshold) or `containment` (the kept document has every shingle of the removed one).",
                defaultValue = "jaccard")
        Mode mode,

        @Key(
                value =
                        "Jaccard similarity from which documents are near-duplicates, 0.1 to 1; for containment, from which they are proposed.",
                defaultValue = "0.8")
        double threshold,

        @Key(
                value =
                        "Share of the pairs at the threshold that are to be proposed, greater than 0 and less than 1; bands and rows follow from it.",
                defaultValue = "0.97")
        double recall,

        @Key(value = "Words of a shingle, 1 to 100.", defaultValue = "5")
        int shingle,

        @Key("Bands of a signature, 1 to 1000, in place of those that follow from threshold and recall; with rows.")
        Optional<Integer> bands,

        @Key("Signature values of a band, 1 to 1000; with bands.")
        Optional<Integer> rows,

        @Key(
                value =
                        "Hash family of the signatures: `affine` (kernel, fastest on CPUs) or `xxhash64` (built-in Spark SQL that RAPIDS runs on GPUs; folds ASCII letters only).",
                defaultValue = "affine")
        Family family,

        @Key(
                value =
                        "Who survives, first key first: `length` (longest), `id` (smallest source and id), or a Spark SQL expression over signals and kept columns, smallest first, `desc` after it for largest first. Documents of always_keep come before all.",
                defaultValue = "[length, id]")
        List<String> survivor,

        @Key(
                value =
                        "Whether near-duplicates are dropped, or kept with the document that they duplicate beside them.",
                defaultValue = "drop")
        Action action,

        @Key(
                value =
                        "Most kept documents that one document is compared with, those that share most bands first, at least 1.",
                defaultValue = "200")
        int maxComparisons) {

    private static final Pattern DIRECTED =
            Pattern.compile("(.*\\S)\\s+(asc|desc)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** Values of a signature at most, as for the SQL function minhash. */
    private static final int MOST_VALUES = 4096;

    public NearDuplicatesConfig {
        survivor = List.copyOf(survivor);
        Checks checks = new Checks()
                .that(
                        threshold >= 0.1 && threshold <= 1,
                        new Violation("threshold", Double.toString(threshold), "0.1 to 1"))
                .that(
                        recall > 0 && recall < 1,
                        new Violation("recall", Double.toString(recall), "greater than 0 and less than 1"))
                .between(1, 100, "shingle", shingle)
                .atLeast(1, "max_comparisons", maxComparisons)
                .that(
                        bands.isPresent() == rows.isPresent(),
                        new Violation(
                                bands.isPresent() ? "bands" : "rows",
                                bands.or(() -> rows).map(String::valueOf).orElse(""),
                                "given with " + (bands.isPresent() ? "rows" : "bands")));
        bands.ifPresent(number -> checks.between(1, 1000, "bands", number));
        rows.ifPresent(number -> checks.between(1, 1000, "rows", number));
        if (bands.isPresent() && rows.isPresent()) {
            long values = (long) bands.get() * rows.get();
            checks.that(
                    values <= MOST_VALUES,
                    new Violation(
                            "bands",
                            bands.get() + " of " + rows.get() + " rows",
                            "at most " + MOST_VALUES + " values in all"));
        }
        for (int i = 0; i < survivor.size(); i++) {
            checks.that(!survivor.get(i).isBlank(), new Violation("survivor[" + i + "]", "''", "not empty"));
        }
        checks.that(!survivor.isEmpty(), new Violation("survivor", "[]", "a list of at least one key"))
                .verify();
    }

    /** The keys of the order of survivors: {@code length} is the longest first, {@code id} the smallest source and then id. */
    public List<SurvivorKey> survivorKeys() {
        return IntStream.range(0, survivor.size())
                .mapToObj(this::survivorKeys)
                .flatMap(List::stream)
                .toList();
    }

    private List<SurvivorKey> survivorKeys(int index) {
        String key = survivor.get(index).strip();
        String place = "survivor[" + index + "]";
        if (key.equals("length")) {
            return List.of(new SurvivorKey(place, Curated.CHARS, true));
        }
        if (key.equals("id")) {
            return List.of(new SurvivorKey(place, Curated.SOURCE, false), new SurvivorKey(place, Curated.ID, false));
        }
        Matcher directed = DIRECTED.matcher(key);
        return directed.matches()
                ? List.of(new SurvivorKey(
                        place, directed.group(1), directed.group(2).equalsIgnoreCase("desc")))
                : List.of(new SurvivorKey(place, key, false));
    }

    /** The given bands and rows, or those that follow from threshold and recall. */
    public LshParameters parameters() {
        return bands.isPresent() && rows.isPresent()
                ? new LshParameters(bands.get(), rows.get())
                : LshParameters.of(threshold, recall);
    }

    /** What proposed and verified a removal: the version is raised when equal documents would be judged otherwise. */
    public String ruleVersion() {
        return "near-1/" + family.name().toLowerCase(Locale.ROOT);
    }

    /** The rule in words. */
    public String rule() {
        return mode == Mode.JACCARD
                ? "jaccard >= " + threshold + " of word " + shingle + "-grams with a kept document"
                : "every word " + shingle + "-gram in one kept document";
    }

    /**
     * A key of the order of survivors.
     *
     * @param place the key of the task file that it comes from
     * @param expression Spark SQL
     * @param descending whether the largest comes first; documents without a value come last
     */
    public record SurvivorKey(String place, String expression, boolean descending) {}

    /** What verifies a proposal. */
    public enum Mode {
        JACCARD,
        CONTAINMENT
    }

    /** How signatures are made; those of different families are never compared. */
    public enum Family {
        AFFINE,
        XXHASH64
    }

    /** What becomes of a duplicate. */
    public enum Action {
        DROP,
        ANNOTATE
    }
}
