package dev.stillhouse.scoring.summaries;

import java.util.Optional;

/** Budgets of tests. */
final class Budgets {
    private Budgets() {}

    static BudgetConfig sentences(int most) {
        return new BudgetConfig(
                Optional.of(most),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
