package dev.stillhouse.cli.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillhouse.cli.config.TaskFile;
import dev.stillhouse.reports.record.SummaryFigures;
import dev.stillhouse.udfs.student.StudentFiles;
import dev.stillhouse.udfs.summary.SalienceFeature;
import dev.stillhouse.udfs.summary.SalienceModel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** What is published beside a student of summaries: {@code model.json} for programs and {@code MODEL_CARD.md} for people. */
final class SummaryCard {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final TaskFile task;
    private final SalienceModel model;
    private final SummaryFigures figures;

    SummaryCard(TaskFile task, SalienceModel model, SummaryFigures figures) {
        this.task = task;
        this.model = model;
        this.figures = figures;
    }

    byte[] json(String run) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("task", task.task())
                .put("run", run)
                .put("kind", "summarize")
                .put("file", StudentFiles.ONNX)
                .put("bytes", figures.bytes())
                .put("budget", figures.budget())
                .put("temperature", model.temperature())
                .put("redundancy", model.redundancy())
                .put("words", model.cues().words().keys().length);
        ArrayNode features = root.putArray("features");
        for (SalienceFeature feature : SalienceFeature.values()) {
            features.addObject().put("name", feature.key()).put("meaning", feature.meaning());
        }
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
        CardLines card = new CardLines();
        card.line("# " + CardLines.code(task.task()) + "\n");
        card.line("A model that says how much each sentence of a document says, to choose summaries of "
                + figures.budget() + " by. A summary is made of sentences of its document; nothing is invented.");
        card.heading("Intended use");
        card.line(
                "Summaries of documents like those it learned from: "
                        + (figures.learning().fit() + figures.learning().select())
                        + " documents, of which the teacher told which sentences matter. Of documents of another kind or language places and lengths of sentences say other things, and its words nothing: learn again.");
        quality(card);
        slices(card);
        card.heading("Limits");
        card.line(
                "What a sentence refers to may stand in one that was not chosen. What is not said in one sentence is in no summary. ROUGE counts words in common and does not tell whether a summary is true to its document as a whole.");
        card.heading("Files");
        card.line(
                "`student.onnx` takes `text` (sentences) and `features` and gives `salience`; `model.json` names the features. See docs/summaries.md.");
        return card.text().getBytes(StandardCharsets.UTF_8);
    }

    private void quality(CardLines card) {
        card.heading("Quality");
        card.line("ROUGE F1 in percent on " + figures.learning().evaluation() + " evaluation documents, against "
                + (figures.judgedBy().equals("reference")
                        ? "summaries that people wrote"
                        : "the teacher's own summaries")
                + ", with 95 % intervals of the first.\n");
        card.line("| | ROUGE-1 | | ROUGE-2 | ROUGE-L | ROUGE-Lsum | words |\n|---|--:|---|--:|--:|--:|--:|");
        figures.systems()
                .forEach((name, system) -> card.line(CardLines.format(
                        "| %s | %.1f | %.1f to %.1f | %.1f | %.1f | %.1f | %.0f |",
                        name,
                        system.rouge1().value(),
                        system.rouge1().low(),
                        system.rouge1().high(),
                        system.rouge2().value(),
                        system.rougeL().value(),
                        system.rougeLsum().value(),
                        system.words())));
        card.line(CardLines.format(
                "\nThe student keeps %.1f %% of the teacher's ROUGE and chooses its sentences with an F1 of %.2f. Salience is off what the teacher gives by %.3f on average, over fifteen bins.",
                100 * figures.retained(),
                figures.agreement().value(),
                figures.calibration().error()));
    }

    private void slices(CardLines card) {
        if (figures.slices().isEmpty()) {
            return;
        }
        card.heading("By group");
        card.line("| slice | group | documents | ROUGE-1 | ROUGE-2 | ROUGE-Lsum |\n|---|---|--:|--:|--:|--:|");
        figures.slices()
                .forEach(slice -> card.line(CardLines.format(
                        "| %s | %s | %d | %.1f | %.1f | %.1f |",
                        CardLines.code(slice.slice()),
                        CardLines.code(slice.value()),
                        slice.documents(),
                        slice.studentRouge1().value(),
                        slice.studentRouge2().value(),
                        slice.studentRougeLsum().value())));
    }
}
