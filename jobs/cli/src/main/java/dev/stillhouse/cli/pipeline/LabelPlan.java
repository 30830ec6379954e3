package dev.stillhouse.cli.pipeline;

import dev.stillhouse.cli.console.Console;
import dev.stillhouse.teacher.Labelling;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * What labelling would cost, in sentences.
 *
 * @param share of the texts that are missing how many would be run, since there may be a budget; 0 to 1
 */
record LabelPlan(double share) {

    List<String> sentences(List<Labelling.Plan> plans) {
        return plans.stream().map(this::sentence).toList();
    }

    private String sentence(Labelling.Plan plan) {
        long missing = Math.round(plan.need().missing() * share);
        StringJoiner costs = new StringJoiner(", ", missing == 0 ? "" : ": ", "");
        costs.setEmptyValue("");
        if (missing > 0) {
            plan.cost().seconds().ifPresent(seconds -> costs.add("about " + Console.duration(seconds * share)));
            plan.cost()
                    .tokens()
                    .ifPresent(tokens ->
                            costs.add("about " + Console.count(Math.round(tokens * share), "token") + " of questions"));
            plan.cost()
                    .money()
                    .ifPresent(money -> costs.add(String.format(
                            Locale.ROOT,
                            "about %.2f %s without answers",
                            money * share,
                            plan.cost().currency())));
        }
        return plan.name() + ": " + Console.count(plan.need().cached(), "text") + " known, " + Console.count(missing)
                + " to run" + costs;
    }

    /** The share where a budget bounds what is run besides the texts that are run in any case. */
    static LabelPlan of(Optional<Integer> budget, long given, long texts) {
        return new LabelPlan(budget.filter(most -> texts > 0)
                .map(most -> Math.min(1, (double) (given + most) / texts))
                .orElse(1.0));
    }
}
