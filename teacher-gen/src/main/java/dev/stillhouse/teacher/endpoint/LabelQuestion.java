package dev.stillhouse.teacher.endpoint;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillhouse.datasets.schema.ModelOutputs;
import dev.stillhouse.teacher.endpoint.EndpointConfig.Answer;
import java.util.List;
import org.apache.spark.sql.types.StructType;

/**
 * Which of some labels a text has.
 *
 * @param model the model, as the server calls it
 * @param prompt with {@code {labels}} and {@code {text}}
 * @param labels the labels that may be answered
 * @param described what stands for {@code {labels}}
 * @param answer what an answer must be
 * @param logProbabilities whether log-probabilities are asked for
 * @param maxCharacters characters of a text that are sent
 */
public record LabelQuestion(
        String model,
        String prompt,
        List<String> labels,
        String described,
        Answer answer,
        boolean logProbabilities,
        int maxCharacters)
        implements Question {
    /** Where the task names none. */
    public static final String PROMPT =
            "Which one of these labels fits the text best?\n{labels}\n\nText: {text}\n\nAnswer with the label.";

    private static final int TOP = 20;

    public LabelQuestion {
        labels = List.copyOf(labels);
    }

    @Override
    public String about(String text) {
        return Prompt.of(prompt, EndpointConfig.LABELS, described, maxCharacters)
                .about(text);
    }

    /** As many as a label's bytes at most. */
    @Override
    public int maxTokens(String text) {
        return 24 + 2 * labels.stream().mapToInt(String::length).max().orElse(0);
    }

    @Override
    public String essence() {
        return String.join(
                "\n",
                model,
                prompt,
                labels.toString(),
                described,
                answer.name(),
                Boolean.toString(logProbabilities),
                Integer.toString(maxCharacters));
    }

    @Override
    public StructType outputs() {
        return ModelOutputs.SCHEMA;
    }

    @Override
    public String asksFor() {
        return "answer: " + (answer == Answer.TEXT ? "text" : "json-schema")
                + (logProbabilities ? " and log_probabilities: true" : "");
    }

    @Override
    public void shape(ObjectNode request) {
        if (logProbabilities) {
            request.put("logprobs", true).put("top_logprobs", TOP);
        }
        if (answer == Answer.JSON_SCHEMA) {
            ObjectNode format = request.putObject("response_format").put("type", "json_schema");
            ObjectNode schema = format.putObject("json_schema")
                    .put("name", "label")
                    .put("strict", true)
                    .putObject("schema");
            schema.put("type", "object")
                    .put("additionalProperties", false)
                    .putArray("required")
                    .add("label");
            ArrayNode values = schema.putObject("properties")
                    .putObject("label")
                    .put("type", "string")
                    .putArray("enum");
            labels.forEach(values::add);
        }
    }
}
