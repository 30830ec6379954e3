package dev.stillhouse.cli.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillhouse.cli.config.TaskFile;
import dev.stillhouse.reports.record.TrainFigures;
import dev.stillhouse.udfs.student.StudentModel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** What is published beside a student: {@code model.json} for programs and {@code MODEL_CARD.md} for people. */
final class ModelCard {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final TaskFile task;
    private final TrainStage.Models models;
    private final TrainFigures figures;

    ModelCard(TaskFile task, TrainStage.Models models, TrainFigures figures) {
        this.task = task;
        this.models = models;
        this.figures = figures;
    }

    byte[] json(String run) {
        StudentModel model = models.student().model();
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("task", task.task())
                .put("run", run)
                .put("kind", figures.student().kind())
                .put("file", "student.onnx")
                .put("bytes", models.file().length);
        model.labels().forEach(root.putArray("labels")::add);
        root.put("temperature", model.temperature());
        root.put("link", model.decision().link().key());
        ObjectNode thresholds = root.putObject("thresholds");
        new TreeMap<>(model.decision().thresholds()).forEach(thresholds::put);
        root.putObject("features")
                .put("max_word_ngram", model.features().maxWordNgram())
                .put("min_character_ngram", model.features().minCharacterNgram())
                .put("max_character_ngram", model.features().maxCharacterNgram())
                .put("words", model.words().keys().length)
                .put("characters", model.characters().keys().length)
                .put("vectors", model.vectors().entries().keys().length)
                .put(
                        "vector_dimensions",
                        model.vectors().isEmpty() ? 0 : model.vectors().dimensions());
        ObjectNode provenance = root.putObject("provenance");
        for (Map.Entry<String, String> entry : new TreeMap<>(model.metadata()).entrySet()) {
            provenance.put(entry.getKey(), entry.getValue());
        }
        try {
            return (JSON.writeValueAsString(root) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write model.json", e);
        }
    }

    byte[] markdown() {
        return new CardText(task, models, figures).markdown().getBytes(StandardCharsets.UTF_8);
    }
}
