package dev.stillhouse.teacher;

import dev.stillhouse.datasets.quality.TemperatureScaling;
import dev.stillhouse.datasets.quality.TemperatureScaling.Prediction;
import dev.stillhouse.datasets.quality.Thresholds;
import dev.stillhouse.datasets.schema.GoldLabel;
import dev.stillhouse.teacher.FittedHead.Unseen;
import dev.stillhouse.udfs.Decision;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.errors.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A head whose weights owe nothing to gold rows, with the temperature that suits them best.
 *
 * @param head its temperature included
 * @param loss mean negative log-likelihood of the gold rows' labels at that temperature
 * @param unseen predictions for the gold rows
 */
record CalibratedHead(Head head, double loss, List<Unseen> unseen) {

    /** Fits the temperature. */
    static CalibratedHead of(Head head, GoldOutputs known) {
        Link link = head.decision().link();
        List<Unseen> unseen = known.examples().stream()
                .map(example -> new Unseen(
                        example.row(),
                        head.logits(example.vector()),
                        GoldLabel.target(link, head.labels(), example.row().label())))
                .toList();
        List<Prediction> predictions = unseen.stream().map(Unseen::prediction).toList();
        double temperature = link == Link.IDENTITY ? 1 : TemperatureScaling.fit(link, predictions);
        return new CalibratedHead(
                head.withTemperature((float) temperature)
                        .withDecision(decision(link, head.labels(), predictions, temperature)),
                TemperatureScaling.loss(link, predictions, temperature),
                unseen);
    }

    /** How a head's outputs are read: with the thresholds that held-out predictions say are best, where labels are decided each on its own. */
    static Decision decision(Link link, List<String> labels, List<Prediction> predictions, double temperature) {
        return link == Link.LOGISTIC
                ? new Decision(link, Thresholds.fit(labels, predictions, temperature))
                : Decision.by(link);
    }

    FittedHead fitted(String choice, List<String> warnings) {
        return new FittedHead(head, choice, unseen, warnings);
    }

    /**
     * Refuses gold labels that the task does not name.
     *
     * @throws ConfigurationException if there are some
     */
    static void check(Link link, List<GoldSelection.GoldRow> gold, List<String> names) {
        Set<String> unknown = new TreeSet<>();
        gold.forEach(row -> unknown.addAll(GoldLabel.names(link, row.label())));
        names.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            List<String> shown = new ArrayList<>(unknown).subList(0, Math.min(10, unknown.size()));
            throw new ConfigurationException("Invalid teacher.labels: " + String.join(", ", names)
                    + " (must have all labels of gold documents; missing: " + String.join(", ", shown)
                    + (unknown.size() > 10 ? ", ..." : "") + ")");
        }
    }
}
