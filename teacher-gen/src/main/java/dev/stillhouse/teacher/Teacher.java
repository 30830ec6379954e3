package dev.stillhouse.teacher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillhouse.udfs.Sha256;
import dev.stillhouse.udfs.errors.DataException;
import dev.stillhouse.udfs.onnx.Entailment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A teacher that has seen gold, as {@code teacher.json} keeps it: who its members are, and what their outputs mean.
 *
 * @param kind its kind in task files
 * @param members at least one
 * @param mixture their heads
 */
public record Teacher(String kind, List<Member> members, Mixture mixture) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FORMAT = 3;

    public Teacher {
        members = List.copyOf(members);
    }

    /**
     * Where a member's outputs come from.
     *
     * @param kind its kind in task files
     * @param model name or folder of its model, or what else its outputs come from
     * @param precision numeric precision of the model, as in task files; empty where none is run here
     * @param maxTokens longest input in word pieces; 0 where it has no such bound
     * @param windows how many windows of that a text may have
     * @param entailment what a model for inference is asked
     * @param source identity of its outputs
     * @param choice what the gold rows chose, such as a prompt; may be empty
     */
    public record Member(
            String kind,
            String model,
            String precision,
            int maxTokens,
            int windows,
            Entailment entailment,
            String source,
            String choice) {}

    /** What names the teacher in datasets: {@code <kind>-<12 hexadecimal digits>}, those of the SHA-256 of all that its probabilities depend on. Equal identities give equal probabilities. */
    public String identity() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int m = 0; m < members.size(); m++) {
            all.writeBytes((members.get(m).source() + "\n" + mixture.weights().get(m) + "\n")
                    .getBytes(StandardCharsets.UTF_8));
            all.writeBytes(mixture.heads().get(m).toJson());
        }
        all.writeBytes(Double.toString(mixture.temperature()).getBytes(StandardCharsets.UTF_8));
        return kind + "-" + Sha256.hex(all.toByteArray()).substring(0, 12);
    }

    /** The content of {@code teacher.json}: {@code format}, {@code kind}, {@code labels}, {@code temperature} of the pool, and {@code members} with their heads. Equal teachers give equal bytes. */
    public byte[] toJson() {
        ObjectNode root = JSON.createObjectNode();
        root.put("format", FORMAT).put("kind", kind).put("identity", identity());
        ArrayNode labels = root.putArray("labels");
        mixture.labels().forEach(labels::add);
        root.put("temperature", mixture.temperature());
        ArrayNode nodes = root.putArray("members");
        for (int m = 0; m < members.size(); m++) {
            Member member = members.get(m);
            ObjectNode node = nodes.addObject()
                    .put("kind", member.kind())
                    .put("model", member.model())
                    .put("precision", member.precision())
                    .put("max_tokens", member.maxTokens())
                    .put("windows", member.windows())
                    .put("entailment", member.entailment().logit());
            ArrayNode hypotheses = node.putArray("hypotheses");
            member.entailment().hypotheses().forEach(hypotheses::add);
            node.put("source", member.source())
                    .put("choice", member.choice())
                    .put("weight", mixture.weights().get(m))
                    .set("head", mixture.heads().get(m).toTree());
        }
        try {
            return JSON.writeValueAsBytes(root);
        } catch (IOException e) {
            throw new IllegalStateException("Cannot write a teacher as JSON: " + e.getMessage(), e);
        }
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @throws DataException if it is something else
     */
    public static Teacher fromJson(byte[] json) {
        try {
            JsonNode root = JSON.readTree(json);
            if (root.path("format").asInt() != FORMAT) {
                throw new DataException("Cannot read teacher.json: its format is " + root.path("format") + ", expected "
                        + FORMAT + ". Run label again");
            }
            List<Member> members = new ArrayList<>();
            List<Head> heads = new ArrayList<>();
            List<Double> weights = new ArrayList<>();
            for (JsonNode node : root.path("members")) {
                members.add(new Member(
                        node.path("kind").asText(),
                        node.path("model").asText(),
                        node.path("precision").asText(),
                        node.path("max_tokens").asInt(),
                        node.path("windows").asInt(),
                        entailment(node),
                        node.path("source").asText(),
                        node.path("choice").asText()));
                heads.add(Head.fromTree(node.path("head")));
                weights.add(node.path("weight").asDouble());
            }
            return new Teacher(
                    root.path("kind").asText(),
                    members,
                    new Mixture(heads, weights, root.path("temperature").asDouble()));
        } catch (IOException | IllegalArgumentException e) {
            throw new DataException(
                    "Cannot read teacher.json: it is no teacher ("
                            + e.getClass().getSimpleName() + "). Run label again",
                    e);
        }
    }

    private static Entailment entailment(JsonNode node) {
        List<String> hypotheses = new ArrayList<>();
        node.path("hypotheses").forEach(hypothesis -> hypotheses.add(hypothesis.asText()));
        return new Entailment(hypotheses, node.path("entailment").asInt());
    }
}
