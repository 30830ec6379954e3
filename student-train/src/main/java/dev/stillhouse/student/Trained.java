package dev.stillhouse.student;

import dev.stillhouse.student.Plans.Plan;
import dev.stillhouse.student.StudentConfig.Kind;
import dev.stillhouse.udfs.student.StudentModel;

/**
 * A trained variant. It does not hold its parameters: of many labels there is memory for the model alone while the next variant is trained.
 *
 * @param size values of its parameters
 */
record Trained(Plan plan, int epochs, Objective.Quality select, long size, Held held, StudentModel model) {
    static Trained of(Plan plan, EarlyStopping.Fit fit, Held held, StudentModel model) {
        return new Trained(plan, fit.epochs(), fit.select(), fit.snapshot().size(), held, model);
    }

    Candidate.Variant summary(Kind kind, boolean chosen) {
        return new Candidate.Variant(
                kind, plan.name(), plan.vocabulary().size(), epochs, select.loss(), select.agreement(), chosen);
    }
}
