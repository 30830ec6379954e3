package dev.stillhouse.cli.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillhouse.cli.config.TaskFile;
import dev.stillhouse.reports.record.TrainFigures;
import dev.stillhouse.udfs.ProbabilityMap;
import dev.stillhouse.udfs.ThresholdsJson;
import dev.stillhouse.udfs.student.EncoderStudent;
import dev.stillhouse.udfs.student.Student;
import dev.stillhouse.udfs.student.StudentFiles;
import dev.stillhouse.udfs.student.StudentKernel;
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
        Student student = models.student();
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("task", task.task())
                .put("run", run)
                .put("kind", figures.student().kind())
                .put("file", StudentFiles.ONNX)
                .put("bytes", models.files().bytes());
        student.labels().forEach(root.putArray("labels")::add);
        root.put("temperature", student.temperature());
        root.put("link", student.decision().link().key());
        root.set("thresholds", ThresholdsJson.write(student.decision().thresholds()));
        ProbabilityMap map = student.decision().map();
        if (!map.isNone()) {
            ObjectNode knots = root.putObject("probability_map");
            knots.set("from", JSON.valueToTree(map.from()));
            knots.set("to", JSON.valueToTree(map.to()));
        }
        if (student instanceof StudentKernel kernel) {
            features(root, kernel.model());
        } else if (student instanceof EncoderStudent cut) {
            encoder(root, cut);
        }
        ObjectNode provenance = root.putObject("provenance");
        for (Map.Entry<String, String> entry : new TreeMap<>(student.provenance()).entrySet()) {
            provenance.put(entry.getKey(), entry.getValue());
        }
        try {
            return (JSON.writeValueAsString(root) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write model.json", e);
        }
    }

    private static void encoder(ObjectNode root, EncoderStudent cut) {
        ObjectNode encoder = root.putObject("encoder");
        encoder.put("name", cut.encoder())
                .put("layer", cut.layer())
                .put("layers", cut.layers())
                .put("tokenizer", StudentFiles.TOKENIZER)
                .put("max_tokens", cut.maxTokens())
                .put("prefix", cut.prefix())
                .set("exits", JSON.valueToTree(cut.exits()));
    }

    private static void features(ObjectNode root, StudentModel model) {
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
    }

    byte[] markdown() {
        return new CardText(task, models, figures).markdown().getBytes(StandardCharsets.UTF_8);
    }
}
