package dev.stillhouse.cli.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stillhouse.reports.record.LabelFigures.Asked;
import dev.stillhouse.reports.record.LabelFigures.Inference;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SentenceInferenceTest {
    private static final Inference FIRST = new Inference(1, 10, 0, 300, 0.25, 2, Optional.empty());
    private static final Inference LAST = new Inference(2, 20, 0, 500, 0.5, 3, Optional.empty());

    @Test
    void paddingIsThatOfAllTokens() {
        Inference sum = SentenceInference.sum(List.of(FIRST, LAST));

        assertThat(sum.tokens()).isEqualTo(800);
        // 400 and 1,000 were computed.
        assertThat(sum.paddingShare()).isCloseTo((0.25 * 400 + 0.5 * 1_000) / 1_400, within(1e-12));
        assertThat(sum.inferred()).isEqualTo(30);
    }

    @Test
    void aServersTokensAreToldAloneAndChangeNoPaddingOfTheOthers() {
        Asked asked = new Asked(7, 9, Optional.empty(), "");
        Inference server = new Inference(0, 5, 4, 1_000, 0, 1, Optional.of(asked));

        Inference sum = SentenceInference.sum(List.of(FIRST, server, LAST));

        assertThat(sum.tokens()).isEqualTo(1_000);
        assertThat(sum.left()).isEqualTo(4);
        assertThat(sum.asked()).contains(asked);
        assertThat(sum.paddingShare()).isCloseTo((0.25 * 400 + 0.5 * 1_000) / 2_400, within(1e-12));
        assertThat(sum.seconds()).isEqualTo(6);
    }
}
