package dev.stillhouse.datasets.publish;

/** The steps of publishing, in order: the points at which a test lets a run fail or be killed. */
public enum PublishStep {
    /** All datasets and files lie in the run's folder. */
    WRITTEN,
    /** They were read back and match what was written. */
    CHECKED,
    /** {@code stage.json} lies beside them. */
    STAGE_WRITTEN,
    /** The manifest lies beside them: the run exists. */
    MANIFEST_WRITTEN,
    /** {@code CURRENT} names the run. */
    POINTED
}
