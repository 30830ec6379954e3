package dev.stillhouse.reports;

import static dev.stillhouse.reports.ReportJson.interval;
import static dev.stillhouse.reports.ReportJson.number;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillhouse.reports.record.ModelFigures;
import dev.stillhouse.reports.record.TrainFigures;
import java.util.Optional;
import java.util.TreeMap;

/** What {@code report.json} says of teacher and student. */
final class TrainJson {
    private TrainJson() {}

    /** The figures of models, targets and differences, as sections of the report. */
    static void write(ObjectNode root, TrainFigures figures) {
        ObjectNode teacher = root.putObject("teacher");
        model(teacher, figures.teacher());
        number(teacher, "out_of_scope_auroc", figures.outOfScope().flatMap(TrainFigures.OutOfScope::teacher));
        ObjectNode student = root.putObject("student");
        model(student, figures.student());
        student.put("unseen_gold", figures.learning().unseenGold());
        ObjectNode thresholds = student.putObject("thresholds");
        figures.thresholds().forEach((name, value) -> number(thresholds, name, value));
        byLabel(student.putArray("by_label"), figures);
        ladder(student.putArray("ladder"), figures);
        curve(student.putArray("learning_curve"), figures);
        ArrayNode slices = student.putArray("slices");
        slices(slices, figures);
        scoreSlices(slices, figures);
        gaps(student.putArray("rate_gaps"), figures);
        number(student, "out_of_scope_auroc", figures.outOfScope().map(TrainFigures.OutOfScope::student));
        model(root.putObject("student_fp32"), figures.studentFp32());
        model(root.putObject("baseline"), figures.baseline());
        ArrayNode targets = root.putArray("targets");
        for (TrainFigures.Target target : figures.targets()) {
            ObjectNode node = targets.addObject();
            node.put("name", target.name());
            node.put("demand", target.demand());
            number(node, "reached", target.reached());
            node.put("met", target.met());
        }
        ArrayNode differences = root.putArray("differences");
        for (TrainFigures.Difference difference : figures.differences()) {
            ObjectNode node = differences.addObject();
            node.put("left", difference.left());
            node.put("right", difference.right());
            interval(node, figures.givesScores() ? "spearman" : "f1_weighted", Optional.of(difference.headline()));
        }
    }

    private static void model(ObjectNode node, ModelFigures model) {
        node.put("kind", model.kind());
        model.labels().ifPresent(labels -> labels(node, labels));
        model.scores().ifPresent(scores -> scores(node, scores));
        number(node, "retained", model.retained());
        node.put("bytes", model.bytes().orElse(null));
        node.put("parameters", model.parameters().orElse(null));
        Optional<ModelFigures.Speed> speed = model.speed();
        number(node, "docs_per_second", speed.map(ModelFigures.Speed::docsPerSecond));
        node.set(
                "docs_per_second_range",
                speed.map(s -> ReportJson.pair(s.lowest(), s.highest())).orElse(null));
        node.put("threads", speed.map(ModelFigures.Speed::threads).orElse(null));
        number(node, "joules_per_thousand_docs", speed.map(ModelFigures.Speed::joules));
        number(node, "speedup", speed.flatMap(ModelFigures.Speed::speedup));
    }

    private static void labels(ObjectNode node, ModelFigures.Labels labels) {
        ModelFigures.Calibration calibration = labels.calibration();
        interval(node, "f1_weighted", Optional.of(labels.f1Weighted()));
        number(node, "f1_macro", labels.f1Macro());
        labels.f1Micro().ifPresent(micro -> interval(node, "f1_micro", Optional.of(micro)));
        interval(node, "accuracy", Optional.of(labels.accuracy()));
        interval(node, "agreement", labels.agreement());
        number(node, "ece", calibration.ece());
        number(node, "ece_debiased", calibration.eceDebiased());
        number(node, "ece_floor", calibration.eceFloor());
        number(node, "brier", calibration.brier());
        number(node, "nll", calibration.loss());
        number(node, "risk_coverage_auc", calibration.riskCoverage());
        node.put("calibrated", calibration.isCalibrated());
    }

