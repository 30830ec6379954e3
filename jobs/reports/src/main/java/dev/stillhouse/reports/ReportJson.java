package dev.stillhouse.reports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillhouse.reports.record.Interval;
import dev.stillhouse.reports.record.LabelFigures;
import dev.stillhouse.reports.record.ScoreFigures;
import dev.stillhouse.reports.record.StageRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The figures of a report for programs: {@code report.json}. Stages that have not run have no section; what was not measured is null. Safe for use by several threads. */
public final class ReportJson {
    private static final ObjectMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private ReportJson() {}

    /** The report as UTF-8 JSON; fractions, seconds, bytes and documents a second; percent of ROUGE alone. */
    public static byte[] write(Report report) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("task", report.task());
        report.train().ifPresent(train -> root.put("kind", train.figures().goal()));
        root.put("created", report.created());
        root.put("published", report.isPublished());
        report.train().ifPresent(train -> root.put("refusal", train.refusal()));
        report.summaries().train().ifPresent(train -> root.put("kind", "summarize")
                .put("refusal", train.refusal()));
        report.curate().ifPresent(stage -> CurateJson.write(root.putObject("curate"), stage.figures()));
        report.label().ifPresent(stage -> label(root.putObject("label"), stage.figures()));
        report.train().ifPresent(stage -> TrainJson.write(root, stage.figures()));
        report.score().ifPresent(stage -> {
            ObjectNode node = root.putObject("score");
            node.put("published", stage.refusal().isEmpty()).put("refusal", stage.refusal());
            score(node, stage.figures());
        });
        SummaryJson.write(root, report.summaries());
        stages(root, report.stages());
        try {
            return (MAPPER.writeValueAsString(root) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write report.json", e);
        }
    }

    private static void label(ObjectNode node, LabelFigures figures) {
        node.put("teacher", figures.teacher());
        node.put("kind", figures.kind());
        node.put("model", figures.model());
        node.put("choice", figures.choice());
        node.put("gold", figures.gold());
        node.put("documents", figures.documents());
        counts(node, "gold_by_label", figures.goldByLabel());
        counts(node, "by_label", figures.byLabel());
        counts(node, "rejected_by_reason", figures.rejectedByReason());
        figures.chosen().ifPresent(chosen -> chosen(node.putObject("chosen"), chosen));
        inference(node.putObject("inference"), figures.inference());
        figures.unseen().ifPresent(unseen -> {
            number(node, "out_of_fold_accuracy", unseen.accuracy());
            ObjectNode calibration = node.putObject("calibration");
            calibration.put("documents", unseen.rows());
            probabilities(calibration.putObject("before"), unseen.before());
            probabilities(calibration.putObject("after"), unseen.after());
        });
        figures.unseenScores().ifPresent(unseen -> {
            number(node, "out_of_fold_spearman", unseen.spearman());
            number(node, "out_of_fold_mae", unseen.mae());
        });
        number(node, "stage_docs_per_second", figures.stageDocsPerSecond());
    }

    private static void chosen(ObjectNode node, LabelFigures.Chosen chosen) {
        node.put("by", chosen.by());
        node.put("texts", chosen.texts());
        node.put("of", chosen.of());
        ArrayNode curve = node.putArray("curve");
        for (LabelFigures.Round round : chosen.curve()) {
            number(curve.addObject().put("texts", round.texts()), "agreement", round.agreement());
        }
    }

    private static void probabilities(ObjectNode node, LabelFigures.Probabilities probabilities) {
        number(node, "ece", probabilities.ece());
        number(node, "ece_floor", probabilities.eceFloor());
        number(node, "brier", probabilities.brier());
        number(node, "nll", probabilities.loss());
    }

    private static void score(ObjectNode node, ScoreFigures figures) {
        node.put("documents", figures.documents());
        number(node, "stage_docs_per_second", figures.stageDocsPerSecond());
        counts(node, "by_label", figures.byLabel());
        counts(node, "by_source", figures.bySource());
        figures.scores().ifPresent(scores -> {
            ObjectNode quantiles = node.putObject("quantiles");
            scores.quantiles().forEach((name, value) -> number(quantiles, name, value));
            counts(node, "at_or_above", scores.atOrAbove());
        });
        counts(node, "rejected_by_reason", figures.rejectedByReason());
        node.put("model", figures.model());
        node.put("engine", figures.engine());
        node.put("truncated", figures.truncated());
        node.put("reused", figures.reused());
        counts(node, "by_route", figures.byRoute());
        figures.route().ifPresent(route -> ScoreJson.route(node.putObject("route"), route));
        ObjectNode bySource = node.putObject("by_label_and_source");
        figures.evidence().labelsBySource().forEach((source, labels) -> counts(bySource, source, labels));
        figures.evidence().drift().ifPresent(drift -> DriftJson.write(node.putObject("drift"), drift));
    }

    private static void stages(ObjectNode root, List<StageRecord<?>> stages) {
        ObjectNode cost = root.putObject("cost");
        ObjectNode cpu = cost.putObject("cpu_seconds_by_stage");
        ObjectNode wall = cost.putObject("wall_seconds_by_stage");
        ObjectNode joules = cost.putObject("joules_by_stage");
        ObjectNode estimated = cost.putObject("joules_estimated_by_stage");
        ObjectNode warnings = root.putObject("warnings");
        ObjectNode runs = root.putObject("runs");
        ObjectNode provenance = root.putObject("provenance");
        for (StageRecord<?> stage : stages) {
            number(cpu, stage.stage(), stage.cost().cpuSeconds());
            number(wall, stage.stage(), stage.cost().wallSeconds());
            stage.cost().energy().ifPresent(energy -> {
                number(joules, stage.stage(), energy.joules());
                estimated.put(stage.stage(), energy.estimated());
            });
            stage.warnings().forEach(warnings.putArray(stage.stage())::add);
            runs.put(stage.stage(), stage.run());
            provenance.set(stage.stage(), stage.provenance());
        }
    }

    static void counts(ObjectNode node, String name, Map<String, Long> counts) {
        ObjectNode child = node.putObject(name);
        counts.forEach(child::put);
    }

    static void interval(ObjectNode node, String name, Optional<Interval> interval) {
        number(node, name, interval.map(Interval::value));
        node.set(name + "_interval", interval.map(i -> pair(i.low(), i.high())).orElse(null));
    }

    static ArrayNode pair(double low, double high) {
        return MAPPER.createArrayNode().add(finite(low)).add(finite(high));
    }

    /** What running a model or asking a server took. */
    static void inference(ObjectNode node, LabelFigures.Inference inference) {
        node.put("cached", inference.cached());
        node.put("inferred", inference.inferred());
        node.put("tokens", inference.tokens());
        number(node, "padding_share", inference.paddingShare());
        node.put("left", inference.left());
        number(node, "seconds", inference.seconds());
        inference.asked().ifPresent(asked -> {
            node.put("requests", asked.requests());
            node.put("answer_tokens", asked.answerTokens());
            number(node, "money", asked.money());
            asked.money().ifPresent(money -> node.put("currency", asked.currency()));
        });
    }

    static void number(ObjectNode node, String name, double value) {
        node.put(name, finite(value));
    }

    static void number(ObjectNode node, String name, Optional<Double> value) {
        node.put(name, value.map(ReportJson::finite).orElse(null));
    }

    /** JSON has no word for what is not finite. */
    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
