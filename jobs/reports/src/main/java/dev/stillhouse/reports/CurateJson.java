package dev.stillhouse.reports;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillhouse.reports.record.CurateFigures;
import dev.stillhouse.reports.record.NearDuplicateFigures;
import dev.stillhouse.reports.record.Overhit;
import dev.stillhouse.reports.record.RuleFigures;
import dev.stillhouse.reports.record.RunDifference;
import dev.stillhouse.reports.record.Volume;

/** The section {@code curate} of {@code report.json}: figures only, no text of documents. */
final class CurateJson {
    private CurateJson() {}

    static void write(ObjectNode node, CurateFigures figures) {
        node.put("read", figures.read());
        node.put("kept", figures.kept());
        node.put("evaluation", figures.evaluation());
        node.put("rewritten", figures.rewritten());
        node.put("cuts_without_keeper", figures.cutsWithoutKeeper());
        ReportJson.counts(node, "removed_by_reason", figures.removedByReason());
        ReportJson.counts(node, "rejected_by_reason", figures.rejectedByReason());
        ReportJson.counts(node, "labels", figures.labels());
        volume(node.putObject("kept_volume"), figures.keptVolume());
        rules(node.putArray("rules"), figures);
        ObjectNode signals = node.putObject("signals");
        figures.signals().forEach((name, signal) -> {
            ObjectNode one = signals.putObject(name);
            ReportJson.number(one, "p5", signal.p5());
            ReportJson.number(one, "p50", signal.p50());
            ReportJson.number(one, "p95", signal.p95());
            one.put("failed", signal.failed());
            one.put("documents", signal.documents());
        });
        figures.nearDuplicates().ifPresent(near -> nearDuplicates(node.putObject("near_duplicates"), near));
        overhits(node.putArray("overhits"), figures);
        figures.difference().ifPresent(difference -> difference(node.putObject("difference"), difference));
    }

    private static void volume(ObjectNode node, Volume volume) {
        node.put("documents", volume.documents());
        node.put("bytes", volume.bytes());
        node.put("words", volume.words());
    }

    private static void rules(ArrayNode rules, CurateFigures figures) {
        for (RuleFigures rule : figures.rules()) {
            ObjectNode one = rules.addObject();
            one.put("reason", rule.reason());
            one.put("name", rule.name());
            one.put("condition", rule.condition());
            one.put("denominator", rule.denominator());
            one.put("tokenizer", rule.tokenizer());
            one.put("source", rule.source());
            one.put("drops", rule.drops());
            one.put("failed", rule.failed());
            volume(one.putObject("removed"), rule.removed());
        }
    }

    private static void nearDuplicates(ObjectNode node, NearDuplicateFigures near) {
        node.put("proposed", near.proposed());
        node.put("verified", near.verified());
        ReportJson.counts(node, "refused_by_reason", near.refusedByReason());
        node.put("clusters", near.clusters());
        node.put("largest", near.largest());
        node.put("rule", near.rule());
        node.put("family", near.family());
        node.put("threshold", near.threshold());
        node.put("recall", near.recall());
        node.put("bands", near.bands());
        node.put("rows", near.rows());
        ArrayNode curve = node.putArray("curve");
        near.curve().forEach(curve::add);
    }

    private static void overhits(ArrayNode overhits, CurateFigures figures) {
        for (Overhit hit : figures.overhits()) {
            ObjectNode one = overhits.addObject();
            one.put("source", hit.source());
            one.put("rule", hit.rule());
            one.put("failed", hit.failed());
            one.put("documents", hit.documents());
            ReportJson.number(one, "rest_share", hit.restShare());
            ReportJson.number(one, "ratio", hit.ratio().value());
            one.set(
                    "ratio_interval",
                    ReportJson.pair(hit.ratio().low(), hit.ratio().high()));
        }
    }

    private static void difference(ObjectNode node, RunDifference difference) {
        node.put("run", difference.run());
        node.put("kept_before", difference.keptBefore());
        node.put("added", difference.added());
        node.put("gone", difference.gone());
        node.put("changed", difference.changed());
        ReportJson.counts(node, "now_kept", difference.nowKept());
        ReportJson.counts(node, "now_removed", difference.nowRemoved());
        ReportJson.counts(node, "other_reason", difference.otherReason());
        ArrayNode configuration = node.putArray("configuration");
        difference.configuration().forEach(configuration::add);
    }
}
