package dev.stillhouse.reports;

import static dev.stillhouse.reports.ReportJson.interval;
import static dev.stillhouse.reports.ReportJson.number;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillhouse.reports.record.ModelFigures;
import dev.stillhouse.reports.record.TrainFigures;
import java.util.Optional;

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
        ladder(student.putArray("ladder"), figures);
        curve(student.putArray("learning_curve"), figures);
        slices(student.putArray("slices"), figures);
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
            interval(node, "f1_weighted", Optional.of(difference.f1Weighted()));
        }
    }

    private static void model(ObjectNode node, ModelFigures model) {
        node.put("kind", model.kind());
        interval(node, "f1_weighted", Optional.of(model.f1Weighted()));
        number(node, "f1_macro", model.f1Macro());
        interval(node, "accuracy", Optional.of(model.accuracy()));
        interval(node, "agreement", model.agreement());
        number(node, "retained", model.retained());
        number(node, "ece", model.calibration().ece());
        number(node, "ece_debiased", model.calibration().eceDebiased());
        number(node, "ece_floor", model.calibration().eceFloor());
        number(node, "brier", model.calibration().brier());
        number(node, "nll", model.calibration().loss());
        number(node, "risk_coverage_auc", model.calibration().riskCoverage());
        node.put("calibrated", model.calibration().isCalibrated());
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

    private static void ladder(ArrayNode rungs, TrainFigures figures) {
        for (TrainFigures.Rung rung : figures.ladder()) {
            ObjectNode node = rungs.addObject();
            node.put("kind", rung.kind());
            node.put("variant", rung.variant());
            node.put("features", rung.features());
            node.put("bytes", rung.bytes());
            number(node, "docs_per_second", rung.docsPerSecond());
            number(node, "joules_per_thousand_docs", rung.joules());
            number(node, "select_nll", rung.loss());
            number(node, "select_agreement", rung.agreement());
            number(node, "select_accuracy", rung.accuracy());
            number(node, "select_retained", rung.retained());
            number(node, "select_retained_error", rung.retainedError());
            number(node, "select_ece", rung.ece());
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
            number(node, "select_nll", point.loss());
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
