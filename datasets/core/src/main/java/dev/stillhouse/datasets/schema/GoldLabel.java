package dev.stillhouse.datasets.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stillhouse.udfs.Link;
import dev.stillhouse.udfs.errors.DataException;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the column {@code label} says, by what is learned. One of several labels: the label's name. Any number of labels: a JSON array of names, {@code []} for a document that people found to have none, or names with {@code |} between them. A number: itself, in decimal digits, with or without an exponent. Null is always a document that nobody has labelled.
 */
public final class GoldLabel {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final String SEPARATOR = "\\|";
    private static final String NUMBER = "[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?";

    private GoldLabel() {}

    /**
     * The names in a label, sorted by their UTF-16 units, without blanks around them; one where one of several is learned.
     *
     * @throws DataException if it begins as a JSON array and is none of names
     */
    public static SortedSet<String> names(Link link, String label) {
        SortedSet<String> names = new TreeSet<>();
        if (link == Link.SOFTMAX) {
            names.add(label);
        } else if (label.strip().startsWith("[")) {
            for (JsonNode name : array(label)) {
                names.add(name.isNull() ? "" : name.asText().strip());
            }
        } else {
            names.addAll(
                    List.of(label.split(SEPARATOR)).stream().map(String::strip).toList());
        }
        names.remove("");
        return names;
    }

    /**
     * The number in a label.
     *
     * @throws DataException if it is none, or none that float32 can hold
     */
    public static double number(String label) {
        String digits = label.strip();
        double number = digits.matches(NUMBER) ? Double.parseDouble(digits) : Double.NaN;
        if (!Float.isFinite((float) number)) {
            throw new DataException("a label that is no finite number");
        }
        return number;
    }

    /** Why a label cannot be read; empty where it can. */
    public static String problem(Link link, String label) {
        try {
            if (link == Link.IDENTITY) {
                number(label);
            } else {
                names(link, label);
            }
            return "";
        } catch (DataException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /**
     * What a model should have given, {@code double[labels]}: 1 for its labels, or the number; labels that the model does not know are left out.
     *
     * @param labels in the order of the outputs
     * @throws DataException if the label cannot be read
     */
    public static double[] target(Link link, List<String> labels, String label) {
        if (link == Link.IDENTITY) {
            return new double[] {number(label)};
        }
        double[] target = new double[labels.size()];
        for (String name : names(link, label)) {
            int index = labels.indexOf(name);
            if (index >= 0) {
                target[index] = 1;
            }
        }
        return target;
    }

    private static JsonNode array(String label) {
        JsonNode array;
        try {
            array = JSON.readTree(label);
        } catch (JsonProcessingException e) {
            throw new DataException("a label that begins as a JSON array and is none", e);
        }
        for (JsonNode name : array) {
            if (!name.isTextual() && !name.isNull()) {
                throw new DataException("a label that is a JSON array of something else than names");
            }
        }
        return array;
    }
}
