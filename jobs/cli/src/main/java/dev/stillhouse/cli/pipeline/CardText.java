package dev.stillhouse.cli.pipeline;

import dev.stillhouse.cli.config.TaskFile;
import dev.stillhouse.reports.record.ModelFigures;
import dev.stillhouse.reports.record.TrainFigures;
import dev.stillhouse.udfs.student.EncoderStudent;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A student's {@code MODEL_CARD.md}: intended use, data, metrics overall and by group, limits, energy, under the headings of M. Mitchell and others, Model Cards for Model Reporting, FAT* 2019, behind the head that Hugging Face's hub reads.
 */
final class CardText {
    private static final int MOST_LABELS = 50;

    private final TaskFile task;
    private final TrainStage.Models models;
    private final TrainFigures figures;
    private final CardLines card = new CardLines();

    CardText(TaskFile task, TrainStage.Models models, TrainFigures figures) {
        this.task = task;
        this.models = models;
        this.figures = figures;
    }

    String markdown() {
        details();
        use();
        data();
        new CardMetrics(card, figures).write();
        limits();
        energy();
        return card.text();
    }

    private void details() {
        card.line(
                "---\npipeline_tag: text-classification\nlibrary_name: onnx\ntags:\n- distillation\n- stillhouse\n---\n");
        card.line("# Student of task " + task.task());
        card.line("");
        card.line((figures.student().kind().startsWith("e") ? "An " : "A ")
                + figures.student().kind() + " "
                + (figures.givesScores()
                        ? "model that gives texts a score"
                        : "text classifier of " + figures.labels().size() + " labels"
                                + (figures.givesSets() ? ", any number of them a text" : ""))
                + ", distilled from a teacher (" + figures.teacher().kind() + "), published by Stillhouse.");
        card.line("");
        card.line("- Input: " + input() + ". Output: " + output());
        card.line("- Size: "
                + CardLines.format(
                        "%,d bytes, %,d weights",
                        models.files().bytes(), models.student().parameters())
                + composition());
        if (!figures.givesScores()) {
            labels();
        }
        if (!figures.thresholds().isEmpty()) {
            card.line("- Thresholds, from which on "
                    + (figures.givesScores() ? "a score is called by a name" : "a document has a label")
                    + ": in `model.json`.");
        }
        card.line("- Provenance: run, seed and fingerprints are in `model.json` and in the file's metadata.");
    }

    private String output() {
        int count = figures.labels().size();
        if (figures.givesScores()) {
            return "`score`, `float[N]`, in the unit of the gold scores.";
        }
        return "`probabilities`, `float[N, " + count + "]`, and "
                + (figures.givesSets() ? "`decisions`, `bool[N, " + count + "]`." : "`label`, `string[N]`.");
    }

    private void labels() {
        card.line("- Labels: "
                + figures.labels().stream()
                        .limit(MOST_LABELS)
                        .map(label -> "`" + CardLines.code(label) + "`")
                        .collect(Collectors.joining(", "))
                + (figures.labels().size() > MOST_LABELS ? " and others: see model.json." : "."));
    }

    private String input() {
        return cut().map(student ->
                        "`input_ids`, `attention_mask` and, where the graph has it, `token_type_ids`, `int64[N, tokens]`, of `tokenizer.json`, at most "
                                + student.maxTokens() + " tokens")
                .orElse("`text`, `string[N]`");
    }

    private String composition() {
        return cut().map(student -> CardLines.format(
                        ": the first %d of the %d layers of encoder %s, and a linear head.%s",
                        student.layer(), student.layers(), CardLines.code(student.encoder()), exits(student)))
                .orElseGet(() -> CardLines.format(
                        " (int8 where there are several for an n-gram or word), %,d n-grams and vectors.",
                        figures.learning().features()));
    }

    private static String exits(EncoderStudent student) {
        return student.exits().isEmpty()
                ? ""
                : student.exits().stream()
                        .map(exit -> CardLines.format("%d (%.0f %%)", exit.layer(), 100 * exit.share()))
                        .collect(Collectors.joining(
                                ", ",
                                " Texts that a shallower layer is sure of leave early, at layer ",
                                " of the documents that it was chosen by."));
    }

    /** The student, where it is cut from an encoder. */
    private Optional<EncoderStudent> cut() {
        return models.student() instanceof EncoderStudent student ? Optional.of(student) : Optional.empty();
    }

    private void use() {
        card.heading("Intended use");
        String what = figures.givesScores()
                ? "A score"
                : figures.givesSets()
                        ? "Any number of labels, each with its probability,"
                        : "One label, with its probability,";
        card.line(what
                + " for each text of the kind that it was trained and judged on, in bulk. Run it with `./stillhouse score` or ONNX Runtime; `./stillhouse try` shows what it says"
                + (cut().isPresent() ? "." : ", and why."));
        card.line("");
        card.line(
                "It is not meant for texts of other kinds or languages than those below, nor to decide about people without a person's look at the cases that it is unsure of.");
    }

    private void data() {
        TrainFigures.Learning learning = figures.learning();
        card.heading("Training data");
        card.line(CardLines.format(
                "%,d documents with gold %s and %,d with the teacher's %s only; %,d of them set aside for early stopping, choice of kind and variant"
                        + (figures.givesScores()
                                ? "."
                                : figures.givesSets() ? ", temperature and thresholds." : ", and temperature."),
                learning.gold(),
                gold(),
                learning.pool(),
                figures.givesScores() ? "scores" : "probabilities",
                learning.select()));
        if (learning.unseenGold() > 0) {
            card.line(CardLines.format(
                    "How sure it is was set by %,d of the gold documents, as students like it see them that learned from neither these documents nor a teacher that had.",
                    learning.unseenGold()));
        }
        card.heading("Evaluation data");
        card.line(CardLines.format(
                "%,d documents with gold %s that no model learned from.", learning.evaluation(), gold()));
    }

    /** What people gave. */
    private String gold() {
        return figures.givesScores() ? "scores" : "labels";
    }

    private void limits() {
        card.heading("Limits");
        if (cut().isPresent()) {
            card.line("- It reads the first " + cut().get().maxTokens()
                    + " tokens of a text, and what its encoder knows of languages.");
            card.line("- Labels it has not seen it cannot give. What decided about a text it cannot show.");
        } else {
            limitsOfNgrams();
        }
        card.line("- It has the teacher's biases, and figures hold for documents like those it was judged on.");
    }

    private void limitsOfNgrams() {
        card.line(
                "- It knows words and n-grams, not their order beyond an n-gram: negation and irony at a distance are lost on it.");
        card.line(
                figures.givesScores()
                        ? "- A text without any word that it knows gets the mean score."
                        : "- A text without any word that it knows gets the labels' base rates. Labels it has not seen it cannot give.");
        card.line("- Only ASCII letters are folded to lower case.");
        card.line("- N-grams that stand in fewer than "
                + task.student().minDocuments()
                + " documents are left out, so that what only few documents say is not in the file.");
    }

    private void energy() {
        Optional<ModelFigures.Speed> speed = figures.student().speed();
        speed.ifPresent(measured -> {
            card.heading("Speed and energy");
            card.line(CardLines.format(
                    "%,.0f documents a second with %d threads on the machine that trained it; %.2f J for a thousand documents, estimated at %.0f W for a busy core. What training took is in the report.",
                    measured.docsPerSecond(),
                    measured.threads(),
                    measured.joules(),
                    task.report().wattsPerCore()));
        });
    }
}
