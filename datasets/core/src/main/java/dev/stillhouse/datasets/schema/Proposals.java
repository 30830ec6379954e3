package dev.stillhouse.datasets.schema;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Every document that shares a band of its signature with another: what was proposed as near-duplicates, and what verification made of it. */
public final class Proposals {
    public static final String SOURCE = Documents.SOURCE;
    public static final String ID = Documents.ID;
    public static final String CLUSTER = Removed.CLUSTER;
    public static final String OUTCOME = "outcome";
    public static final String KEPT_SOURCE = Removed.KEPT_SOURCE;
    public static final String KEPT_ID = Removed.KEPT_ID;
    public static final String SHARED_BANDS = Removed.SHARED_BANDS;
    public static final String JACCARD = Removed.JACCARD;
    public static final String CONTAINMENT = Removed.CONTAINMENT;
    public static final String COMPARISONS = "comparisons";

    /** First of its cluster in the order of survivors: nothing was proposed against it. */
    public static final String SURVIVOR = "survivor";

    /** Verified against a kept document. */
    public static final String VERIFIED = "verified";

    /** Refused: no compared document is similar enough. */
    public static final String BELOW_THRESHOLD = "below_threshold";

    /** Refused: it says something that no compared document says. */
    public static final String NOT_CONTAINED = "not_contained";

    /** Refused: no kept document shares a band; it was linked by removed ones alone. */
    public static final String NO_KEPT_PARTNER = "no_kept_partner";

    /** Refused: not similar enough to those that it was compared with, and more share a band than are compared. */
    public static final String COMPARISON_LIMIT = "comparison_limit";

    /** Refused: a rule of the task says to keep it. */
    public static final String ALWAYS_KEEP = "always_keep";

    public static final int VERSION = 1;

    public static final StructType SCHEMA = new StructType()
            .add(SOURCE, DataTypes.StringType, false, "name of its source")
            .add(ID, DataTypes.StringType, false, "the document's id")
            .add(CLUSTER, DataTypes.StringType, false, "documents that bands link, directly or by others")
            .add(
                    OUTCOME,
                    DataTypes.StringType,
                    false,
                    "survivor, verified, or why the proposal was refused: below_threshold, not_contained, no_kept_partner, comparison_limit, always_keep")
            .add(KEPT_SOURCE, DataTypes.StringType, true, "source of the kept document it was verified against")
            .add(KEPT_ID, DataTypes.StringType, true, "id of the kept document it was verified against")
            .add(SHARED_BANDS, DataTypes.IntegerType, true, "bands shared with the most similar of those compared")
            .add(
                    JACCARD,
                    DataTypes.DoubleType,
                    true,
                    "exact Jaccard similarity with the most similar of those compared")
            .add(CONTAINMENT, DataTypes.DoubleType, true, "share of its shingles that that one has")
            .add(COMPARISONS, DataTypes.IntegerType, false, "kept documents that it was compared with");

    private Proposals() {}
}
