package dev.stillhouse.cli.measures;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import dev.stillhouse.reports.record.NearDuplicateFigures.Piece;
import java.util.ArrayList;
import java.util.List;

/**
 * Two texts cut into pieces where their words differ (Myers 1986, by java-diff-utils); of long ones the beginnings.
 *
 * @param left the pieces of the one
 * @param right the pieces of the other
 */
record WordDifference(List<Piece> left, List<Piece> right) {
    private static final int WORDS = 400;

    static WordDifference of(String left, String right) {
        List<String> leftWords = words(left);
        List<String> rightWords = words(right);
        List<Piece> leftPieces = new ArrayList<>();
        List<Piece> rightPieces = new ArrayList<>();
        int leftAt = 0;
        int rightAt = 0;
        for (AbstractDelta<String> delta : DiffUtils.diff(leftWords, rightWords).getDeltas()) {
            int leftEnd = delta.getSource().getPosition();
            int rightEnd = delta.getTarget().getPosition();
            add(leftPieces, leftWords.subList(leftAt, leftEnd), false);
            add(rightPieces, rightWords.subList(rightAt, rightEnd), false);
            leftAt = leftEnd + delta.getSource().size();
            rightAt = rightEnd + delta.getTarget().size();
            add(leftPieces, leftWords.subList(leftEnd, leftAt), true);
            add(rightPieces, rightWords.subList(rightEnd, rightAt), true);
        }
        add(leftPieces, leftWords.subList(leftAt, leftWords.size()), false);
        add(rightPieces, rightWords.subList(rightAt, rightWords.size()), false);
        return new WordDifference(leftPieces, rightPieces);
    }

    private static List<String> words(String text) {
        List<String> words = List.of(text.strip().split("\\s+", WORDS + 1));
        if (words.size() <= WORDS) {
            return words;
        }
        List<String> first = new ArrayList<>(words.subList(0, WORDS));
        first.add("…");
        return first;
    }

    private static void add(List<Piece> pieces, List<String> words, boolean differs) {
        if (!words.isEmpty()) {
            pieces.add(new Piece(String.join(" ", words), differs));
        }
    }
}
