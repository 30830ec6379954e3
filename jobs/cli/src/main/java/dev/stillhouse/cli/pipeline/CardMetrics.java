package dev.stillhouse.cli.pipeline;

import dev.stillhouse.reports.record.Interval;
import dev.stillhouse.reports.record.ModelFigures;
import dev.stillhouse.reports.record.TrainFigures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a model card says of how a student does: overall, out of scope, and by group. */
final class CardMetrics {
    private final CardLines card;
    private final TrainFigures figures;

    CardMetrics(CardLines card, TrainFigures figures) {
        this.card = card;
        this.figures = figures;
    }

    void write() {
        metrics();
        groups();
    }

    private void metrics() {
        card.heading("Metrics");
        if (figures.givesScores()) {
            scoreMetrics();
        } else {
            labelMetrics();
        }
        figures.student()
                .retained()
                .ifPresent(retained -> card.line(CardLines.format(
                        "%nIt keeps %.1f %% of the teacher's %s.",
                        100 * retained, figures.givesScores() ? "rank correlation" : "F1")));
        figures.outOfScope()
                .ifPresent(scope -> card.line(CardLines.format(
                        "%nOut of scope: on %,d documents of no label, the area under the ROC curve of its confidence is %.3f%s.",
                        scope.documents(),
                        scope.student(),
                        scope.teacher()
                                .map(teacher -> CardLines.format(" (the teacher's %.3f)", teacher))
                                .orElse(""))));
    }

    private void labelMetrics() {
        card.line(
                "Weighted F1 and "
                        + (figures.givesSets() ? "share of documents whose labels are all right" : "accuracy")
                        + " with 95 % intervals by bootstrap. ECE is the expected calibration error; a model is calibrated where it is not above the floor, what chance does to a perfect one.");
        card.line("");
        card.line("| model | weighted F1 | 95 % interval | macro F1 |"
                + (figures.givesSets() ? " micro F1 | all right |" : " accuracy |")
                + " ECE | floor | Brier | log loss |");
        card.line("|---|---|---|---|---|---|---|---|---|" + (figures.givesSets() ? "---|" : ""));
        models().forEach((name, model) -> model.labels().ifPresent(labels -> row(name, labels)));
    }

    private void row(String name, ModelFigures.Labels model) {
        card.line(CardLines.format(
                "| %s | %.4f | %s | %.4f |%s %.4f | %.4f | %.4f | %.4f | %.4f |",
                name,
                model.f1Weighted().value(),
                range(model.f1Weighted()),
                model.f1Macro(),
                model.f1Micro()
                        .map(micro -> CardLines.format(" %.4f |", micro.value()))
                        .orElse(""),
                model.accuracy().value(),
                model.calibration().ece(),
                model.calibration().eceFloor(),
                model.calibration().brier(),
                model.calibration().loss()));
    }

    private void scoreMetrics() {
        card.line(
                "Spearman's rank correlation with gold and mean error, with 95 % intervals by bootstrap; errors are in the unit of the gold scores.");
        card.line("");
        card.line("| model | correlation | 95 % interval | mean error | 95 % interval | root mean square |");
        card.line("|---|---|---|---|---|---|");
        models().forEach((name, model) -> model.scores()
                .ifPresent(scores -> card.line(CardLines.format(
                        "| %s | %.4f | %s | %.4f | %s | %.4f |",
                        name,
                        scores.spearman().value(),
                        range(scores.spearman()),
                        scores.mae().value(),
                        range(scores.mae()),
                        scores.rmse()))));
        figures.student().scores().ifPresent(scores -> scores.f1At()
                .forEach((name, f1) -> card.line(CardLines.format(
                        "%nF1 of being at or above `%s` (%s): %.4f.",
                        CardLines.code(name), figures.thresholds().get(name), f1))));
    }

    private Map<String, ModelFigures> models() {
        Map<String, ModelFigures> models = new LinkedHashMap<>();
        models.put("teacher", figures.teacher());
        models.put("student", figures.student());
        models.put("student, uncompressed", figures.studentFp32());
        models.put("gold " + (figures.givesScores() ? "scores" : "labels") + " alone", figures.baseline());
        return models;
    }

    private void groups() {
        List<TrainFigures.Slice> slices = figures.slices();
        if (!slices.isEmpty()) {
            card.heading("Metrics by group");
            card.line("| group by | value | documents | student F1 | 95 % interval | teacher F1 | ECE | floor |");
            card.line("|---|---|---|---|---|---|---|---|");
        }
        for (TrainFigures.Slice slice : slices) {
            card.line(CardLines.format(
                    "| %s | %s | %,d | %.4f | %s | %.4f | %.4f | %.4f |",
                    CardLines.code(slice.slice()),
                    CardLines.code(slice.value()),
                    slice.documents(),
                    slice.studentF1().value(),
                    range(slice.studentF1()),
                    slice.teacherF1().value(),
                    slice.ece(),
                    slice.eceFloor()));
        }
        scoreGroups();
        for (TrainFigures.RateGap gap : figures.gaps()) {
            card.line(CardLines.format(
                    "%n- `%s` is given to %.1f %% of `%s` and to %.1f %% of `%s`; by the gold labels the first have it %.1f points %s often.",
                    CardLines.code(gap.label()),
                    100 * gap.mostRate(),
                    CardLines.code(gap.most()),
                    100 * gap.leastRate(),
                    CardLines.code(gap.least()),
                    Math.abs(100 * gap.goldDifference()),
                    gap.goldDifference() < 0 ? "less" : "more"));
        }
    }

    private void scoreGroups() {
        if (!figures.scoreSlices().isEmpty()) {
            card.heading("Metrics by group");
            card.line("| group by | value | documents | student error | 95 % interval | teacher error |");
            card.line("|---|---|---|---|---|---|");
        }
        for (TrainFigures.ScoreSlice slice : figures.scoreSlices()) {
            card.line(CardLines.format(
                    "| %s | %s | %,d | %.4f | %s | %.4f |",
                    CardLines.code(slice.slice()),
                    CardLines.code(slice.value()),
                    slice.documents(),
                    slice.studentMae().value(),
                    range(slice.studentMae()),
                    slice.teacherMae().value()));
        }
    }

    private static String range(Interval interval) {
        return CardLines.format("%.4f to %.4f", interval.low(), interval.high());
    }
}