    private static void scores(ObjectNode node, ModelFigures.Scores scores) {
        interval(node, "spearman", Optional.of(scores.spearman()));
        interval(node, "mae", Optional.of(scores.mae()));
        number(node, "rmse", scores.rmse());
        number(node, "agreement", scores.agreement());
        ObjectNode f1At = node.putObject("f1_at");
        scores.f1At().forEach((name, f1) -> number(f1At, name, f1));
    }

    private static void ladder(ArrayNode rungs, TrainFigures figures) {
        for (TrainFigures.Rung rung : figures.ladder()) {
            ObjectNode node = rungs.addObject();
            node.put("kind", rung.kind());
            node.put("variant", rung.variant());
            node.put("features", rung.features());
            node.put("bytes", rung.bytes());
            number(node, "docs_per_second", rung.docsPerSecond());
            number(node, "joules_per_thousand_docs", rung.joules());
            number(node, figures.givesScores() ? "select_half_squared_error" : "select_nll", rung.loss());
            number(node, "select_agreement", rung.agreement());
            number(node, "select_retained", rung.retained());
            number(node, "select_retained_error", rung.retainedError());
            new TreeMap<>(rung.figures()).forEach((name, value) -> number(node, "select_" + name, value));
            number(node, "seconds", rung.seconds());
            rung.missed().forEach(node.putArray("missed")::add);
            node.put("chosen", rung.chosen());
        }
    }

    private static void curve(ArrayNode points, TrainFigures figures) {
        for (TrainFigures.CurvePoint point : figures.curve()) {
            ObjectNode node = points.addObject();
            node.put("documents", point.documents());
            number(node, "select_agreement", point.agreement());
            number(node, "select_retained", point.retained());
            number(node, figures.givesScores() ? "select_half_squared_error" : "select_nll", point.loss());
        }
    }

    private static void byLabel(ArrayNode labels, TrainFigures figures) {
        for (TrainFigures.LabelQuality label : figures.byLabel()) {
            ObjectNode node = labels.addObject();
            node.put("label", label.label());
            node.put("documents", label.documents());
            number(node, "teacher_f1", label.teacherF1());
            number(node, "f1", label.studentF1());
        }
    }

    private static void slices(ArrayNode slices, TrainFigures figures) {
        for (TrainFigures.Slice slice : figures.slices()) {
            ObjectNode node = slices.addObject();
            node.put("slice", slice.slice());
            node.put("value", slice.value());
            node.put("documents", slice.documents());
            interval(node, "teacher_f1_weighted", Optional.of(slice.teacherF1()));
            interval(node, "f1_weighted", Optional.of(slice.studentF1()));
            interval(node, "accuracy", Optional.of(slice.accuracy()));
            interval(node, "agreement", Optional.of(slice.agreement()));
            number(node, "ece", slice.ece());
            number(node, "ece_floor", slice.eceFloor());
        }
    }

    private static void scoreSlices(ArrayNode slices, TrainFigures figures) {
        for (TrainFigures.ScoreSlice slice : figures.scoreSlices()) {
            ObjectNode node = slices.addObject();
            node.put("slice", slice.slice());
            node.put("value", slice.value());
            node.put("documents", slice.documents());
            interval(node, "teacher_mae", Optional.of(slice.teacherMae()));
            interval(node, "mae", Optional.of(slice.studentMae()));
            number(node, "teacher_spearman", slice.teacherSpearman());
            number(node, "spearman", slice.studentSpearman());
        }
    }

    private static void gaps(ArrayNode gaps, TrainFigures figures) {
        for (TrainFigures.RateGap gap : figures.gaps()) {
            ObjectNode node = gaps.addObject();
            node.put("slice", gap.slice());
            node.put("label", gap.label());
            node.put("most", gap.most());
            number(node, "most_rate", gap.mostRate());
            node.put("least", gap.least());
            number(node, "least_rate", gap.leastRate());
            interval(node, "difference", Optional.of(gap.difference()));
            number(node, "gold_difference", gap.goldDifference());
        }
    }
}
