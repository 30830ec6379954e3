package dev.stillhouse.reports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillhouse.reports.record.DriftFigures;

/** Drift in {@code report.json}. */
final class DriftJson {
    private DriftJson() {}

    static void write(ObjectNode node, DriftFigures drift) {
        node.put("reference_documents", drift.referenceDocuments());
        ReportJson.number(node, drift.isGate() ? "fail_above" : "warn_above", drift.bound());
        drift.worst().ifPresent(worst -> statistic(node.putObject("worst").put("statistic", worst.name()), worst));
        drift.drifted().stream().map(DriftFigures.Statistic::name).forEach(node.putArray("drifted")::add);
        ObjectNode all = node.putObject("by_statistic");
        drift.statistics().forEach(one -> statistic(all.putObject(one.name()), one));
        ObjectNode absent = node.putObject("absent");
        drift.absent().forEach(absent::put);
    }

    private static void statistic(ObjectNode node, DriftFigures.Statistic statistic) {
        ReportJson.number(node, "psi", statistic.psi());
        ReportJson.number(node, "psi_floor", statistic.psiFloor());
        ReportJson.number(node, "jensen_shannon", statistic.jensenShannon());
        node.put("bins", statistic.referenceCounts().size());
        node.put("reference", statistic.reference());
        node.put("scored", statistic.scored());
    }
}
