package dev.stillhouse.reports;

import dev.stillhouse.reports.Block.Term;
import dev.stillhouse.reports.PageView.Section;
import java.util.List;

/** The words of a report, a line each. */
final class Words {
    private static final List<Term> TERMS = List.of(
            new Term("Teacher", "The large model that labels documents; the student learns from it."),
            new Term("Student", "The small model that is published and scores."),
            new Term("Baseline", "The same kind of student, trained on the gold labels alone."),
            new Term("Gold", "Documents whose own label may be used: the label budget."),
            new Term("Pool", "Documents that the student learns from by the teacher’s labels alone."),
            new Term("Evaluation", "Documents set aside, read once, to judge all models against their own labels."),
            new Term("Weighted F1", "Balance of precision and recall by label, averaged by how frequent labels are."),
            new Term("Macro F1", "The same, with every label counting alike."),
            new Term("Accuracy", "Share of evaluation documents that get their own label."),
            new Term("Retained", "Weighted F1 of the student over that of the teacher."),
            new Term("Agreement", "Share of evaluation documents to which student and teacher give the same label."),
            new Term(
                    "Calibration error",
                    "Mean gap between probability and share of right labels, in 15 bins of equal mass (ECE)."),
            new Term(
                    "Chance",
                    "Largest calibration error, 95 times in 100, of a model whose probabilities are exactly right (floor)."),
            new Term("Interval", "What 95 % of bootstrap samples of the evaluation documents give."),
            new Term("Margin", "First less second probability: small where the student wavers."),
            new Term("Rejected", "A row that is no document, such as one without text."),
            new Term("Removed", "A document that a rule of curation took out."),
            new Term("MB", "One million bytes."));

    private Words() {}

    static Section section() {
        return new Section("glossary", "Glossary", "", List.of(new Block.Glossary(TERMS)));
    }
}
