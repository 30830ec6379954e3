package dev.stillhouse.cli.pipeline;

import dev.stillhouse.cli.config.TaskFile;
import dev.stillhouse.reports.record.Interval;
import dev.stillhouse.reports.record.ModelFigures;
import dev.stillhouse.reports.record.TrainFigures;
import dev.stillhouse.udfs.student.EncoderStudent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
    private final StringBuilder card = new StringBuilder();

    CardText(TaskFile task, TrainStage.Models models, TrainFigures figures) {
        this.task = task;
        this.models = models;
        this.figures = figures;
    }

    String markdown() {
        details();
        use();
        data();
        metrics();
        groups();
        limits();
        energy();
        return card.toString();
    }

    private void details() {
        line("---\npipeline_tag: text-classification\nlibrary_name: onnx\ntags:\n- distillation\n- stillhouse\n---\n");
        line("# Student of task " + task.task());
        line("");
        line("A " + figures.student().kind() + " "
                + (figures.givesScores()
                        ? "model that gives texts a score"
                        : "text classifier of " + figures.labels().size() + " labels"
                                + (figures.givesSets() ? ", any number of them a text" : ""))
                + ", distilled from a teacher (" + figures.teacher().kind() + "), published by Stillhouse.");
        line("");
        line("- Input: " + input() + ". Output: " + output());
        line("- Size: "
                + format(
                        "%,d bytes, %,d weights",
                        models.files().bytes(), models.student().parameters())
                + composition());
        if (!figures.givesScores()) {
            labels();
        }
        if (!figures.thresholds().isEmpty()) {
            line("- Thresholds, from which on "
                    + (figures.givesScores() ? "a score is called by a name" : "a document has a label")
                    + ": in `model.json`.");
        }
        line("- Provenance: run, seed and fingerprints are in `model.json` and in the file's metadata.");
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
        line("- Labels: "
                + figures.labels().stream()
                        .limit(MOST_LABELS)
                        .map(label -> "`" + code(label) + "`")
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
        return cut().map(student -> format(
                        ": layers 1 to %d of the %d of encoder %s, and a linear head.%s",
                        student.layer(), student.layers(), code(student.encoder()), exits(student)))
                .orElseGet(() -> format(
                        " (int8 where there are several for an n-gram or word), %,d n-grams and vectors.",
                        figures.learning().features()));
    }

    private static String exits(EncoderStudent student) {
        return student.exits().isEmpty()
                ? ""
                : student.exits().stream()
                        .map(exit -> format("%d (%.0f %%)", exit.layer(), 100 * exit.share()))
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
        heading("Intended use");
        String what = figures.givesScores()
                ? "A score"
                : figures.givesSets()
                        ? "Any number of labels, each with its probability,"
                        : "One label, with its probability,";
        line(what
                + " for each text of the kind that it was trained and judged on, in bulk. Run it with `./stillhouse score` or ONNX Runtime; `./stillhouse try` shows what it says"
                + (cut().isPresent() ? "." : ", and why."));
        line("");
        line(
                "It is not meant for texts of other kinds or languages than those below, nor to decide about people without a person's look at the cases that it is unsure of.");
    }

    private void data() {
        TrainFigures.Learning learning = figures.learning();
        heading("Training data");
        line(format(
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
            line(format(
                    "How sure it is was set by %,d of the gold documents, as students like it see them that learned from neither these documents nor a teacher that had.",
                    learning.unseenGold()));
        }
        heading("Evaluation data");
        line(format("%,d documents with gold %s that no model learned from.", learning.evaluation(), gold()));
    }

    /** What people gave. */
    private String gold() {
        return figures.givesScores() ? "scores" : "labels";
    }

    private void metrics() {
        heading("Metrics");
        if (figures.givesScores()) {
            scoreMetrics();
        } else {
            labelMetrics();
        }
        figures.student()
                .retained()
                .ifPresent(retained -> line(format(
                        "%nIt keeps %.1f %% of the teacher's %s.",
                        100 * retained, figures.givesScores() ? "rank correlation" : "F1")));
        figures.outOfScope()
                .ifPresent(scope -> line(format(
                        "%nOut of scope: on %,d documents of no label, the area under the ROC curve of its confidence is %.3f%s.",
                        scope.documents(),
                        scope.student(),
                        scope.teacher()
                                .map(teacher -> format(" (the teacher's %.3f)", teacher))
                                .orElse(""))));
    }

    private void labelMetrics() {
        line(
                "Weighted F1 and "
                        + (figures.givesSets() ? "share of documents whose labels are all right" : "accuracy")
                        + " with 95 % intervals by bootstrap. ECE is the expected calibration error; a model is calibrated where it is not above the floor, what chance does to a perfect one.");
        line("");
        line("| model | weighted F1 | 95 % interval | macro F1 |"
                + (figures.givesSets() ? " micro F1 | all right |" : " accuracy |")
                + " ECE | floor | Brier | log loss |");
        line("|---|---|---|---|---|---|---|---|---|" + (figures.givesSets() ? "---|" : ""));
        models().forEach((name, model) -> model.labels().ifPresent(labels -> row(name, labels)));
    }

    private void row(String name, ModelFigures.Labels model) {
        line(format(
                "| %s | %.4f | %s | %.4f |%s %.4f | %.4f | %.4f | %.4f | %.4f |",
                name,
                model.f1Weighted().value(),
                range(model.f1Weighted()),
                model.f1Macro(),
                model.f1Micro().map(micro -> format(" %.4f |", micro.value())).orElse(""),
                model.accuracy().value(),
                model.calibration().ece(),
                model.calibration().eceFloor(),
                model.calibration().brier(),
                model.calibration().loss()));
    }

    private void scoreMetrics() {
        line(
                "Spearman's rank correlation with gold and mean error, with 95 % intervals by bootstrap; errors are in the unit of the gold scores.");
        line("");
        line("| model | correlation | 95 % interval | mean error | 95 % interval | root mean square |");
        line("|---|---|---|---|---|---|");
        models().forEach((name, model) -> model.scores()
                .ifPresent(scores -> line(format(
                        "| %s | %.4f | %s | %.4f | %s | %.4f |",
                        name,
                        scores.spearman().value(),
                        range(scores.spearman()),
                        scores.mae().value(),
                        range(scores.mae()),
                        scores.rmse()))));
        figures.student().scores().ifPresent(scores -> scores.f1At()
                .forEach((name, f1) -> line(format(
                        "%nF1 of being at or above `%s` (%s): %.4f.",
                        code(name), figures.thresholds().get(name), f1))));
    }

    private Map<String, ModelFigures> models() {
        Map<String, ModelFigures> models = new LinkedHashMap<>();
        models.put("teacher", figures.teacher());
        models.put("student", figures.student());
        models.put("student, uncompressed", figures.studentFp32());
        models.put("gold " + gold() + " alone", figures.baseline());
        return models;
    }

    private void groups() {
        List<TrainFigures.Slice> slices = figures.slices();
        if (!slices.isEmpty()) {
            heading("Metrics by group");
            line("| group by | value | documents | student F1 | 95 % interval | teacher F1 | ECE | floor |");
            line("|---|---|---|---|---|---|---|---|");
        }
        for (TrainFigures.Slice slice : slices) {
            line(format(
                    "| %s | %s | %,d | %.4f | %s | %.4f | %.4f | %.4f |",
                    code(slice.slice()),
                    code(slice.value()),
                    slice.documents(),
                    slice.studentF1().value(),
                    range(slice.studentF1()),
                    slice.teacherF1().value(),
                    slice.ece(),
                    slice.eceFloor()));
        }
        scoreGroups();
        for (TrainFigures.RateGap gap : figures.gaps()) {
            line(format(
                    "%n- `%s` is given to %.1f %% of `%s` and to %.1f %% of `%s`; of the difference, %.1f points are in the gold labels too.",
                    code(gap.label()),
                    100 * gap.mostRate(),
                    code(gap.most()),
                    100 * gap.leastRate(),
                    code(gap.least()),
                    100 * gap.goldDifference()));
        }
    }

    private void scoreGroups() {
        if (!figures.scoreSlices().isEmpty()) {
            heading("Metrics by group");
            line("| group by | value | documents | student error | 95 % interval | teacher error |");
            line("|---|---|---|---|---|---|");
        }
        for (TrainFigures.ScoreSlice slice : figures.scoreSlices()) {
            line(format(
                    "| %s | %s | %,d | %.4f | %s | %.4f |",
                    code(slice.slice()),
                    code(slice.value()),
                    slice.documents(),
                    slice.studentMae().value(),
                    range(slice.studentMae()),
                    slice.teacherMae().value()));
        }
    }

    private void limits() {
        heading("Limits");
        if (cut().isPresent()) {
            line("- It reads the first " + cut().get().maxTokens()
                    + " tokens of a text, and what its encoder knows of languages.");
            line("- Labels it has not seen it cannot give. What decided about a text it cannot show.");
        } else {
            limitsOfNgrams();
        }
        line("- It has the teacher's biases, and figures hold for documents like those it was judged on.");
    }

    private void limitsOfNgrams() {
        line(
                "- It knows words and n-grams, not their order beyond an n-gram: negation and irony at a distance are lost on it.");
        line(
                figures.givesScores()
                        ? "- A text without any word that it knows gets the mean score."
                        : "- A text without any word that it knows gets the labels' base rates. Labels it has not seen it cannot give.");
        line("- Only ASCII letters are folded to lower case.");
        line("- N-grams that stand in fewer than "
                + task.student().minDocuments()
                + " documents are left out, so that what only few documents say is not in the file.");
    }

    private void energy() {
        Optional<ModelFigures.Speed> speed = figures.student().speed();
        speed.ifPresent(measured -> {
            heading("Speed and energy");
            line(format(
                    "%,.0f documents a second with %d threads on the machine that trained it; %.2f J for a thousand documents, estimated at %.0f W for a busy core. What training took is in the report.",
                    measured.docsPerSecond(),
                    measured.threads(),
                    measured.joules(),
                    task.report().wattsPerCore()));
        });
    }

    private static String range(Interval interval) {
        return format("%.4f to %.4f", interval.low(), interval.high());
    }

    /** A name as text of a table: a label may hold what Markdown or HTML would act on. */
    private static String code(String name) {
        return name.replaceAll("[|`<>\\r\\n]", " ");
    }

    private void heading(String name) {
        line("\n## " + name + "\n");
    }

    private void line(String text) {
        card.append(text).append('\n');
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
