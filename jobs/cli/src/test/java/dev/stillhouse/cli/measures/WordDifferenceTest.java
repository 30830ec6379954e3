package dev.stillhouse.cli.measures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.reports.record.NearDuplicateFigures.Piece;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WordDifferenceTest {
    @Test
    void marksTheWordsThatTheOtherDoesNotSayAtThisPlace() {
        WordDifference difference = WordDifference.of("pay 5 euros by Monday", "pay 7 euros by  Monday please");

        assertThat(difference.left())
                .containsExactly(new Piece("pay", false), new Piece("5", true), new Piece("euros by Monday", false));
        assertThat(difference.right())
                .containsExactly(
                        new Piece("pay", false),
                        new Piece("7", true),
                        new Piece("euros by Monday", false),
                        new Piece("please", true));
    }

    @Test
    void everyWordIsInOnePieceOfItsSide() {
        WordDifference difference = WordDifference.of("a b c d e f", "x b d y f g");

        assertThat(joined(difference.left())).isEqualTo("a b c d e f");
        assertThat(joined(difference.right())).isEqualTo("x b d y f g");
    }

    @Test
    void longTextsAreCutAndSaySo() {
        WordDifference difference = WordDifference.of("same ".repeat(1000), "same ".repeat(1000));

        assertThat(difference.left()).singleElement().satisfies(piece -> {
            assertThat(piece.differs()).isFalse();
            assertThat(piece.text()).endsWith("same …");
            assertThat(piece.text().split(" ")).hasSize(401);
        });
    }

    private static String joined(List<Piece> pieces) {
        return pieces.stream().map(Piece::text).collect(Collectors.joining(" "));
    }
}
