package dev.stillhouse.teacher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.teacher.FittedHead.Unseen;
import dev.stillhouse.teacher.GoldSelection.GoldRow;
import dev.stillhouse.teacher.MemberSpec.Candidate;
import dev.stillhouse.teacher.MemberSpec.Selection;
import dev.stillhouse.teacher.outputs.ColumnSource;
import dev.stillhouse.udfs.Link;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TriedTest {
    private static final List<String> LABELS = List.of("no", "yes");

    @Test
    void theFastestIsTakenThatFindsWhatTheFirstFinds() {
        Tried.Choice choice = Tried.choose(
                Selection.FASTEST_ALIKE,
                List.of(tried("fp32", 0, 3.0), tried("int8", 2, 1.0), tried("fp16", 1, 1.5), tried("bf16", 0, 2.0)));

        assertThat(choice.tried().candidate().precision()).isEqualTo("fp16");
        assertThat(choice.reason())
                .isEqualTo("int8: 98.0 % of gold rows as fp32, 3.0 times as fast; "
                        + "fp16: 99.0 % of gold rows as fp32, 2.0 times as fast; "
                        + "bf16: 100.0 % of gold rows as fp32, 1.5 times as fast");
    }

    @Test
    void whatIsHardlyFasterIsNotWorthADifference() {
        Tried.Choice choice =
                Tried.choose(Selection.FASTEST_ALIKE, List.of(tried("fp32", 0, 1.1), tried("int8", 0, 1.0)));

        assertThat(choice.tried().candidate().precision()).isEqualTo("fp32");
    }

    @Test
    void whereTimeCannotBeMeasuredTheOtherIsTakenIfItIsAlike() {
        Tried reference = new Tried(candidate("fp32"), head(0), 0, Optional.empty());
        Tried alike = new Tried(candidate("fp16"), head(1), 0, Optional.empty());
        Tried other = new Tried(candidate("fp16"), head(2), 0, Optional.empty());

        assertThat(Tried.choose(Selection.FASTEST_ALIKE, List.of(reference, alike)))
                .isEqualTo(new Tried.Choice(alike, "fp16: 99.0 % of gold rows as fp32"));
        assertThat(Tried.choose(Selection.FASTEST_ALIKE, List.of(reference, other))
                        .tried())
                .isEqualTo(reference);
    }

    @Test
    void otherwiseTheOneWhoseProbabilitiesHaveTheLeastLoss() {
        assertThat(Tried.choose(
                                Selection.LEAST_LOSS,
                                List.of(tried("a", 30, 1.0), tried("b", 10, 9.0), tried("c", 10, 1.0)))
                        .tried()
                        .candidate()
                        .precision())
                .isEqualTo("b");
    }

    /** A hundred rows whose label is 0, of which the last {@code wrong} are taken for 1. */
    private static FittedHead head(int wrong) {
        List<Unseen> unseen = IntStream.range(0, 100)
                .mapToObj(i -> Unseen.of(
                        new GoldRow("s", "id" + i, "hash" + i, "no"),
                        i < 100 - wrong ? new double[] {2, 0} : new double[] {0, 2},
                        0))
                .toList();
        return new FittedHead(new Head(LABELS, new float[2][2], new float[2], 1), "", unseen, List.of());
    }

    private static Tried tried(String precision, int wrong, double seconds) {
        return new Tried(candidate(precision), head(wrong), 0, Optional.of(seconds));
    }

    private static Candidate candidate(String precision) {
        return new Candidate(
                "",
                precision,
                new ColumnSource("label", LABELS, Link.SOFTMAX),
                new LogitHead(Link.SOFTMAX, LABELS, () -> {}));
    }
}
