package dev.stillhouse.teacher.outputs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stillhouse.datasets.schema.GoldLabel;
import dev.stillhouse.udfs.Link;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Values of a column as labels: a label's name; a JSON array of probabilities in the order of the labels; or a JSON object from label to probability, what it leaves out being 0. Probabilities of one label need not sum to 1; those of any number of labels are 0 to 1 each, and names stand in a JSON array or with {@code |} between them. A score is a number. Serialisable.
 *
 * @param labels the labels, in the order of the outputs
 * @param link what the outputs are logits of
 */
record LabelColumn(List<String> labels, Link link) implements Serializable {
    /** No value. */
    static final String NO_LABEL = "no_label_in_column";

    /** A label that the task does not name. */
    static final String UNKNOWN_LABEL = "unknown_label_in_column";

    /** What is neither a label nor probabilities of the labels. */
    static final String UNREADABLE = "unreadable_label_in_column";

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    LabelColumn {
        labels = List.copyOf(labels);
    }

    /**
     * What a value says.
     *
     * @param logits as {@link LabelLogits}; empty where there is a reason
     * @param reason why there are none; empty where there are
     */
    record Reading(Optional<float[]> logits, String reason) {
        private static Reading without(String reason) {
            return new Reading(Optional.empty(), reason);
        }
    }

    Reading read(String value) {
        String stripped = value.strip();
        if (link == Link.IDENTITY && !stripped.isEmpty()) {
            return GoldLabel.problem(link, stripped).isEmpty()
                    ? new Reading(Optional.of(new float[] {(float) GoldLabel.number(stripped)}), "")
                    : Reading.without(UNREADABLE);
        }
        int named = labels.indexOf(stripped);
        if (named >= 0) {
            double[] one = new double[labels.size()];
            one[named] = 1;
            return reading(one);
        }
        if (stripped.isEmpty()) {
            return Reading.without(NO_LABEL);
        }
        if (!stripped.startsWith("[") && !stripped.startsWith("{")) {
            return link == Link.LOGISTIC ? names(stripped) : Reading.without(UNKNOWN_LABEL);
        }
        try {
            JsonNode json = JSON.readTree(stripped);
            if (link == Link.LOGISTIC
                    && json.isArray()
                    && (json.isEmpty() || json.get(0).isTextual())) {
                return names(stripped);
            }
            return json.isArray() ? array(json) : object(json);
        } catch (JsonProcessingException e) {
            return Reading.without(UNREADABLE);
        }
    }

    private Reading names(String value) {
        if (!GoldLabel.problem(link, value).isEmpty()) {
            return Reading.without(UNREADABLE);
        }
        return labels.containsAll(GoldLabel.names(link, value))
                ? reading(GoldLabel.target(link, labels, value))
                : Reading.without(UNKNOWN_LABEL);
    }

    private Reading array(JsonNode json) {
        if (json.size() != labels.size()) {
            return Reading.without(UNREADABLE);
        }
        double[] probabilities = new double[labels.size()];
        for (int label = 0; label < probabilities.length; label++) {
            probabilities[label] = json.get(label).isNumber() ? json.get(label).asDouble() : Double.NaN;
        }
        return reading(probabilities);
    }

    private Reading object(JsonNode json) {
        double[] probabilities = new double[labels.size()];
        for (Iterator<Map.Entry<String, JsonNode>> fields = json.fields(); fields.hasNext(); ) {
            Map.Entry<String, JsonNode> field = fields.next();
            int label = labels.indexOf(field.getKey());
            if (label < 0) {
                return Reading.without(UNKNOWN_LABEL);
            }
            probabilities[label] =
                    field.getValue().isNumber() ? field.getValue().asDouble() : Double.NaN;
        }
        return reading(probabilities);
    }

    private Reading reading(double[] probabilities) {
        if (link == Link.LOGISTIC) {
            return Arrays.stream(probabilities).allMatch(one -> one >= 0 && one <= 1)
                    ? new Reading(Optional.of(LabelLogits.independent(probabilities)), "")
                    : Reading.without(UNREADABLE);
        }
        double sum = 0;
        for (double probability : probabilities) {
            if (!(probability >= 0)) {
                return Reading.without(UNREADABLE);
            }
            sum += probability;
        }
        return sum > 0 && Double.isFinite(sum)
                ? new Reading(Optional.of(LabelLogits.of(probabilities)), "")
                : Reading.without(UNREADABLE);
    }
}
