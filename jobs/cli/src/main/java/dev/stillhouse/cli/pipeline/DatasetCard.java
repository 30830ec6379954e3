package dev.stillhouse.cli.pipeline;

import dev.stillhouse.cli.config.TaskFile;
import dev.stillhouse.cli.config.TaskKind;
import dev.stillhouse.datasets.source.SourceConfig;
import dev.stillhouse.reports.record.LabelFigures;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is published beside soft labels for people: where they come from, by which teacher, how sure it is, and what is missing. Names no text. */
final class DatasetCard {
    private static final int FEW = 10;

    private final TaskFile task;
    private final String run;
    private final LabelFigures figures;

    /**
     * A card.
     *
     * @param run of the stage label
     */
    DatasetCard(TaskFile task, String run, LabelFigures figures) {
        this.task = task;
        this.run = run;
        this.figures = figures;
    }

    byte[] markdown() {
        StringBuilder card = new StringBuilder();
        card.append("# Soft labels of task ").append(task.task()).append("\n\n");
        card.append(line(
                task.kind() == TaskKind.REGRESS
                        ? "%d score for each of %,d documents, given by a teacher that has learned from %,d gold scores. Run `%s`."
                        : "Probabilities of %,d labels for %,d documents, given by a teacher that has learned from %,d gold labels. Run `%s`.",
                figures.labels().size(),
                figures.documents(),
                figures.gold(),
                run));
        card.append("## Where the documents are from\n\n");
        for (SourceConfig source : task.corpus()) {
            card.append("- ")
                    .append(source.name()
                            .or(source::path)
                            .orElse(source.source().name().toLowerCase(Locale.ROOT)))
                    .append(source.where()
                            .map(where -> ", where `" + where + "`")
                            .orElse(""))
                    .append('\n');
        }
        card.append(
                "\nCurated before they were labelled; the same run's `removed` says what is not there, and why.\n\n");
        teacher(card);
        chosen(card);
        calibration(card);
        gaps(card);
        card.append("## Licences\n\n");
        card.append("- The documents are under the licences of their sources, which this card does not know.\n");
        card.append(
                "- Labels are what a model says; the licence of the model, or the terms of the server, may bound what may be learned from them. all-MiniLM-L6-v2 is under Apache-2.0, bge-small-en-v1.5 and e5-small-v2 under MIT.\n");
        return card.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void teacher(StringBuilder card) {
        card.append("## By which teacher\n\n");
        card.append(line("`%s`, kind %s.", figures.teacher(), figures.kind()));
        card.append(
                "| member | model | precision | longest input | weight | temperature |\n|---|---|---|--:|--:|--:|\n");
        for (LabelFigures.Member member : figures.members()) {
            card.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | %.2f | %.3f |%n",
                    member.kind(),
                    member.model(),
                    member.precision().orElse(""),
                    member.maxTokens().map(most -> most + " tokens").orElse(""),
                    member.weight(),
                    member.temperature()));
        }
        card.append('\n');
        if (!figures.choice().isEmpty()) {
            card.append(line("Chosen by the gold labels: %s.", figures.choice()));
        }
    }

    private void chosen(StringBuilder card) {
        figures.chosen()
                .ifPresent(chosen -> card.append(line(
                        "Of %,d texts %,d were labelled besides the gold ones, chosen by `%s`. Where the column `representative` is false a document was chosen for what it is, so that shares counted over all documents are not those of the corpus.",
                        chosen.of(), chosen.texts(), chosen.by())));
    }

    private void calibration(StringBuilder card) {
        card.append("## How sure it is\n\n");
        figures.unseen()
                .ifPresentOrElse(
                        unseen -> card.append(line(
                                "On %,d gold documents that it had not learned from it finds the label of %.1f %%. The calibration error of its first label is %.3f, and %.3f is what chance alone makes; the Brier score is %.3f, the mean negative log-likelihood %.3f.",
                                unseen.rows(),
                                100 * unseen.accuracy(),
                                unseen.after().ece(),
                                unseen.after().eceFloor(),
                                unseen.after().brier(),
                                unseen.after().loss())),
                        () -> card.append(line(figures.unseenScores()
                                .map(unseen -> String.format(
                                        Locale.ROOT,
                                        "On %,d gold documents that it had not learned from its scores have a rank correlation of %.3f with gold, and a mean error of %.3f.",
                                        unseen.rows(),
                                        unseen.spearman(),
                                        unseen.mae()))
                                .orElse("There were too few gold documents to tell."))));
    }

    private void gaps(StringBuilder card) {
        card.append("## Known gaps\n\n");
        figures.rejectedByReason()
                .forEach((reason, documents) -> card.append(
                        String.format(Locale.ROOT, "- %,d documents have no label: `%s`.%n", documents, reason)));
        if (task.kind() != TaskKind.REGRESS) {
            rare(card);
        }
        card.append("- What is beyond a member's longest input it has not read.\n");
        if (task.kind() != TaskKind.REGRESS) {
            byLabel(card);
        }
    }

    private void rare(StringBuilder card) {
        List<String> few = figures.labels().stream()
                .filter(label -> figures.goldByLabel().getOrDefault(label, 0L) < FEW)
                .toList();
        if (!few.isEmpty()) {
            card.append(String.format(
                    Locale.ROOT,
                    "- %,d labels have fewer than %d gold documents: %s.%n",
                    few.size(),
                    FEW,
                    String.join(", ", few)));
        }
        List<String> never = figures.labels().stream()
                .filter(label -> !figures.byLabel().containsKey(label))
                .toList();
        if (!never.isEmpty()) {
            card.append(String.format(
                    Locale.ROOT,
                    "- %,d labels are given to no document: %s.%n",
                    never.size(),
                    String.join(", ", never)));
        }
    }

    private void byLabel(StringBuilder card) {
        boolean sets = task.kind() == TaskKind.MULTILABEL;
        card.append("- Another label than these cannot be given, and each document has ")
                .append(sets ? "any number of them.\n\n" : "exactly one.\n\n");
        card.append(sets ? "| label | given to |\n|---|--:|\n" : "| label | most probable of |\n|---|--:|\n");
        for (Map.Entry<String, Long> label : figures.byLabel().entrySet()) {
            card.append(String.format(Locale.ROOT, "| %s | %,d |%n", label.getKey(), label.getValue()));
        }
        card.append('\n');
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values) + "\n\n";
    }
}
