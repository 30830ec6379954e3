package dev.stillhouse.reports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stillhouse.reports.record.ScoreFigures;

/** What {@code report.json} says of scores beside counts. */
final class ScoreJson {
    private ScoreJson() {}

    /** A cascade: {@code agreement}, {@code recall} or {@code precision} is what was promised. */
    static void route(ObjectNode node, ScoreFigures.Route route) {
        node.put(route.target(), route.promised()).put("confidence", route.confidence());
        if (!route.label().isEmpty()) {
            node.put("label", route.label());
        }
        route.threshold().ifPresent(threshold -> node.put("threshold", threshold));
        node.put("coverage", route.coverage())
                .put("sample", route.sample())
                .put("wrong", route.wrong())
                .put("among", route.among());
        route.sampleAgreement().ifPresent(agreement -> node.put("sample_agreement", agreement));
        node.put("expected_" + route.target(), route.expectedAgreement());
        route.realisedBound().ifPresent(bound -> node.put("realised_bound", bound));
        node.put("audited", route.audited());
        route.auditedAgreement().ifPresent(agreement -> node.put("audited_agreement", agreement));
        route.selected().ifPresent(selected -> node.put("selected", selected));
        node.put("teacher_calls", route.teacherCalls());
        route.budget().ifPresent(budget -> node.put("budget", budget));
        route.speedup().ifPresent(speedup -> node.put("speedup", speedup));
        if (!route.failure().isEmpty()) {
            node.put("failure", route.failure());
        }
    }
}
