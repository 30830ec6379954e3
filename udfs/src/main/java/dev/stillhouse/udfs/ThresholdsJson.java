package dev.stillhouse.udfs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The thresholds of a {@link Decision} in files: a JSON object of numbers by label or name. */
public final class ThresholdsJson {
    private ThresholdsJson() {}

    /** The object, in the order of names: equal thresholds give equal JSON. */
    public static ObjectNode write(Map<String, Float> thresholds) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        new TreeMap<>(thresholds).forEach(object::put);
        return object;
    }

    /** What {@link #write} wrote; NaN, which no decision takes, for what is no number, and none where it is no object. */
    public static Map<String, Float> read(JsonNode object) {
        Map<String, Float> thresholds = new HashMap<>();
        object.properties()
                .forEach(one ->
                        thresholds.put(one.getKey(), (float) one.getValue().asDouble(Double.NaN)));
        return thresholds;
    }
}
