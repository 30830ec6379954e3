package dev.stillhouse.teacher.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stillhouse.teacher.endpoint.EndpointConfig.BudgetConfig;
import dev.stillhouse.teacher.endpoint.EndpointConfig.PriceConfig;
import dev.stillhouse.teacher.outputs.Outputs;
import dev.stillhouse.udfs.testing.FaultServer;
import dev.stillhouse.udfs.testing.Records;
import dev.stillhouse.udfs.text.TextNormalizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server may be asked: so much, and so often. */
class EndpointBudgetTest {
    @TempDir
    Path folder;

    private Asking asking;

    @BeforeEach
    void startAtZero() {
        asking = new Asking(folder);
    }

    @Test
    void aBudgetIsNeverPassedAndWhatIsLeftIsCounted() throws IOException {
        List<String> texts = IntStream.range(0, 100).mapToObj(i -> i + " purrs").toList();
        for (BudgetConfig budget : List.of(
                new BudgetConfig(Optional.of(40L), Optional.empty(), Optional.empty()),
                new BudgetConfig(Optional.empty(), Optional.of(2_000L), Optional.empty()),
                new BudgetConfig(Optional.empty(), Optional.empty(), Optional.of(0.003)))) {
            startAtZero();
            try (FaultServer server =
                    FaultServer.doing((exchange, prompt, number) -> Asking.animal(exchange, prompt))) {
                EndpointConfig priced =
                        Records.with(Asking.config(server), "price", Optional.of(new PriceConfig(2, 4, "EUR")));
                EndpointConfig config = Records.with(priced, "budget", Optional.of(budget));
                Outputs.Result result = asking.outputs(config)
                        .fill(
                                List.of(Asking.documents(texts.subList(0, 10)), Asking.documents(texts)),
                                "first",
                                asking.meter());
                assertThat(result.inferred()).as(budget.toString()).isBetween(20L, 80L);
                assertThat(result.left()).isEqualTo(100 - result.inferred());
                assertThat(asking.meter().requests())
                        .isLessThanOrEqualTo(budget.requests().orElse(1000L));
                assertThat(asking.meter().tokens() + asking.meter().answerTokens())
                        .isLessThanOrEqualTo(budget.tokens().orElse(10_000L));
                double money = (asking.meter().tokens() * 2.0 + asking.meter().answerTokens() * 4.0) / 1e6;
                assertThat(money).isLessThanOrEqualTo(budget.money().orElse(1.0));
                // The most urgent first.
                assertThat(asking.rows(config).keySet())
                        .containsAll(texts.subList(0, 10).stream()
                                .map(TextNormalizer::md5)
                                .toList());
            }
        }
    }

    @Test
    void requestsThatAreTriedAgainCountToo() throws IOException {
        Map<String, AtomicInteger> seen = new ConcurrentHashMap<>();
        try (FaultServer server = FaultServer.doing((exchange, prompt, number) -> {
            if (seen.computeIfAbsent(prompt, any -> new AtomicInteger()).incrementAndGet() == 1
                    && !prompt.endsWith("Hello.")) {
                FaultServer.raw(exchange, 503, "");
            } else {
                Asking.animal(exchange, prompt);
            }
        })) {
            BudgetConfig budget = new BudgetConfig(Optional.of(41L), Optional.empty(), Optional.empty());
            EndpointConfig config = Records.with(Asking.config(server), "budget", Optional.of(budget));
            Outputs.Result result = asking.fill(
                    config, IntStream.range(0, 60).mapToObj(i -> i + " purrs").toList());
            assertThat(server.requests()).hasSizeLessThanOrEqualTo(41);
            assertThat(asking.meter().requests()).isEqualTo(server.requests().size());
            assertThat(result.inferred()).isBetween(10L, 20L);
            assertThat(result.left()).isEqualTo(60 - result.inferred());
        }
    }

    @Test
    void aRateIsKept() throws IOException {
        try (FaultServer server = FaultServer.doing((exchange, prompt, number) -> Asking.animal(exchange, prompt))) {
            EndpointConfig config = Records.with(Asking.config(server), "requestsPerMinute", Optional.of(600));
            long start = System.nanoTime();
            asking.fill(
                    config, IntStream.range(0, 10).mapToObj(i -> i + " purrs").toList());
            // One task: ten requests, a tenth of a second from one to the next.
            assertThat((System.nanoTime() - start) / 1e9).isGreaterThan(0.85);
        }
    }
}
