package dev.stillhouse.cli.config;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * YAML text to untyped values. Only SnakeYAML's composer runs, never its constructors, so no tag can make an object. Aliases share their anchor's value instead of
 * copying it; depth and length are bounded.
 */
final class YamlReader {
    /** Longest text that is read, in characters. */
    static final int LONGEST = 1_000_000;

    private static final int DEEPEST = 50;
    private static final String GLOBAL_TAG = "Global tag is not allowed: ";
    private static final Set<Tag> PLAIN_TAGS =
            Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.TIMESTAMP, Tag.MERGE, Tag.MAP, Tag.SEQ);

    private final Problems problems;
    private final Optional<String> place;
    private final IdentityHashMap<Node, YamlValue> read = new IdentityHashMap<>();
    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());

    private YamlReader(Problems problems, Optional<String> place) {
        this.problems = problems;
        this.place = place;
    }

    /**
     * Reads one document.
     *
     * @param place where the text stands, for messages; without it, lines of the text
     * @return the document, or empty where there is none or it cannot be parsed; the latter is told to {@code problems}
     */
    static Optional<YamlValue> read(String text, Optional<String> place, Problems problems) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LONGEST);
        options.setNestingDepthLimit(DEEPEST);
        try {
            Node root = new Yaml(options).compose(new StringReader(text));
            return Optional.ofNullable(root).map(new YamlReader(problems, place)::value);
        } catch (MarkedYAMLException e) {
            String where = place.orElseGet(() -> e.getProblemMark() == null
                    ? ""
                    : "line " + (e.getProblemMark().getLine() + 1));
            problems.add(where, message(e));
        } catch (ReaderException e) {
            problems.add(
                    place.orElse(""),
                    "Invalid YAML: it holds the character U+%04X (must be text)".formatted(e.getCodePoint()));
        } catch (YAMLException e) {
            problems.add(place.orElse(""), "Invalid YAML: " + firstLine(e.getMessage()));
        }
        return Optional.empty();
    }

    private static String message(MarkedYAMLException e) {
        String problem = firstLine(e.getProblem());
        return problem.startsWith(GLOBAL_TAG)
                ? refusedTag(problem.substring(GLOBAL_TAG.length()))
                : "Invalid YAML: " + reason(problem);
    }

    private static String refusedTag(String tag) {
        return "Invalid YAML tag: " + tag + " (must be absent: keys know their types)";
    }

    private static String reason(String problem) {
        if (problem.contains("\\t")) {
            return "a tab where a value or key should begin (must be spaces)";
        }
        if (problem.contains("another document")) {
            return "a second document begins (must be one document)";
        }
        return problem;
    }

    private static String firstLine(@Nullable String message) {
        return message == null
                ? "it cannot be parsed"
                : message.lines().findFirst().orElse("it cannot be parsed").strip();
    }

    private YamlValue value(Node node) {
        YamlValue known = read.get(node);
        if (known != null) {
            return known;
        }
        if (!open.add(node)) {
            problems.add(placeOf(node), "Invalid YAML alias: it stands inside its own anchor (must be outside)");
            return new YamlValue.Nothing(placeOf(node));
        }
        YamlValue value = convert(node);
        read.put(node, value);
        return value;
    }

    private YamlValue convert(Node node) {
        String where = placeOf(node);
        if (!PLAIN_TAGS.contains(node.getTag())) {
            problems.add(where, refusedTag(node.getTag().getValue()));
        }
        if (node instanceof MappingNode mapping) {
            return new YamlValue.Mapping(entries(mapping), where);
        }
        if (node instanceof SequenceNode sequence) {
            List<YamlValue> items = new ArrayList<>();
            sequence.getValue().forEach(item -> items.add(value(item)));
            return new YamlValue.Sequence(items, where);
        }
        ScalarNode scalar = (ScalarNode) node;
        return scalar.getTag().equals(Tag.NULL)
                ? new YamlValue.Nothing(where)
                : new YamlValue.Scalar(scalar.getValue(), where);
    }

    private Map<String, YamlValue> entries(MappingNode mapping) {
        Map<String, YamlValue> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(placeOf(tuple.getKeyNode()), "Invalid key: a list or section (must be a name)");
                continue;
            }
            YamlValue value = value(tuple.getValueNode());
            if (entries.putIfAbsent(key.getValue(), value) != null) {
                problems.add(
                        placeOf(key),
                        "Invalid key: " + key.getValue() + " stands twice (must stand once; first at "
                                + entries.get(key.getValue()).place() + ")");
            }
        }
        return entries;
    }

    private String placeOf(Node node) {
        return place.orElseGet(() -> "line " + (node.getStartMark().getLine() + 1));
    }
}
