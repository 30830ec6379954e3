package dev.stillhouse.cli.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillhouse.cli.config.TaskFile;
import dev.stillhouse.reports.record.ModelFigures;
import dev.stillhouse.reports.record.TrainFigures;
import dev.stillhouse.udfs.student.StudentModel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
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
        root.putObject("thresholds");
        root.putObject("features")
                .put("max_word_ngram", model.features().maxWordNgram())
                .put("min_character_ngram", model.features().minCharacterNgram())
                .put("max_character_ngram", model.features().maxCharacterNgram())
                .put("words", model.words().keys().length)
                .put("characters", model.characters().keys().length);
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
        StringBuilder card = new StringBuilder();
        ModelFigures student = figures.student();
        TrainFigures.Learning learning = figures.learning();
        card.append("# Student of task ").append(task.task()).append("\n\n");
        card.append("A ")
                .append(student.kind())
                .append(" text classifier of ")
                .append(figures.labels().size())
                .append(" labels, distilled from a teacher (")
                .append(figures.teacher().kind())
                .append(").\n\n");
        card.append("- Input: `text`, `string[N]`. Output: `probabilities`, `float[N, ")
                .append(figures.labels().size())
                .append("]`, and `label`, `string[N]`.\n");
        card.append("- Run it with ONNX Runtime, or with `./stillhouse score`.\n\n");
        card.append("## Learned from\n\n");
        card.append(String.format(
                Locale.ROOT,
                "%,d documents with gold labels and %,d with the teacher's probabilities only; %,d of them set aside for early stopping, choice of variant and temperature.%n%n",
                learning.gold(),
                learning.pool(),
                learning.select()));
        card.append("## Judged on\n\n");
        card.append(String.format(
                Locale.ROOT, "%,d documents with gold labels that no model learned from.%n%n", learning.evaluation()));
        card.append("| model | weighted F1 | 95 % interval | ECE | floor |\n|---|---|---|---|---|\n");
        row(card, "teacher", figures.teacher());
        row(card, "student", student);
        row(card, "student, uncompressed", figures.studentFp32());
        row(card, "gold labels alone", figures.baseline());
        card.append(
                "\nECE is the expected calibration error; a model is calibrated where it is not above the floor.\n\n");
        card.append("## Limits\n\n");
        card.append(
                "- It knows n-grams that stood in what it learned from; a text without any gets the labels' base rates.\n");
        card.append("- Only ASCII letters are folded to lower case. Labels it has not seen it cannot give.\n");
        card.append("- Figures hold for documents like those it was judged on.\n");
        return card.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void row(StringBuilder card, String name, ModelFigures model) {
        card.append(String.format(
                Locale.ROOT,
                "| %s | %.4f | %.4f to %.4f | %.4f | %.4f |%n",
                name,
                model.f1Weighted().value(),
                model.f1Weighted().low(),
                model.f1Weighted().high(),
                model.calibration().ece(),
                model.calibration().eceFloor()));
    }
}
