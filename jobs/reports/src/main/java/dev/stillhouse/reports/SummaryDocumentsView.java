package dev.stillhouse.reports;

import static dev.stillhouse.reports.NumberText.count;
import static dev.stillhouse.reports.NumberText.rouge;

import dev.stillhouse.reports.PageView.Section;
import dev.stillhouse.reports.record.SummaryFigures;
import dev.stillhouse.reports.record.SummaryFigures.Example;
import dev.stillhouse.reports.record.SummaryFigures.Piece;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Evaluation documents, sentence by sentence: how salient each is, and who chose it. */
final class SummaryDocumentsView {
    /** Of a document without a chosen sentence, so many are shown. */
    private static final int BEGINNING = 3;
    /** A gap of fewer sentences is not worth its line. */
    private static final int LEAST_GAP = 3;
    /** What is left out of a longer document is not on the page, which would be of many megabytes. */
    private static final int MOST_SENTENCES = 400;

    private static final int MOST_OF_SENTENCE = 1_200;

    private SummaryDocumentsView() {}

    static Section section(SummaryFigures figures) {
        Block documents = new Block.Documents(
                "",
                "The deeper the shade, the more salient the student finds a sentence, beside the others of its document. Numbers are what the student and the teacher say of it.",
                figures.examples().stream().map(SummaryDocumentsView::document).toList());
        return new Section(
                "documents",
                "Documents",
                "Some of the evaluation documents, with what student and teacher choose of them.",
                List.of(documents));
    }

    private static Block.Document document(Example example) {
        List<Piece> pieces = example.pieces();
        boolean[] shown = shown(pieces);
        double most = pieces.stream().mapToDouble(Piece::student).max().orElse(0);
        boolean isWhole = pieces.size() <= MOST_SENTENCES;
        List<Block.Sentence> sentences = new ArrayList<>();
        boolean folds = false;
        for (int i = 0; i < pieces.size(); i++) {
            if (isGap(shown, i)) {
                sentences.add(gap(shown, i));
                folds = isWhole;
            }
            if (shown[i] || isWhole) {
                sentences.add(sentence(pieces.get(i), !shown[i], most));
            }
        }
        return new Block.Document(
                example.source() + " / " + example.id(),
                "ROUGE-1 " + rouge(example.rouge1()) + " · " + choices(pieces),
                sentences,
                folds ? pieces.size() : 0);
    }

    /** Chosen sentences and their neighbours, and whatever lies between in gaps too small for a fold. */
    private static boolean[] shown(List<Piece> pieces) {
        boolean[] shown = new boolean[pieces.size()];
        boolean isAny = false;
        for (int i = 0; i < shown.length; i++) {
            if (isChosen(pieces.get(i))) {
                isAny = true;
                for (int near = Math.max(0, i - 1); near <= Math.min(shown.length - 1, i + 1); near++) {
                    shown[near] = true;
                }
            }
        }
        for (int i = 0; !isAny && i < Math.min(BEGINNING, shown.length); i++) {
            shown[i] = true;
        }
        for (int begin = 0; begin < shown.length; begin++) {
            if (isGap(shown, begin) && endOfGap(shown, begin) - begin < LEAST_GAP) {
                Arrays.fill(shown, begin, endOfGap(shown, begin), true);
            }
        }
        return shown;
    }

    /** Whether a gap begins there. */
    private static boolean isGap(boolean[] shown, int at) {
        return !shown[at] && (at == 0 || shown[at - 1]);
    }

    /** The first place from here on that is shown. */
    private static int endOfGap(boolean[] shown, int begin) {
        int end = begin;
        while (end < shown.length && !shown[end]) {
            end++;
        }
        return end;
    }

    private static Block.Sentence gap(boolean[] shown, int begin) {
        return new Block.Sentence(count(endOfGap(shown, begin) - begin) + " sentences", "gap", false, "", "");
    }

    private static Block.Sentence sentence(Piece piece, boolean rest, double most) {
        double strength = most > 0 ? Math.max(0, piece.student() / most) : 0;
        return new Block.Sentence(
                Excerpt.beginning(piece.text(), MOST_OF_SENTENCE),
                mark(piece),
                rest,
                NumberText.decimal(piece.student(), 2) + " / " + NumberText.decimal(piece.teacher(), 2),
                "--k:" + NumberText.decimal(Double.isFinite(strength) ? Math.min(1, strength) : 0, 2));
    }

    private static String mark(Piece piece) {
        if (piece.byStudent()) {
            return piece.byTeacher() ? "both" : "student";
        }
        return piece.byTeacher() ? "teacher" : "";
    }

    private static boolean isChosen(Piece piece) {
        return piece.byStudent() || piece.byTeacher();
    }

    private static String choices(List<Piece> pieces) {
        return count(pieces.size()) + (pieces.size() == 1 ? " sentence" : " sentences") + ": both chose "
                + chosen(pieces, "both") + ", the student alone " + chosen(pieces, "student") + ", the teacher alone "
                + chosen(pieces, "teacher");
    }

    private static String chosen(List<Piece> pieces, String mark) {
        return count(pieces.stream().filter(piece -> mark(piece).equals(mark)).count());
    }
}
