package dev.stillhouse.datasets.schema;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The documents that curation removed, each with the evidence. */
public final class Removed {
    public static final String SOURCE = Documents.SOURCE;
    public static final String ID = Documents.ID;
    public static final String TEXT = Documents.TEXT;
    public static final String JUDGED_TEXT = "judged_text";
    public static final String CUTS = Rewritten.CUTS;
    public static final String LABEL = Documents.LABEL;
    public static final String ATTRIBUTES = Documents.ATTRIBUTES;
    public static final String REASON = "reason";
    public static final String RULE = "rule";
    public static final String VALUE = "value";
    public static final String KEY = "duplicate_key";
    public static final String KEPT_SOURCE = "kept_source";
    public static final String KEPT_ID = "kept_id";
    public static final String FAILED_RULES = Curated.FAILED_RULES;
    public static final String CLUSTER = "cluster";
    public static final String SHARED_BANDS = "shared_bands";
    public static final String JACCARD = "jaccard";
    public static final String CONTAINMENT = "containment";
    public static final String RULE_VERSION = "rule_version";

    /** Same normalised content as a document that stays: one that is always kept, else the one with the smallest (source, id). */
    public static final String EXACT_DUPLICATE = "exact_duplicate";

    /** Same key as a document that stays: one that is always kept, else the one with the smallest (source, id). */
    public static final String DUPLICATE_KEY = "duplicate_key";

    /** Verified near-duplicate of a document that stays. */
    public static final String NEAR_DUPLICATE = "near_duplicate";

    /** Same normalised content as an evaluation document. */
    public static final String CONTAMINATED = "contaminated";

    /** Too little is left without spans that stand elsewhere before. */
    public static final String REPEATED_SPANS = "repeated_spans";

    /** Fails a rule of the task's own. */
    public static final String OWN_RULE = "own_rule";

    public static final String TOO_SHORT = "too_short";
    public static final String TOO_LONG = "too_long";

    public static final int VERSION = 3;

    public static final StructType SCHEMA = SignalColumns.append(new StructType()
            .add(ID, DataTypes.StringType, false, "the removed document's id")
            .add(SOURCE, DataTypes.StringType, false, "name of its source")
            .add(
                    TEXT,
                    DataTypes.StringType,
                    false,
                    "its text as it was read, so that a removal can be judged and undone")
            .add(
                    JUDGED_TEXT,
                    DataTypes.StringType,
                    true,
                    "the text that was judged, where repeated spans or C4's rules had rewritten it")
            .add(CUTS, Rewritten.CUTS_TYPE, true, "repeated lines or paragraphs that were cut from it")
            .add(LABEL, DataTypes.StringType, true, "gold label, null where there is none")
            .add(
                    ATTRIBUTES,
                    DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType, true),
                    false,
                    "the columns that the source keeps, by name")
            .add(
                    REASON,
                    DataTypes.StringType,
                    false,
                    "too_short, too_long, contaminated, repeated_spans, a published rule's name, own_rule, exact_duplicate, duplicate_key or near_duplicate")
            .add(RULE, DataTypes.StringType, false, "the rule with operator and threshold, such as chars < 20")
            .add(
                    VALUE,
                    DataTypes.DoubleType,
                    true,
                    "what the document measured, where the rule measures; near-duplicates: the similarity that decided")
            .add(KEY, DataTypes.StringType, true, "the value of curate.duplicate_key, where the task has one")
            .add(KEPT_SOURCE, DataTypes.StringType, true, "source of the document that stays in its place")
            .add(KEPT_ID, DataTypes.StringType, true, "id of the document that stays in its place")
            .add(
                    FAILED_RULES,
                    DataTypes.createArrayType(DataTypes.StringType, false),
                    false,
                    "every rule that the document fails, in the order of the rules")
            .add(CLUSTER, DataTypes.StringType, true, "near-duplicates: what was proposed together")
            .add(SHARED_BANDS, DataTypes.IntegerType, true, "near-duplicates: bands shared with the kept document")
            .add(JACCARD, DataTypes.DoubleType, true, "near-duplicates: exact Jaccard similarity of the shingles")
            .add(
                    CONTAINMENT,
                    DataTypes.DoubleType,
                    true,
                    "near-duplicates: share of its shingles that the kept document has")
            .add(RULE_VERSION, DataTypes.StringType, true, "near-duplicates: version of the rule that verified it"));

    private Removed() {}
}
