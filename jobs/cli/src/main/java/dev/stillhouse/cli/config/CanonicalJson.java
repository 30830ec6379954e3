package dev.stillhouse.cli.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillhouse.udfs.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Configuration records as JSON of one form, for fingerprints and provenance: keys in snake_case and sorted, defaults filled in, absent values left out, enum constants
 * as a task file writes them, no white space. Equal records have equal bytes.
 */
public final class CanonicalJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private CanonicalJson() {}

    /** The record as a tree. Throws {@link IllegalStateException} for a record whose components are not keys. */
    public static ObjectNode of(Record record) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        RecordKey.of(record.getClass()).stream()
                .sorted(Comparator.comparing(RecordKey::name))
                .forEach(key -> {
                    Object value = key.in(record);
                    if (!(value instanceof Optional<?> optional && optional.isEmpty())) {
                        node.set(key.name(), node(value));
                    }
                });
        return node;
    }

    /** The tree's canonical bytes in UTF-8; sorted only where the tree came from {@link #of}. */
    public static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write a tree as JSON", e);
        }
    }

    /** SHA-256 of {@link #bytes}, in 64 lower-case hexadecimal digits. */
    public static String sha256(JsonNode node) {
        return Sha256.hex(bytes(node));
    }

    private static JsonNode node(Object value) {
        if (value instanceof Optional<?> optional) {
            return node(optional.orElseThrow());
        }
        if (value instanceof List<?> list) {
            ArrayNode items = JsonNodeFactory.instance.arrayNode();
            list.forEach(item -> items.add(node(item)));
            return items;
        }
        if (value instanceof Map<?, ?> map) {
            return MAPPER.valueToTree(new TreeMap<>(map));
        }
        if (value instanceof Record record) {
            return of(record);
        }
        return value instanceof Enum<?> constant
                ? JsonNodeFactory.instance.textNode(Scalars.name(constant))
                : MAPPER.valueToTree(value instanceof Duration duration ? duration.toString() : value);
    }
}
