package dev.stillhouse.reports;

import dev.stillhouse.reports.Block.Term;
import dev.stillhouse.reports.PageView.Section;
import dev.stillhouse.reports.record.StageRecord;
import dev.stillhouse.reports.record.TrainFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The words of a report, a line each. */
final class Words {
    private static final List<Term> ROLES = List.of(
            new Term("Teacher", "The large model that the student learns from."),
            new Term("Student", "The small model that is published and scores."),
            new Term("Baseline", "The same kind of student, trained on the gold documents alone."),
            new Term("Gold", "Documents whose own label or score may be used: the label budget."),
            new Term("Pool", "Documents that the student learns from by what the teacher says alone."),
            new Term("Evaluation", "Documents set aside, read once, to judge all models against what people said."));

    private static final List<Term> QUALITY_OF_LABELS = List.of(
            new Term("Weighted F1", "Balance of precision and recall by label, averaged by how frequent labels are."),
            new Term("Macro F1", "The same, with every label counting alike."),
            new Term("Retained", "Weighted F1 of the student over that of the teacher."),
            new Term(
                    "Chance",
                    "Largest calibration error, 95 times in 100, of a model whose probabilities are exactly right (floor)."));

    private static final List<Term> QUALITY_OF_ONE = List.of(
            new Term("Accuracy", "Share of evaluation documents that get their own label."),
            new Term("Agreement", "Share of evaluation documents to which student and teacher give the same label."),
            new Term(
                    "Calibration error",
                    "Mean gap between probability and share of right labels, in 15 bins of equal mass (ECE)."),
            new Term("Margin", "First less second probability: small where the student wavers."));

    private static final List<Term> QUALITY_OF_SETS = List.of(
            new Term("Micro F1", "F1 over all labels of all documents together."),
            new Term("All labels right", "Share of evaluation documents that get all of their labels and no other."),
            new Term("Agreement", "Share of evaluation documents to which student and teacher give the same labels."),
            new Term(
                    "Calibration error",
                    "Mean gap between the probability of a label and the share of documents that have it, in 15 bins of equal mass (ECE)."),
            new Term("Threshold", "The probability from which on a document has a label."),
            new Term(
                    "Margin",
                    "Smallest distance of a probability from its label’s threshold: small where the student wavers."));

    private static final List<Term> QUALITY_OF_SCORES = List.of(
            new Term(
                    "Rank correlation",
                    "How alike scores and gold order documents, 1 where they order them the same (Spearman)."),
            new Term("Mean error", "Mean distance of a score from gold, in gold’s unit."),
            new Term("Root mean square", "The same, with great errors counting more."),
            new Term("With the teacher", "Rank correlation of the student’s scores with the teacher’s."),
            new Term("Retained", "Rank correlation of the student over that of the teacher."),
            new Term("Threshold", "The score from which on a document is called by a name."));

    private static final List<Term> ROLES_OF_SUMMARIES = List.of(
            new Term("Teacher", "What says which sentences matter: summaries that people wrote, or a large model."),
            new Term("Student", "The small model that is published and chooses sentences."),
            new Term("Reference", "A summary of a document that a person wrote."),
            new Term("Evaluation", "Documents set aside, read once, to judge all ways to summarise."));

    private static final List<Term> WAYS = List.of(
            new Term(
                    "Oracle",
                    "Sentences chosen greedily for the most ROUGE with the reference itself: about the best that choosing can do."),
            new Term("Lead, tail, random", "The first sentences, the last ones, or any."),
            new Term("TextRank", "Sentences that share the most words with others, by PageRank; nothing is learned."),
            new Term("LexRank", "The same by the similarity of tf-idf vectors."));

    private static final List<Term> QUALITY_OF_SUMMARIES = List.of(
            new Term(
                    "ROUGE-1, ROUGE-2",
                    "Stemmed words, or pairs of them, in common with the reference; F1 in percent."),
            new Term("ROUGE-L", "The longest common subsequence of words, over the whole summary; F1 in percent."),
            new Term("ROUGE-Lsum", "The same, sentence by sentence."),
            new Term("Retained", "Mean of ROUGE-1, ROUGE-2 and ROUGE-Lsum of the student over that of the teacher."),
            new Term("Agreement", "F1 of the sentences that student and teacher choose, the mean over documents."),
            new Term("Salience", "How much a sentence matters, 0 to 1: what the student says the teacher gives it."),
            new Term("Compression", "Words of a summary over words of its document."),
            new Term("Repetition", "Share of a summary’s pairs of words that it has said before."),
            new Term(
                    "Digest",
                    "Sentences that say the most of a group of documents, each once, with where they come from."));

    private static final List<Term> DRIFT = List.of(
            new Term(
                    "Stability index",
                    "How far a distribution is from its reference: below 0.1 little, from 0.25 on much (population stability index)."),
            new Term("By chance", "The stability index that 95 in 100 runs stay below where nothing has changed."),
            new Term(
                    "Divergence",
                    "How much two distributions differ, 0 where not at all, 1 where they have nothing in common (Jensen-Shannon, in bits)."));

    private static final List<Term> COUNTS = List.of(
            new Term("Interval", "What 95 % of bootstrap samples of the evaluation documents give."),
            new Term("Rejected", "A row that is no document, such as one without text."),
            new Term("Removed", "A document that a rule of curation took out."),
            new Term("MB", "One million bytes."));

    private Words() {}

    static Section section(Report report) {
        if (report.summaries().isAny()) {
            return section(List.of(ROLES_OF_SUMMARIES, WAYS, QUALITY_OF_SUMMARIES, COUNTS));
        }
        List<Term> terms = new ArrayList<>(ROLES);
        Optional<TrainFigures> figures = report.train().map(StageRecord::figures);
        if (figures.filter(TrainFigures::givesScores).isPresent()) {
            terms.addAll(QUALITY_OF_SCORES);
        } else {
            terms.addAll(QUALITY_OF_LABELS);
            terms.addAll(figures.filter(TrainFigures::givesSets).isPresent() ? QUALITY_OF_SETS : QUALITY_OF_ONE);
        }
        if (report.score().flatMap(stage -> stage.figures().evidence().drift()).isPresent()) {
            terms.addAll(DRIFT);
        }
        return section(List.of(terms, COUNTS));
    }

    private static Section section(List<List<Term>> lists) {
        List<Term> terms = lists.stream().flatMap(List::stream).toList();
        return new Section("glossary", "Glossary", "", List.of(new Block.Glossary(terms)));
    }
}
