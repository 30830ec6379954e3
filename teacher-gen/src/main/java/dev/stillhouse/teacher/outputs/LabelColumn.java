package dev.stillhouse.teacher.outputs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Values of a column as labels: a label's name; a JSON array of probabilities in the order of the labels; or a JSON object from label to probability, what it leaves out being 0. Probabilities need not sum to 1. Serialisable.
 *
 * @param labels the labels, in the order of the outputs
 */
record LabelColumn(List<String> labels) implements Serializable {
    /** No value. */
    static final String NO_LABEL = "no_label_in_column";

    /** A label that the task does not name. */
    static final String UNKNOWN_LABEL = "unknown_label_in_column";

    /** What is neither a label nor probabilities of the labels. */
    static final String UNREADABLE = "unreadable_label_in_column";

    private static final ObjectMapper JSON = new ObjectMapper();

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
            return Reading.without(UNKNOWN_LABEL);
        }
        try {
            JsonNode json = JSON.readTree(stripped);
            return json.isArray() ? array(json) : object(json);
        } catch (JsonProcessingException e) {
            return Reading.without(UNREADABLE);
        }
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

    private static Reading reading(double[] probabilities) {
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
