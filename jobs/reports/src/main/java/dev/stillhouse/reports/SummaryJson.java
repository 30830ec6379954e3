package dev.stillhouse.reports;

import static dev.stillhouse.reports.ReportJson.counts;
import static dev.stillhouse.reports.ReportJson.interval;
import static dev.stillhouse.reports.ReportJson.number;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillhouse.reports.record.ModelFigures;
import dev.stillhouse.reports.record.SentenceLabelFigures;
import dev.stillhouse.reports.record.SummarizeFigures;
import dev.stillhouse.reports.record.SummaryFigures;
import java.util.Optional;

/** The figures of a task that summarises for {@code report.json}: {@code label}, {@code student}, {@code summaries}, {@code summarize}. ROUGE is in percent. */
final class SummaryJson {
    private SummaryJson() {}

    static void write(ObjectNode root, Report.Summaries summaries) {
        summaries.label().ifPresent(stage -> label(root.putObject("label"), stage.figures()));
        summaries.train().ifPresent(stage -> {
            student(root.putObject("student"), stage.figures());
            summaries(root.putObject("summaries"), stage.figures());
        });
        summaries.summarize().ifPresent(stage -> {
            ObjectNode node = root.putObject("summarize");
            node.put("published", stage.refusal().isEmpty()).put("refusal", stage.refusal());
            summarize(node, stage.figures());
        });
    }

    private static void label(ObjectNode node, SentenceLabelFigures figures) {
        node.put("teacher", figures.teacher())
                .put("name", figures.name())
                .put("budget", figures.budget())
                .put("documents", figures.documents())
                .put("sentences", figures.sentences())
                .put("chosen", figures.chosen());
        counts(node, "rejected_by_reason", figures.rejectedByReason());
        figures.inference().ifPresent(taken -> ReportJson.inference(node.putObject("inference"), taken));
        number(node, "stage_docs_per_second", figures.stageDocsPerSecond());
    }

    private static void student(ObjectNode node, SummaryFigures figures) {
        node.put("kind", "summarize").put("bytes", figures.bytes()).put("parameters", figures.parameters());
        number(node, "retained", figures.retained());
        interval(node, "agreement", Optional.of(figures.agreement()));
        number(node, "salience_error", figures.calibration().error());
        speed(node, Optional.ofNullable(figures.systems().get("student")).flatMap(SummaryFigures.SystemFigures::speed));
        SummaryFigures.Learning learning = figures.learning();
        node.put("fit", learning.fit())
                .put("select", learning.select())
                .put("evaluation", learning.evaluation())
                .put("evaluation_left_out", learning.leftOut())
                .put("features", learning.features());
        number(node, "temperature", learning.temperature());
        number(node, "redundancy", learning.redundancy());
        ArrayNode targets = node.putArray("targets");
        figures.targets().forEach(target -> {
            ObjectNode one = targets.addObject().put("name", target.name()).put("demand", target.demand());
            number(one, "reached", target.reached());
            one.put("met", target.met());
        });
    }

    private static void summaries(ObjectNode node, SummaryFigures figures) {
        figures.systems().forEach((name, system) -> system(node.putObject(name), system));
        node.put("judged_by", figures.judgedBy());
        node.put("budget", figures.budget());
        oracleShare(node, figures);
        ArrayNode differences = node.putArray("differences");
        figures.differences().forEach(difference -> {
            ObjectNode one =
                    differences.addObject().put("left", difference.left()).put("right", difference.right());
            interval(one, "rouge1", Optional.of(difference.rouge1()));
            interval(one, "rouge2", Optional.of(difference.rouge2()));
            interval(one, "rougeLsum", Optional.of(difference.rougeLsum()));
        });
        ArrayNode slices = node.putArray("slices");
        figures.slices().forEach(slice -> {
            ObjectNode one = slices.addObject()
                    .put("slice", slice.slice())
                    .put("value", slice.value())
                    .put("documents", slice.documents());
            interval(one, "teacher_rouge1", Optional.of(slice.teacherRouge1()));
            interval(one, "rouge1", Optional.of(slice.studentRouge1()));
            interval(one, "rouge2", Optional.of(slice.studentRouge2()));
            interval(one, "rougeLsum", Optional.of(slice.studentRougeLsum()));
        });
    }

    /** Of what is within reach of choosing sentences, how much the student has. */
    private static void oracleShare(ObjectNode node, SummaryFigures figures) {
        SummaryFigures.SystemFigures oracle = figures.systems().get("oracle");
        SummaryFigures.SystemFigures student = figures.systems().get("student");
        if (oracle != null && student != null) {
            ObjectNode share = node.putObject("oracle_share");
            number(share, "rouge1", student.rouge1().value() / oracle.rouge1().value());
            number(share, "rouge2", student.rouge2().value() / oracle.rouge2().value());
            number(
                    share,
                    "rougeLsum",
                    student.rougeLsum().value() / oracle.rougeLsum().value());
        }
    }

    private static void system(ObjectNode node, SummaryFigures.SystemFigures system) {
        interval(node, "rouge1", Optional.of(system.rouge1()));
        interval(node, "rouge2", Optional.of(system.rouge2()));
        interval(node, "rougeL", Optional.of(system.rougeL()));
        interval(node, "rougeLsum", Optional.of(system.rougeLsum()));
        speed(node, system.speed());
        number(node, "words", system.words());
        number(node, "compression", system.compression());
        number(node, "repetition", system.repetition());
        ArrayNode positions = node.putArray("positions");
        system.positions().forEach(positions::add);
    }

    private static void speed(ObjectNode node, Optional<ModelFigures.Speed> speed) {
        number(node, "docs_per_second", speed.map(ModelFigures.Speed::docsPerSecond));
        number(node, "speedup", speed.flatMap(ModelFigures.Speed::speedup));
    }

    private static void summarize(ObjectNode node, SummarizeFigures figures) {
        node.put("documents", figures.documents())
                .put("empty", figures.empty())
                .put("sentences", figures.sentences())
                .put("words", figures.words())
                .put("document_words", figures.documentWords())
                .put("truncated", figures.truncated())
                .put("reused", figures.reused())
                .put("digests", figures.groups())
                .put("model", figures.model());
        number(node, "stage_docs_per_second", figures.stageDocsPerSecond());
        counts(node, "by_source", figures.bySource());
        counts(node, "rejected_by_reason", figures.rejectedByReason());
        counts(node, "by_route", figures.byRoute());
        figures.route().ifPresent(route -> ScoreJson.route(node.putObject("route"), route));
    }
}
