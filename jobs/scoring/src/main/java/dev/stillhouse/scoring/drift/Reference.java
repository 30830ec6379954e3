package dev.stillhouse.scoring.drift;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillhouse.scoring.drift.Bins.Tally;
import dev.stillhouse.udfs.errors.DataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What documents were like that a student was chosen on but not fitted on, as {@value #FILE} holds it beside the student. Immutable.
 *
 * @param documents how many there were
 * @param statistics what was counted, in bins that are fixed here
 */
public record Reference(long documents, Map<Statistic, Tally> statistics) {
    /** The file's name. */
    public static final String FILE = "reference.json";

    static final int FORMAT = 1;

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    public Reference {
        Map<Statistic, Tally> sorted = new EnumMap<>(Statistic.class);
        sorted.putAll(statistics);
        statistics = Collections.unmodifiableMap(sorted);
    }

    /** The content of the file. */
    public byte[] write() {
        ObjectNode root = JSON.createObjectNode();
        root.put("format", FORMAT).put("part", "select").put("documents", documents);
        ObjectNode all = root.putObject("statistics");
        statistics.forEach((statistic, tally) -> {
            ObjectNode node = all.putObject(statistic.key());
            if (tally.bins().categories().isEmpty()) {
                tally.bins().edges().forEach(node.putArray("edges")::add);
            } else {
                tally.bins().categories().forEach(node.putArray("categories")::add);
            }
            ArrayNode counts = node.putArray("counts");
            tally.counts().forEach(counts::add);
        });
        try {
            return (JSON.writeValueAsString(root) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write " + FILE, e);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param run that published it, for messages
     * @throws DataException if it is something else, or of another format
     */
    public static Reference read(byte[] content, String run) {
        try {
            JsonNode root = JSON.readTree(content);
            require(root.isObject(), "content", "no object", "an object");
            require(root.path("format").asInt() == FORMAT, "format", root.path("format"), Integer.toString(FORMAT));
            long documents = root.path("documents").asLong();
            require(documents > 0, "documents", root.path("documents"), "at least 1");
            Map<Statistic, Tally> statistics = new EnumMap<>(Statistic.class);
            for (Map.Entry<String, JsonNode> entry : root.path("statistics").properties()) {
                Statistic statistic = Statistic.of(entry.getKey()).orElse(null);
                require(statistic != null, "statistic", entry.getKey(), "one that this version knows");
                statistics.put(statistic, tally(entry.getKey(), entry.getValue()));
            }
            require(statistics.containsKey(Statistic.SCORE), "statistics", statistics.keySet(), "with score");
            return new Reference(documents, statistics);
        } catch (IOException | IllegalArgumentException e) {
            throw new DataException(
                    "Cannot read model/" + FILE + " of run " + run + ": " + reason(e)
                            + "; run ./stillhouse train again with --force",
                    e);
        }
    }

    private static String reason(Exception e) {
        return e instanceof JsonProcessingException ? "it is no JSON" : e.getMessage();
    }

    private static Tally tally(String name, JsonNode node) {
        List<Double> edges = new ArrayList<>();
        for (JsonNode edge : node.path("edges")) {
            require(edge.isNumber(), name + ".edges", edge, "numbers");
            edges.add(edge.doubleValue());
        }
        List<String> categories = new ArrayList<>();
        node.path("categories").forEach(category -> categories.add(category.asText()));
        List<Long> counts = new ArrayList<>();
        for (JsonNode count : node.path("counts")) {
            require(count.canConvertToLong() && count.isIntegralNumber(), name + ".counts", count, "whole numbers");
            counts.add(count.longValue());
        }
        Tally tally = new Tally(new Bins(edges, categories), counts);
        require(tally.total() > 0, name + ".counts", counts, "not all 0");
        return tally;
    }

    private static void require(boolean holds, String noun, Object value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("Invalid " + noun + ": " + value + " (must be " + rule + ")");
        }
    }
}
