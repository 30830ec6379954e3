package dev.stillhouse.cli.pipeline;

import dev.stillhouse.udfs.student.StudentFiles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The names of stages and of what they publish. */
public final class Datasets {
    public static final String CURATE = "curate";
    public static final String LABEL = "label";
    public static final String TRAIN = "train";
    public static final String SCORE = "score";
    public static final String SUMMARIZE = "summarize";
    public static final String REPORT = "report";

    static final String CURATED = "curated";
    static final String EVALUATION = "evaluation";
    static final String REMOVED = "removed";
    static final String REJECTS = "rejects";
    static final String REWRITTEN = "rewritten";
    static final String PROPOSALS = "proposals";
    static final String EVALUATION_REJECTS = "evaluation_rejects";
    static final String SOFT_LABELS = "soft_labels";
    static final String EVALUATION_LABELS = "evaluation_labels";
    static final String CROSS_FITTED = "cross_fitted";
    static final String TEACHER = "teacher";
    static final String MODEL = "model";
    /** The student's graph, in a run of {@link #TRAIN}. */
    public static final String STUDENT = MODEL + "/" + StudentFiles.ONNX;

    static final String WEIGHTS = MODEL + "/weights";
    static final String SCORES = "scores";
    static final String SENTENCE_LABELS = "sentence_labels";
    static final String EVALUATION_SENTENCE_LABELS = "evaluation_sentence_labels";
    static final String SUMMARIES = "summaries";
    static final String DIGESTS = "digests";

    private static final Map<String, Location> LOCATIONS = locations();

    private Datasets() {}

    /** The stages that publish, in the order of the loop. */
    public static List<String> stages() {
        return List.of(CURATE, LABEL, TRAIN, SCORE, SUMMARIZE);
    }

    /** Where a dataset of that name is published: one of {@link #names}, or a stage and a name in its runs, such as score/rejects. */
    public static Optional<Location> find(String name) {
        int slash = name.indexOf('/');
        return slash > 0 && stages().contains(name.substring(0, slash))
                ? Optional.of(new Location(name.substring(0, slash), name.substring(slash + 1)))
                : Optional.ofNullable(LOCATIONS.get(name));
    }

    /** All names that {@link #find} knows. */
    public static Set<String> names() {
        return LOCATIONS.keySet();
    }

    private static Map<String, Location> locations() {
        Map<String, Location> locations = new LinkedHashMap<>();
        for (String name : List.of(CURATED, REMOVED, REJECTS, REWRITTEN, PROPOSALS, EVALUATION, EVALUATION_REJECTS)) {
            locations.put(name, new Location(CURATE, name));
        }
        for (String name : List.of(
                SOFT_LABELS, EVALUATION_LABELS, CROSS_FITTED, SENTENCE_LABELS, EVALUATION_SENTENCE_LABELS, TEACHER)) {
            locations.put(name, new Location(LABEL, name));
        }
        locations.put(LABEL + "/" + REJECTS, new Location(LABEL, REJECTS));
        locations.put(MODEL, new Location(TRAIN, MODEL));
        locations.put(SCORES, new Location(SCORE, SCORES));
        locations.put(SCORE + "/" + REJECTS, new Location(SCORE, REJECTS));
        locations.put(SUMMARIES, new Location(SUMMARIZE, SUMMARIES));
        locations.put(DIGESTS, new Location(SUMMARIZE, DIGESTS));
        locations.put(SUMMARIZE + "/" + REJECTS, new Location(SUMMARIZE, REJECTS));
        return locations;
    }

    /**
     * Where a dataset is published.
     *
     * @param stage the stage whose {@code CURRENT} decides
     * @param dataset its folder in the run
     */
    public record Location(String stage, String dataset) {}
}
