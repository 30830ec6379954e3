package dev.stillhouse.scoring.cascade;

import dev.stillhouse.datasets.config.Checks;
import dev.stillhouse.datasets.config.Key;
import dev.stillhouse.datasets.config.Violation;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code score.route} and {@code summarize.route}: what is promised of scores or summaries, and what the teacher may be asked for it. */
public record RouteConfig(
        @Key(
                "Share of the scored documents that must have the teacher's label; of summaries, how far they must agree with the teacher's on average (F1 of the chosen sentences). Documents of which the student is not sure enough go to the teacher. Above 0 and below 1; one of agreement, recall and precision, of summaries agreement alone.")
        Optional<Double> agreement,

        @Key(
                "Share of the documents with the teacher's label `label` that must be among the selected. Above 0 and below 1.")
        Optional<Double> recall,

        @Key("Share of the selected documents that must have the teacher's label `label`. Above 0 and below 1.")
        Optional<Double> precision,

        @Key("The label that recall or precision is about.") Optional<String> label,

        @Key(
                value = "With which probability, over samples, what is promised holds at least. Above 0 and below 1.",
                defaultValue = "0.95")
        double confidence,

        @Key(
                "Texts that the teacher may be asked about at most, in a run (of summaries a whole document is one); those that it was asked about before cost nothing. A run that needs more ends with 3 before they are asked. Without it there is no limit.")
        Optional<Integer> budget,

        @Key(
                "Documents, drawn at random among those to be scored, that the threshold is told by. Without it four times the fewest that can show what is promised, and at least 1,000 for recall and precision, 300 for summaries.")
        Optional<Integer> sample,

        @Key(
                value =
                        "Further documents, drawn at random, on which what was promised is looked at afterwards; those that the student answers cost a question each. 0 or more; for agreement.",
                defaultValue = "200")
        int audit) {

    /** Documents of a sample at most. */
    static final int MOST_DRAWN = 1_000_000;

    public RouteConfig {
        long targets = Stream.of(agreement, recall, precision)
                .filter(Optional::isPresent)
                .count();
        boolean ofLabel = recall.isPresent() || precision.isPresent();
        Checks checks = new Checks()
                .that(
                        targets == 1,
                        new Violation(
                                "agreement", targets + " targets", "the only one of agreement, recall, precision"))
                .that(
                        label.isPresent() == ofLabel,
                        new Violation(
                                "label", label.orElse("absent"), "given with recall or precision, and absent without"))
                .atLeast(1, "budget", budget)
                .atLeast(1, "sample", sample)
                .between(0, MOST_DRAWN, "audit", audit);
        sample.ifPresent(size ->
                checks.that(size <= MOST_DRAWN, new Violation("sample", size.toString(), "at most " + MOST_DRAWN)));
        between(checks, "agreement", agreement);
        between(checks, "recall", recall);
        between(checks, "precision", precision);
        between(checks, "confidence", Optional.of(confidence));
        checks.verify();
    }

    private static void between(Checks checks, String key, Optional<Double> value) {
        value.ifPresent(share ->
                checks.that(share > 0 && share < 1, new Violation(key, share.toString(), "above 0 and below 1")));
    }

    /** The share that is promised, or the mean. */
    double share() {
        return Stream.of(agreement, recall, precision)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow();
    }

    /** The key of what is promised: agreement, recall or precision. */
    public String target() {
        return agreement.isPresent() ? "agreement" : recall.isPresent() ? "recall" : "precision";
    }
}
