package dev.stillhouse.curation;

import dev.stillhouse.curation.near.NearDuplicatesConfig;
import dev.stillhouse.udfs.quality.Profile;
import java.util.List;
import java.util.Optional;

/** Configurations with the defaults of task files; tests change what they are about with {@code Records.with}. */
public final class Configs {
    private Configs() {}

    static CurateConfig curate() {
        return new CurateConfig(
                List.of(Profile.DATALAKE),
                CurateConfig.Action.ANNOTATE,
                List.of(),
                List.of(),
                1,
                1_000_000,
                CurateConfig.Duplicates.DROP,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0.1);
    }

    /** The section near_duplicates. */
    public static NearDuplicatesConfig near() {
        return new NearDuplicatesConfig(
                NearDuplicatesConfig.Mode.JACCARD,
                0.8,
                0.97,
                5,
                Optional.empty(),
                Optional.empty(),
                NearDuplicatesConfig.Family.AFFINE,
                List.of("length", "id"),
                NearDuplicatesConfig.Action.DROP,
                200);
    }
}
